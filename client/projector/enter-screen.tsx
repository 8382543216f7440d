/**
 * Why this file exists: what a projector's link opens. Its token stands in the fragment, which browsers never send, and leaves
 * the address bar at once. Without a token it says why the wall is dark.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { projectorApi } from '../api/projector.ts';
import { ApiFailure } from '../api/request.ts';
import { paths } from '../navigation.ts';
import { Button, ButtonRow, LinkButton } from '../ui/button.tsx';
import pageStyles from '../ui/page.module.css';
import { Skeleton } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';

/** Read once when the page loads: after that the fragment is gone. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, '', location.pathname);
  return token;
}

export function EnterScreen() {
  const { t } = useTranslation('projector');
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const token = useRef<string | null>(null);
  const enter = useMutation({
    mutationFn: projectorApi.enter,
    onSuccess: ({ meetingId }) => {
      // Another session than before: nothing that was known holds.
      queries.clear();
      navigate(paths.projector(meetingId), { replace: true });
    },
  });
  const { mutate } = enter;
  useEffect(() => {
    token.current ??= takeToken();
    mutate(token.current);
  }, [mutate]);

  const code = enter.error instanceof ApiFailure ? enter.error.code : null;
  if (!enter.error)
    return (
      <Screen title={t('enter.title')} width="reading">
        <Skeleton label={t('enter.title')} lines={4} />
      </Screen>
    );
  const title = code === 'not-found' ? t('enter.dead') : code === 'conflict' ? t('enter.other') : t('lost');
  return (
    <Screen title={title} width="reading">
      <div className={pageStyles.stack}>
        <h1 className={pageStyles.title}>{title}</h1>
        {code === 'not-found' && <p className={pageStyles.lead}>{t('enter.deadHint')}</p>}
        {code === 'conflict' && <p className={pageStyles.lead}>{t('enter.otherHint')}</p>}
        <ButtonRow>
          {code === 'not-found' ? (
            <LinkButton href={paths.signIn}>{t('enter.signIn')}</LinkButton>
          ) : (
            <Button onClick={() => mutate(token.current ?? '')}>{t('enter.retry')}</Button>
          )}
        </ButtonRow>
      </div>
    </Screen>
  );
}
