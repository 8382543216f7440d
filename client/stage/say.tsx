/** Why this file exists: one line to all groups or to one; what was said last stands under it. */
import { SendHorizontal } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { api } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { useWorkshopChange } from '../workshop/use-workshop.ts';
import styles from './stage.module.css';

const MOST_LETTERS = 300;

export function Say({ meeting, workshop, round }: { meeting: Meeting; workshop: WorkshopView; round: Round }) {
  const { t, i18n } = useTranslation('stage');
  const problem = useProblemText();
  const { toast } = useToasts();
  const id = useId();
  const [to, setTo] = useState<Id | null>(null);
  const [text, setText] = useState('');
  const of = { meetingId: workshop.meetingId, itemId: workshop.itemId };
  const send = useWorkshopChange((input: { groupId: Id | null; text: string }) => api.workshop.say(of, input));
  const target = round.groups.some((group) => group.id === to) ? to : null;
  const last = workshop.messages.at(-1);
  const lastTo = last && round.groups.find((group) => group.id === last.groupId);
  return (
    <form
      className={styles.say}
      aria-label={t('say.label')}
      onSubmit={(event) => {
        event.preventDefault();
        const words = text.trim();
        if (words === '') return;
        send.mutate(
          { groupId: target, text: words },
          // What was typed stays until it has arrived.
          { onSuccess: () => setText(''), onError: (error) => toast({ message: problem(error) }) },
        );
      }}
    >
      <label className="sr" htmlFor={`${id}-to`}>
        {t('say.to')}
      </label>
      <select id={`${id}-to`} value={target ?? ''} onChange={(event) => setTo(event.target.value || null)}>
        <option value="">{t('say.all')}</option>
        {round.groups.map((group, index) => (
          <option key={group.id} value={group.id}>
            {t('group', { number: index + 1, name: group.name })}
          </option>
        ))}
      </select>
      <label className="sr" htmlFor={id}>
        {t('say.message')}
      </label>
      <input
        id={id}
        maxLength={MOST_LETTERS}
        placeholder={t('say.placeholder')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" disabled={send.isPending || text.trim() === ''}>
        <SendHorizontal size={16} strokeWidth={1.75} aria-hidden />
        {t('say.send')}
      </Button>
      <p className={styles.said} role="status">
        {last && (
          <>
            <b>{clock(last.at, i18n.language, meeting.timeZone)}</b>{' '}
            {last.groupId === null ? t('say.saidAll') : t('say.saidOne', { name: lastTo?.name ?? '' })} ”{last.text}”
          </>
        )}
      </p>
    </form>
  );
}
