/**
 * Why this file exists: the wall. Every group's text as it is being written, beside each other, so that who leads sees all
 * of them at once; one of them large when its number is pressed.
 */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { RoomClient } from '../../collab/index.ts';
import type { MenuAction } from '../../ui/menu.tsx';
import type { WallGroup } from '../wall-group.ts';
import { GroupCard } from './group-card.tsx';
import { Painter } from './painter.ts';
import type { GroupPulse } from './pulse.ts';
import { useAllPulses } from './use-pulses.ts';
import styles from './wall.module.css';
import { useWallKeys } from './wall-keys.ts';

export interface WallProps {
  workshop: WorkshopView;
  groups: readonly WallGroup[];
  rooms: readonly (RoomClient | null)[];
  pulses: readonly (GroupPulse | null)[];
  onGo(groupId: Id): void;
  onLower(groupId: Id): void;
  actionsOf(one: WallGroup): (MenuAction | null)[];
}

/** `''` shows all prompts. */
export type ShownPromptId = Id | '';

export function Wall({ workshop, groups, rooms, pulses, onGo, onLower, actionsOf }: WallProps) {
  const { t } = useTranslation('stage');
  const painter = useMemo(() => new Painter(), []);
  const [large, enlarge] = useState<Id | null>(null);
  const [prompt, setPrompt] = useState<ShownPromptId>('');
  const { prompts } = workshop;
  const known = prompts.some(({ id }) => id === prompt) ? prompt : '';
  const shown = useMemo(
    () =>
      prompts
        .map(({ id, heading }, index) => ({ id, heading, number: index + 1 }))
        .filter(({ id }) => known === '' || id === known),
    [prompts, known],
  );
  useWallKeys({ groups, prompts, prompt: known, onPrompt: setPrompt, large, onEnlarge: enlarge });

  const enlarged = groups.find(({ group }) => group.id === large) ?? null;
  return (
    <section className={styles.wall} aria-labelledby="h-wall">
      <div className={styles.bar}>
        <h2 id="h-wall">
          {t('wall.title')} <Figures groups={groups} pulses={pulses} />
        </h2>
        {prompts.length > 1 && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a row of buttons.
          <div className={styles.segment} role="group" aria-label={t('wall.prompts')}>
            <button type="button" aria-pressed={known === ''} onClick={() => setPrompt('')}>
              {t('wall.all')}
            </button>
            {prompts.map(({ id, heading }, index) => (
              <button
                key={id}
                type="button"
                aria-pressed={known === id}
                aria-label={t('wall.prompt', { number: index + 1, heading })}
                title={heading}
                onClick={() => setPrompt(id)}
              >
                {index + 1}
              </button>
            ))}
          </div>
        )}
      </div>
      <div className={styles.groups} data-count={enlarged ? 1 : Math.min(13, groups.length)}>
        {groups.map((one, index) =>
          enlarged && enlarged !== one ? null : (
            <GroupCard
              key={one.group.id}
              one={one}
              room={rooms[index] ?? null}
              pulse={pulses[index] ?? null}
              prompts={shown}
              painter={painter}
              large={enlarged === one}
              onEnlarge={() => enlarge(enlarged === one ? null : one.group.id)}
              onGo={() => onGo(one.group.id)}
              onLower={() => onLower(one.group.id)}
              actions={actionsOf(one)}
            />
          ),
        )}
      </div>
    </section>
  );
}

/** Groups, people and words; reads every pulse, so that the wall itself need not. */
function Figures({ groups, pulses }: Pick<WallProps, 'groups' | 'pulses'>) {
  const { t } = useTranslation('stage');
  const all = useAllPulses(pulses);
  const people = groups.reduce((sum, { group }) => sum + group.members.length, 0);
  const words = all.reduce((sum, pulse) => sum + (pulse?.words ?? 0), 0);
  return <span className={styles.figures}>{t('wall.count', { count: groups.length, people, words })}</span>;
}
