/** Why this file exists: one's own things: name, language, theme, keys, password, other devices. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '#shared/api.ts';
import { LANGUAGES, type Language } from '#shared/terms.ts';
import { UserMenu } from '../account/user-menu.tsx';
import { api } from '../api/api.ts';
import { keys, useSession } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { setLanguage } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, SelectField, TextField } from '../ui/field.tsx';
import { setShortcutsOn, shortcutsOn } from '../ui/keyboard.ts';
import { Notice } from '../ui/notice.tsx';
import page from '../ui/page.module.css';
import { useProblemText } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import { setTheme, storedTheme, THEMES } from '../ui/theme.ts';
import { useToasts } from '../ui/toast.tsx';
import { useChoice } from '../ui/use-choice.ts';

export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const session = useSession();
  return (
    <Screen title={t('title')} width="reading" end={<UserMenu />}>
      <h1 className={page.title}>{t('title')}</h1>
      {session.data && (
        <>
          <Me session={session.data} />
          <ThisDevice session={session.data} />
          <Password />
          <OtherDevices count={session.data.otherSessions} />
        </>
      )}
    </Screen>
  );
}

function Me({ session }: { session: SessionView }) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const queries = useQueryClient();
  const { toast } = useToasts();
  const [name, setName] = useState(session.person.name);
  const [title, setTitle] = useState(session.person.title);
  const save = useMutation({
    mutationFn: () => api.updateAccount({ name, title }),
    onSuccess: (view) => {
      queries.setQueryData(keys.session, view);
      toast({ message: t('saved') });
    },
  });
  return (
    <section className={page.section} aria-labelledby="me">
      <form
        className={page.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <h2 id="me" className={page.heading}>
          {t('me')}
        </h2>
        {save.error && <Notice tone="refuse">{text(save.error)}</Notice>}
        <TextField
          label={t('name')}
          required
          maxLength={120}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t('personTitle')}
          maxLength={120}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <p>
          <Button
            type="submit"
            variant="primary"
            disabled={save.isPending || (name === session.person.name && title === session.person.title)}
          >
            {common('save')}
          </Button>
        </p>
      </form>
    </section>
  );
}

function ThisDevice({ session }: { session: SessionView }) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation('common');
  const queries = useQueryClient();
  const text = useProblemText();
  const { toast } = useToasts();
  const [theme, choose] = useState(storedTheme);
  const [shortcuts, setShortcuts] = useState(shortcutsOn);
  const language = useMutation({
    mutationFn: async (chosen: Language) => {
      await setLanguage(chosen);
      return api.updateAccount({ language: chosen });
    },
    onSuccess: (view) => queries.setQueryData(keys.session, view),
    onError: (error) => toast({ message: text(error) }),
  });
  const [spoken, speak] = useChoice<Language>(session.language, (chosen, onSettled) =>
    language.mutate(chosen, { onSettled }),
  );
  return (
    <section className={page.section} aria-labelledby="device">
      <div className={page.form}>
        <h2 id="device" className={page.heading}>
          {t('look')}
        </h2>
        <SelectField
          label={common('language.label')}
          value={spoken}
          onChange={(event) => {
            const chosen = LANGUAGES.find((one) => one === event.target.value);
            if (chosen) speak(chosen);
          }}
        >
          {LANGUAGES.map((one) => (
            <option key={one} value={one} lang={one}>
              {common(`language.${one}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('theme')}
          value={theme}
          onChange={(event) => {
            const chosen = THEMES.find((one) => one === event.target.value) ?? 'system';
            choose(chosen);
            setTheme(chosen);
          }}
        >
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(`themes.${one}`)}
            </option>
          ))}
        </SelectField>
        <CheckField
          label={t('shortcuts')}
          hint={t('shortcutsHint')}
          checked={shortcuts}
          onChange={(event) => {
            setShortcuts(event.target.checked);
            setShortcutsOn(event.target.checked);
          }}
        />
      </div>
    </section>
  );
}

function Password() {
  const { t } = useTranslation('settings');
  const { t: auth } = useTranslation('auth');
  const text = useProblemText();
  const queries = useQueryClient();
  const { toast } = useToasts();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => api.changePassword({ current, next }),
    onSuccess: async () => {
      setCurrent('');
      setNext('');
      toast({ message: t('password.changed') });
      await queries.invalidateQueries({ queryKey: keys.session });
    },
  });
  const wrong = change.error instanceof ApiFailure && change.error.code === 'wrong-password';
  return (
    <section className={page.section} aria-labelledby="password">
      <form
        className={page.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <h2 id="password" className={page.heading}>
          {t('password.title')}
        </h2>
        {change.error && !wrong && <Notice tone="refuse">{text(change.error)}</Notice>}
        <TextField
          label={t('password.current')}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          error={wrong ? t('password.wrong') : undefined}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <TextField
          label={auth('newPassword')}
          hint={auth('passwordHint')}
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        <p>
          <Button type="submit" disabled={change.isPending}>
            {t('password.change')}
          </Button>
        </p>
      </form>
    </section>
  );
}

function OtherDevices({ count }: { count: number }) {
  const { t } = useTranslation('settings');
  const text = useProblemText();
  const queries = useQueryClient();
  const { toast } = useToasts();
  const signOut = useMutation({
    mutationFn: api.signOutOthers,
    onSuccess: async () => {
      toast({ message: t('devices.done') });
      await queries.invalidateQueries({ queryKey: keys.session });
    },
    onError: (error) => toast({ message: text(error) }),
  });
  return (
    <section className={page.section} aria-labelledby="devices">
      <div className={page.form}>
        <h2 id="devices" className={page.heading}>
          {t('devices.title')}
        </h2>
        <p>{count === 0 ? t('devices.none') : t('devices.count', { count })}</p>
        {count > 0 && (
          <p>
            <Button disabled={signOut.isPending} onClick={() => signOut.mutate()}>
              {t('devices.signOut')}
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}
