/** Why this file exists: a group asks whoever runs the workshop to come, without leaving the table: one hand a group. */
import { Hand as HandIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { api } from '../../api/api.ts';
import { Button, ButtonRow } from '../../ui/button.tsx';
import { clock } from '../../ui/dates.ts';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useWorkshopChange } from '../use-workshop.ts';
import styles from './group.module.css';

/** The group's hand and how to raise and lower it. */
export function useHand(workshop: WorkshopView, groupId: Id) {
  const text = useProblemText();
  const { toast } = useToasts();
  const { meetingId, itemId } = workshop;
  const change = useWorkshopChange((input: { raised: boolean; note: string }) =>
    api.workshop.hand({ meetingId, itemId }, groupId, input),
  );
  return {
    hand: workshop.hands.find((hand) => hand.groupId === groupId) ?? null,
    pending: change.isPending,
    set: (raised: boolean, note = '') =>
      change.mutate({ raised, note }, { onError: (error) => toast({ message: text(error) }) }),
  };
}

export function HandControl({ workshop, groupId, meeting }: { workshop: WorkshopView; groupId: Id; meeting: Meeting }) {
  const { t, i18n } = useTranslation('group');
  const { hand, pending, set } = useHand(workshop, groupId);
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const id = useId();
  if (hand) {
    const name = meeting.participants.find((person) => person.personId === hand.personId)?.name ?? '';
    return (
      <section className={styles.hand} aria-label={t('hand.raised')}>
        <p className={styles.handUp}>
          <HandIcon size={18} strokeWidth={1.75} aria-hidden />
          <b>{t('hand.raised')}</b>
        </p>
        {hand.note && <p className={styles.handNote}>”{hand.note}”</p>}
        <p className={styles.handWords}>
          {name && t('hand.by', { name, time: clock(hand.at, i18n.language, meeting.timeZone) })} {t('hand.coming')}{' '}
          <Button variant="link" disabled={pending} onClick={() => set(false)}>
            {t('hand.lower')}
          </Button>
        </p>
      </section>
    );
  }
  if (!asking)
    return (
      <div className={styles.hand}>
        <Button className={styles.handButton!} onClick={() => setAsking(true)}>
          <HandIcon size={18} strokeWidth={1.75} aria-hidden />
          {t('hand.raise')}
        </Button>
      </div>
    );
  return (
    <form
      className={styles.hand}
      onSubmit={(event) => {
        event.preventDefault();
        set(true, note.trim());
        setAsking(false);
        setNote('');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setAsking(false);
      }}
    >
      <label htmlFor={id}>{t('hand.note')}</label>
      {/* biome-ignore lint/a11y/noAutofocus: the field came by pressing the button in its place. */}
      <input id={id} autoFocus maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      <ButtonRow>
        <Button type="submit" disabled={pending}>
          {t('hand.send')}
        </Button>
        <Button variant="quiet" onClick={() => setAsking(false)}>
          {t('hand.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
