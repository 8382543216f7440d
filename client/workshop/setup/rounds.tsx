/** Why this file exists: a workshop may have several rounds: the same questions in a new mix, or with the same groups. */
import { ChevronDown, Plus } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { api } from '../../api/api.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useWorkshopChange } from '../use-workshop.ts';
import { groupsOf, inputOf, withCount } from './plan.ts';
import { minutesOf } from './prompts-editor.tsx';
import styles from './setup.module.css';

export function Rounds({
  workshop,
  round,
  canEdit,
  onOpen,
}: {
  workshop: WorkshopView;
  /** The one that is looked at. */
  round: Round;
  canEdit: boolean;
  onOpen(roundId: Id): void;
}) {
  const { t } = useTranslation('workshop');
  const text = useProblemText();
  const { toast } = useToasts();
  const of = { meetingId: workshop.meetingId, itemId: workshop.itemId };
  const change = useWorkshopChange((call: () => Promise<WorkshopView>) => call());
  const send = (call: () => Promise<WorkshopView>, done?: (after: WorkshopView) => void) =>
    change.mutate(call, { onError: (error) => toast({ message: text(error) }), onSuccess: (after) => done?.(after) });
  const nameOf = (one: Round) =>
    one.title || t('roundNumber', { number: workshop.rounds.findIndex(({ id }) => id === one.id) + 1 });
  const current = round.id === workshop.currentRoundId;
  const add = (sameGroups: boolean) => {
    const groups = groupsOf(round).map((group) => (sameGroups ? group : { ...group, members: [] }));
    const fresh = groups.length > 0 ? groups : withCount([], 3, (number) => t('groupNumber', { number }));
    send(
      () =>
        api.workshop.addRound(of, {
          minutes: round.minutes,
          groups: inputOf(fresh.map((group) => ({ ...group, isNew: true }))),
        }),
      (after) => {
        const made = after.rounds.at(-1);
        if (made) onOpen(made.id);
      },
    );
  };
  return (
    <div className={styles.rounds}>
      {workshop.rounds.length > 1 && (
        <nav aria-label={t('rounds')}>
          <ul className={styles.roundList}>
            {workshop.rounds.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  aria-current={one.id === round.id ? 'true' : undefined}
                  onClick={() => onOpen(one.id)}
                >
                  {nameOf(one)}
                  {one.id === workshop.currentRoundId && <small>{t('roundShown')}</small>}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {canEdit && (
        <div className={styles.roundTools}>
          {!current && (
            <Button size="small" onClick={() => send(() => api.workshop.showRound(of, round.id))}>
              {t('showRound', { round: nameOf(round) })}
            </Button>
          )}
          <label className={styles.roundMinutes}>
            {t('roundMinutes')}
            <input
              key={`${round.id} ${round.minutes}`}
              type="number"
              inputMode="numeric"
              min={0}
              max={1440}
              defaultValue={round.minutes}
              disabled={round.startedAt !== null}
              onBlur={(event) => {
                const minutes = minutesOf(event.target.value);
                if (minutes !== round.minutes) send(() => api.workshop.updateRound(of, round.id, { minutes }));
              }}
            />
          </label>
          <Menu
            label={t('newRound')}
            button={
              <AriaButton className={buttonClass({ size: 'small' })}>
                <Plus size={16} strokeWidth={1.75} aria-hidden />
                {t('newRound')}
                <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
              </AriaButton>
            }
            actions={[
              { id: 'mix', label: t('newRoundMix'), onAction: () => add(false) },
              { id: 'same', label: t('newRoundSame'), onAction: () => add(true) },
              ...(workshop.rounds.length > 1
                ? [
                    null,
                    {
                      id: 'remove',
                      label: t('removeRound', { round: nameOf(round) }),
                      danger: true,
                      onAction: () =>
                        send(
                          () => api.workshop.removeRound(of, round.id),
                          (after) => {
                            onOpen(after.currentRoundId);
                            toast({
                              message: t('roundRemoved'),
                              undo: () =>
                                send(
                                  () =>
                                    api.workshop.addRound(of, {
                                      title: round.title,
                                      minutes: round.minutes,
                                      groups: inputOf(groupsOf(round).map((group) => ({ ...group, isNew: true }))),
                                    }),
                                  (again) => onOpen(again.rounds.at(-1)?.id ?? again.currentRoundId),
                                ),
                            });
                          },
                        ),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      )}
    </div>
  );
}
