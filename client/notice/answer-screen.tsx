/**
 * Why this file exists: what the personal link in a notice's mail opens. Its token stands in the fragment, which browsers
 * never send, and leaves the address bar at once. Opening it answers nothing: programs open links too.
 */
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerView, ReplyInput } from '#shared/notice/api.ts';
import { LanguageSwitch } from '../account/language-switch.tsx';
import { noticeApi } from '../api/notice.ts';
import { ApiFailure } from '../api/request.ts';
import { Notice } from '../ui/notice.tsx';
import { Problem, Skeleton, useProblemText } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import styles from './notice.module.css';
import { ReplyForm } from './reply-form.tsx';
import { replyWords } from './reply-words.ts';

/** Read once when the page loads: after that the fragment is gone. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, '', location.pathname);
  return token;
}

export function AnswerScreen() {
  const { t } = useTranslation('notice');
  const { t: common } = useTranslation('common');
  const token = useRef<string | null>(null);
  const look = useMutation({ mutationFn: noticeApi.look });
  const { mutate } = look;
  useEffect(() => {
    token.current ??= takeToken();
    mutate(token.current);
  }, [mutate]);
  const title = look.data?.meeting.title ?? t('link.title');
  const code = look.error instanceof ApiFailure ? look.error.code : null;
  const dead = code === 'not-found' || code === 'link-used' || code === 'bad-request';
  return (
    <Screen title={title} width="narrow" end={<LanguageSwitch />}>
      <div className={styles.card}>
        <h1>{title}</h1>
        {look.isPending && <Skeleton label={common('loading')} lines={4} />}
        {dead && <p>{t(code === 'link-used' ? 'link.over' : 'link.unknown')}</p>}
        {look.error && !dead && <Problem error={look.error} onRetry={() => mutate(token.current ?? '')} />}
        {look.data && <Answer token={token.current ?? ''} first={look.data} />}
      </div>
    </Screen>
  );
}

function Answer({ token, first }: { token: string; first: AnswerView }) {
  const { t } = useTranslation('notice');
  const text = useProblemText();
  const [view, setView] = useState(first);
  const answer = useMutation({ mutationFn: (reply: ReplyInput) => noticeApi.answer(token, reply), onSuccess: setView });
  return (
    <>
      <p>{t('link.lead', { name: view.name, body: view.meeting.body || view.meeting.title })}</p>
      <ul className={styles.when}>
        {view.sittings.map(({ id, label, when, place }) => (
          <li key={id}>
            {label !== '' && <b>{label}: </b>}
            {[when, place].filter((part) => part !== '').join(', ')}
          </li>
        ))}
      </ul>
      {view.replyBy !== '' && <p className="muted">{t('replyBy', { date: view.replyBy })}</p>}
      {view.mine && (
        <Notice>
          <p role="status">{t('strip.said', { said: replyWords(t, view.mine, view.sittings) })}</p>
        </Notice>
      )}
      {answer.error && <Notice tone="refuse">{text(answer.error)}</Notice>}
      <ReplyForm
        key={view.mine?.at ?? 0}
        sittings={view.sittings}
        before={view.mine}
        others={[]}
        busy={answer.isPending}
        onReply={(reply) => answer.mutate(reply)}
      />
    </>
  );
}
