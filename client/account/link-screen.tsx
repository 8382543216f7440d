/**
 * Why this file exists: a one-time link lets somebody in for the first time, or again after a forgotten password. Its token
 * stands in the fragment, which browsers never send, and leaves the address bar at once.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { LinkView } from '#shared/api.ts';
import { api } from '../api/api.ts';
import { keys } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { paths } from '../navigation.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem, Skeleton, useProblemText } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import styles from './account.module.css';
import { LanguageSwitch } from './language-switch.tsx';

/** Read once when the page loads: after that the fragment is gone. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, '', location.pathname);
  return token;
}

export function LinkScreen() {
  const { t } = useTranslation('auth');
  const { t: common } = useTranslation('common');
  const token = useRef<string | null>(null);
  const open = useMutation({ mutationFn: api.openLink });
  const { mutate } = open;
  useEffect(() => {
    token.current ??= takeToken();
    mutate(token.current);
  }, [mutate]);

  const title = open.data ? t(`link.${open.data.kind}.title`) : t('link.title');
  return (
    <Screen title={title} width="narrow" end={<LanguageSwitch />}>
      <div className={styles.card}>
        <h1 className={styles.title}>{title}</h1>
        {open.isPending && <Skeleton label={common('loading')} lines={4} />}
        {open.error && (
          <Problem
            error={open.error}
            {...(open.error instanceof ApiFailure &&
              open.error.code === 'offline' && { onRetry: () => mutate(token.current ?? '') })}
          />
        )}
        {open.data && <UseLink token={token.current ?? ''} link={open.data} />}
      </div>
    </Screen>
  );
}

function UseLink({ token, link }: { token: string; link: LinkView }) {
  const { t } = useTranslation('auth');
  const text = useProblemText();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState(link.name);
  const [email, setEmail] = useState(link.email ?? '');
  const [password, setPassword] = useState('');
  const asksName = link.kind === 'first-admin';
  const asksEmail = asksName || link.email === null;
  const use = useMutation({
    mutationFn: api.useLink,
    onSuccess: (view) => {
      queries.clear();
      queries.setQueryData(keys.session, view);
      navigate(link.meeting ? paths.meeting(link.meeting.id) : paths.home, { replace: true });
    },
  });
  const fields = use.error instanceof ApiFailure ? use.error.fields : {};

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        use.mutate({ token, password, ...(asksName && { name }), ...(asksEmail && { email }) });
      }}
    >
      <p>
        {t(`link.${link.kind}.lead`, { name: link.name })}
        {link.meeting && ` ${t('link.meeting', { title: link.meeting.title })}`}
      </p>
      {use.error && <Notice tone="refuse">{text(use.error)}</Notice>}
      {asksName && (
        <TextField
          label={t('name')}
          name="name"
          autoComplete="name"
          required
          maxLength={120}
          value={name}
          error={fields.name && t('fieldError.name')}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      {asksEmail ? (
        <TextField
          label={t('email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          error={fields.email && (fields.email === 'taken' ? text(use.error) : t('fieldError.email'))}
          onChange={(event) => setEmail(event.target.value)}
        />
      ) : (
        <TextField label={t('email')} type="email" name="email" autoComplete="username" readOnly value={email} />
      )}
      <TextField
        label={t('newPassword')}
        hint={t('passwordHint')}
        type="password"
        name="password"
        autoComplete="new-password"
        required
        minLength={10}
        maxLength={200}
        value={password}
        error={fields.password && t('fieldError.password')}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" variant="primary" disabled={use.isPending}>
        {t(`link.${link.kind}.button`)}
      </Button>
    </form>
  );
}
