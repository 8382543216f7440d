/**
 * Why this file exists: who is called sees it on the meeting's own page, until they have answered and before it begins: one
 * press for the usual answers, the page of the notice for the others.
 */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import { noticeApi } from '../api/notice.ts';
import { may } from '../meeting/may.ts';
import { paths } from '../navigation.ts';
import { Button } from '../ui/button.tsx';
import styles from './notice.module.css';
import { replyWords } from './reply-words.ts';
import { useNoticeActions, useNoticeView } from './use-notice.ts';

export function ReplyStrip({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('notice');
  const open = meeting.phase === 'preparation' && may(meeting, 'reply-notice');
  const { data: view } = useNoticeView(meeting.id, open);
  const actions = useNoticeActions(meeting.id);
  if (!open || !view?.latest || !view.asked) return null;
  const { mine, latest } = view;
  // Who has answered an older version is asked whether it still holds.
  const settled = mine !== null && mine.number === latest.number;
  const say = (answer: 'yes' | 'no') =>
    actions.run((lang) => noticeApi.reply(meeting.id, lang, { answer }), t('said.kept'));
  return (
    <section className={styles.strip} aria-label={t('strip.label')}>
      <p role="status">
        {settled
          ? t('strip.said', { said: replyWords(t, mine, latest.header.sittings) })
          : mine
            ? t('strip.again', { said: replyWords(t, mine, latest.header.sittings), number: latest.number })
            : t('strip.asks')}
      </p>
      <span>
        {!settled && (
          <>
            <Button size="small" disabled={actions.pending} onClick={() => say('yes')}>
              {t('answer.yes')}
            </Button>
            <Button size="small" disabled={actions.pending} onClick={() => say('no')}>
              {t('answer.no')}
            </Button>
          </>
        )}
        <Link href={paths.notice(meeting.id)}>{settled ? t('strip.change') : t('strip.more')}</Link>
      </span>
    </section>
  );
}
