/** Why this file exists: the door. Two fields, one button, and an error that says what to do. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { api } from '../api/api.ts';
import { keys, useSession } from '../api/hooks.ts';
import { ownPath } from '../navigation.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import styles from './account.module.css';
import { LanguageSwitch } from './language-switch.tsx';

export function SignInScreen() {
  const { t } = useTranslation('auth');
  const text = useProblemText();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const returnTo = ownPath(new URLSearchParams(useSearch()).get('returnTo'));
  const session = useSession();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: api.signIn,
    onSuccess: (view) => queries.setQueryData(keys.session, view),
  });

  useEffect(() => {
    if (session.data) navigate(returnTo, { replace: true });
  }, [session.data, returnTo, navigate]);

  return (
    <Screen title={t('signIn.title')} width="narrow" end={<LanguageSwitch />}>
      <div className={styles.card}>
        <div>
          <h1 className={styles.title}>{t('signIn.title')}</h1>
          <p className={styles.lead}>{t('signIn.lead')}</p>
        </div>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            signIn.mutate({ email, password });
          }}
        >
          {signIn.error && <Notice tone="refuse">{text(signIn.error)}</Notice>}
          <TextField
            label={t('email')}
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <TextField
            label={t('password')}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button type="submit" variant="primary" disabled={signIn.isPending}>
            {signIn.isPending ? t('signIn.working') : t('signIn.button')}
          </Button>
        </form>
        <p className="muted">{t('signIn.forgotten')}</p>
      </div>
    </Screen>
  );
}
