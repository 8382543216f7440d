/**
 * Why this file exists: the four answers, for oneself on the page, through a personal link, or by an officer for somebody.
 * Choosing says nothing yet; the button does.
 */
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { ReplyInput } from '#shared/notice/api.ts';
import { ANSWERS, type Answer, MAX_REPLY_NOTE, MAX_SUBSTITUTE, type ReplyDraft } from '#shared/notice/replies.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, SelectField, TextField } from '../ui/field.tsx';
import styles from './notice.module.css';

export interface ReplyFormProps {
  sittings: readonly { id: Id; label: string; when: string }[];
  /** What was said before; `null` when nothing was. */
  before: ReplyDraft | null;
  /** Who can come instead, by name; empty where nobody may be seen. */
  others: readonly { personId: Id; name: string }[];
  busy: boolean;
  /** Said of somebody else. */
  name?: string;
  onReply(input: ReplyInput): void;
}

export function ReplyForm({ sittings, before, others, busy, name, onReply }: ReplyFormProps) {
  const { t } = useTranslation('notice');
  const group = useId();
  const [answer, setAnswer] = useState<Answer | null>(before?.answer ?? null);
  const [coming, setComing] = useState<readonly Id[]>(before?.sittingIds ?? []);
  const [personId, setPersonId] = useState<Id | null>(before?.substitute?.personId ?? null);
  const [who, setWho] = useState(before?.substitute?.name ?? '');
  const [note, setNote] = useState(before?.note ?? '');
  const [missing, setMissing] = useState<'answer' | 'sittings' | 'substitute' | null>(null);
  const answers = ANSWERS.filter((one) => one !== 'partly' || sittings.length > 1);

  const send = (event: FormEvent) => {
    event.preventDefault();
    const chosen = others.find((one) => one.personId === personId);
    const substitute =
      answer === 'substitute' ? { personId: chosen?.personId ?? null, name: chosen?.name ?? who.trim() } : null;
    const lacks =
      answer === null
        ? 'answer'
        : answer === 'partly' && coming.length === 0
          ? 'sittings'
          : substitute?.name === ''
            ? 'substitute'
            : null;
    setMissing(lacks);
    if (lacks !== null || answer === null) return;
    onReply({ answer, sittingIds: answer === 'partly' ? [...coming] : [], substitute, note });
  };

  return (
    <form className={styles.reply} onSubmit={send} noValidate>
      <fieldset>
        <legend className={name === undefined ? 'sr' : undefined}>
          {name === undefined ? t('reply.title') : t('reply.of', { name })}
        </legend>
        <div className={styles.answers}>
          {answers.map((one) => (
            <label key={one} className={styles.answer}>
              <input type="radio" name={group} value={one} checked={answer === one} onChange={() => setAnswer(one)} />
              <span>{t(`answer.${one}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {answer === 'partly' && (
        <fieldset className={styles.days}>
          <legend>{t('reply.which')}</legend>
          {sittings.map(({ id, label, when }) => (
            <CheckField
              key={id}
              label={label === '' ? when : `${label}, ${when}`}
              checked={coming.includes(id)}
              onChange={({ target }) =>
                setComing((now) => (target.checked ? [...now, id] : now.filter((one) => one !== id)))
              }
            />
          ))}
        </fieldset>
      )}
      {answer === 'substitute' && others.length > 0 && (
        <SelectField
          label={t('reply.instead')}
          value={personId ?? ''}
          onChange={({ target }) => setPersonId(target.value === '' ? null : target.value)}
        >
          <option value="">{t('reply.somebodyElse')}</option>
          {others.map((one) => (
            <option key={one.personId} value={one.personId}>
              {one.name}
            </option>
          ))}
        </SelectField>
      )}
      {answer === 'substitute' && personId === null && (
        <TextField
          label={t('reply.who')}
          value={who}
          maxLength={MAX_SUBSTITUTE}
          autoComplete="off"
          error={missing === 'substitute' ? t('reply.missing.substitute') : null}
          onChange={({ target }) => setWho(target.value)}
        />
      )}
      {answer !== null && (
        <TextField
          label={t('reply.note')}
          value={note}
          maxLength={MAX_REPLY_NOTE}
          autoComplete="off"
          onChange={({ target }) => setNote(target.value)}
        />
      )}
      {(missing === 'answer' || missing === 'sittings') && (
        <p className={styles.wrong} role="alert">
          {t(`reply.missing.${missing}`)}
        </p>
      )}
      <Button
        type="submit"
        disabled={busy}
        {...(name === undefined && before === null && { variant: 'primary' as const })}
      >
        {before === null ? t('reply.send') : t('reply.change')}
      </Button>
    </form>
  );
}
