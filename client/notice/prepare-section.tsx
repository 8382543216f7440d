/** Why this file exists: what those who call say in the notice besides what the agenda says. */
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { MAX_MESSAGE, type NoticeView } from '#shared/notice/api.ts';
import { noticeApi } from '../api/notice.ts';
import { Button } from '../ui/button.tsx';
import { Field, TextField } from '../ui/field.tsx';
import styles from './notice.module.css';
import type { NoticeActions } from './use-notice.ts';

export function PrepareSection({
  meeting,
  office,
  actions,
}: {
  meeting: Meeting;
  office: NonNullable<NoticeView['office']>;
  actions: NoticeActions;
}) {
  const { t } = useTranslation('notice');
  const id = useId();
  // `null` is untouched: what others save is shown, and never over what somebody is writing here.
  const [written, setMessage] = useState<string | null>(null);
  const [chosen, setReplyBy] = useState<string | null>(null);
  const [message, replyBy] = [written ?? office.message, chosen ?? office.replyBy];
  const changed = message.trim() !== office.message || replyBy !== office.replyBy;
  const save = (event: FormEvent) => {
    event.preventDefault();
    const done = () => {
      setMessage(null);
      setReplyBy(null);
    };
    actions.run((lang) => noticeApi.change(meeting.id, lang, { message, replyBy }), t('prepare.saved'), done);
  };
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('prepare.title')}</h2>
      <form className={styles.form} onSubmit={save}>
        <Field label={t('prepare.message')} hint={t('prepare.messageHint')}>
          {(control) => (
            <textarea
              {...control}
              rows={4}
              maxLength={MAX_MESSAGE}
              value={message}
              onChange={({ target }) => setMessage(target.value)}
            />
          )}
        </Field>
        <TextField
          label={t('prepare.replyBy')}
          type="date"
          value={replyBy}
          onChange={({ target }) => setReplyBy(target.value)}
        />
        {changed && (
          <Button type="submit" disabled={actions.pending}>
            {t('prepare.save')}
          </Button>
        )}
      </form>
    </section>
  );
}
