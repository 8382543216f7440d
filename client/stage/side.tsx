/** Why this file exists: what stands beside the wall and is needed now and then: answers, groups, rounds, the way on. */
import { useTranslation } from 'react-i18next';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { paths } from '../navigation.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import styles from './lead.module.css';
import type { Lead } from './use-lead.ts';
import type { GroupPulse } from './wall/pulse.ts';
import { useAllPulses } from './wall/use-pulses.ts';

/** How many groups have answered each prompt. */
export function AnswersBlock({ workshop, pulses }: { workshop: WorkshopView; pulses: readonly (GroupPulse | null)[] }) {
  const { t } = useTranslation('stage');
  const all = useAllPulses(pulses);
  return (
    <section className={styles.block} aria-labelledby="h-answers">
      <h2 id="h-answers">{t('answers.title')}</h2>
      <ol className={styles.answers}>
        {workshop.prompts.map(({ id, heading }, index) => (
          <li key={id}>
            <span>{index + 1}</span>
            <span>{heading}</span>
            <b>
              {t('answers.of', {
                count: all.filter((pulse) => pulse?.answers[index] === 'answered').length,
                total: pulses.length,
              })}
            </b>
          </li>
        ))}
      </ol>
    </section>
  );
}

export interface GroupsBlockProps {
  workshop: WorkshopView;
  round: Round;
  lead: Lead;
  onMove(): void;
}

/** Who is where, who may read what, and the next round. */
export function GroupsBlock({ workshop, round, lead, onMove }: GroupsBlockProps) {
  const { t } = useTranslation('stage');
  const { meetingId, itemId } = workshop;
  const at = workshop.rounds.findIndex(({ id }) => id === round.id);
  const next = workshop.rounds[at + 1];
  const nextTitle = next?.title || t('groups.roundName', { number: at + 2 });
  return (
    <section className={styles.block} aria-labelledby="h-groups">
      <h2 id="h-groups">{t('groups.title')}</h2>
      <div className={styles.stack}>
        <CheckField
          label={t('groups.open')}
          hint={t('groups.openHint')}
          checked={workshop.opened}
          disabled={lead.busy}
          onChange={(event) => lead.open(event.target.checked)}
        />
        <div className={styles.links}>
          <Button size="small" onClick={onMove}>
            {t('groups.move')}
          </Button>
          <LinkButton size="small" href={paths.groups(meetingId, itemId)}>
            {t('groups.setup')}
          </LinkButton>
          <LinkButton size="small" href={paths.harvest(meetingId, itemId)}>
            {t('groups.harvest')}
          </LinkButton>
          {next ? (
            <Button
              size="small"
              disabled={lead.busy || round.closedAt === null}
              onClick={() => lead.showRound(next.id, t('groups.nextShown', { title: nextTitle }))}
            >
              {t('groups.next', { title: nextTitle })}
            </Button>
          ) : (
            round.closedAt !== null && (
              <LinkButton size="small" href={paths.groups(meetingId, itemId)}>
                {t('groups.newRound')}
              </LinkButton>
            )
          )}
        </div>
      </div>
    </section>
  );
}
