/** Why this file exists: who waits for the facilitator: groups with a hand up, oldest first, and people without a group. */
import { ArrowRight, Hand } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { groupOf, type Round } from '#shared/workshop/workshop.ts';
import { api } from '../api/api.ts';
import { paths } from '../navigation.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { Menu } from '../ui/menu.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { useWorkshopChange } from '../workshop/use-workshop.ts';
import styles from './stage.module.css';

/** Those who belong in a group: members, presenters and guests; who runs the meeting and who looks on need none. */
const PLACED: ReadonlySet<string> = new Set(['member', 'presenter', 'guest']);

export function Waiting({ meeting, workshop, round }: { meeting: Meeting; workshop: WorkshopView; round: Round }) {
  const { t, i18n } = useTranslation('stage');
  const text = useProblemText();
  const { toast } = useToasts();
  const of = { meetingId: workshop.meetingId, itemId: workshop.itemId };
  const failed = { onError: (error: unknown) => toast({ message: text(error) }) };
  const lower = useWorkshopChange((groupId: Id) => api.workshop.lowerHand(of, groupId));
  const place = useWorkshopChange((input: { personId: Id; groupId: Id }) => api.workshop.place(of, round.id, input));
  const groups = new Map(round.groups.map((group, index) => [group.id, { group, number: index + 1 }]));
  const hands = workshop.hands.filter(({ groupId }) => groups.has(groupId));
  const without = meeting.participants.filter(
    ({ personId, roles }) => roles.some((role) => PLACED.has(role)) && groupOf(round, personId) === null,
  );
  const quiet = hands.length === 0 && without.length === 0;
  return (
    <section className={styles.waiting} aria-labelledby="waiting">
      <h2 id="waiting">{t('waiting')}</h2>
      {quiet && <p className={styles.none}>{t('nobodyWaits')}</p>}
      <ul>
        {hands.map((hand) => {
          const { group, number } = groups.get(hand.groupId)!;
          return (
            <li key={hand.groupId}>
              <Hand className={styles.warm} size={18} strokeWidth={1.75} aria-hidden />
              <span>
                {t('group', { number, name: group.name })}
                <small>
                  {clock(hand.at, i18n.language, meeting.timeZone)} {hand.note && `”${hand.note}”`}
                </small>
              </span>
              <span className={styles.answer}>
                <Button size="small" disabled={lower.isPending} onClick={() => lower.mutate(hand.groupId, failed)}>
                  {t('lower')}
                </Button>
                <Link
                  className={buttonClass({ size: 'small' })}
                  href={paths.group(meeting.id, workshop.itemId, hand.groupId)}
                  aria-label={t('goTo', { name: group.name })}
                >
                  {t('goThere')}
                  <ArrowRight size={14} strokeWidth={1.75} aria-hidden />
                </Link>
              </span>
            </li>
          );
        })}
        {without.map((person) => (
          <li key={person.personId}>
            <Avatar name={person.name} colour={person.colour} small />
            <span>
              {person.name}
              <small>{[t('withoutGroup'), person.absence].filter(Boolean).join(' · ')}</small>
            </span>
            <Menu
              label={t('placeWho', { name: person.name })}
              button={
                <AriaButton
                  className={buttonClass({ size: 'small' })}
                  aria-label={t('placeWho', { name: person.name })}
                >
                  {t('place')}
                </AriaButton>
              }
              actions={round.groups.map((group, index) => ({
                id: group.id,
                label: t('placeIn', { number: index + 1, name: group.name, count: group.members.length }),
                onAction: () => place.mutate({ personId: person.personId, groupId: group.id }, failed),
              }))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
