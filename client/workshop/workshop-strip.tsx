/**
 * Why this file exists: an item that is a dialogue says how far its workshop has come, and what the reader does next: one
 * filled button, and quiet links to the rest.
 */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { currentRound, groupOf, type Round } from '#shared/workshop/workshop.ts';
import { may } from '../meeting/may.ts';
import { paths } from '../navigation.ts';
import { LinkButton } from '../ui/button.tsx';
import { useWorkshop } from './use-workshop.ts';
import styles from './workshop-strip.module.css';

interface Step {
  key: 'create' | 'groups' | 'lead' | 'harvest' | 'summary' | 'own' | 'choose';
  href: string;
}

/** What the reader does next, first, and what else there is for them. Empty when there is nothing. */
export function workshopSteps(meeting: Meeting, itemId: Id, workshop: WorkshopView | null, ownId: Id): Step[] {
  const at = [meeting.id, itemId] as const;
  const runs = may(meeting, 'run-workshop');
  if (!workshop) return runs ? [{ key: 'create', href: paths.groups(...at) }] : [];
  const round = currentRound(workshop) as Round;
  const groups: Step = { key: 'groups', href: paths.groups(...at) };
  const harvest: Step = { key: 'harvest', href: paths.harvest(...at) };
  const summary: Step = { key: 'summary', href: paths.summary(...at) };
  if (isOfficer(meeting.myRoles)) {
    const lead: Step = { key: 'lead', href: paths.lead(...at) };
    if (workshop.summary.status === 'final') return [summary, harvest, groups, lead];
    if (round.startedAt === null && runs) return [groups, lead, harvest, summary];
    return round.closedAt === null ? [lead, groups, harvest, summary] : [harvest, summary, lead, groups];
  }
  const mine = groupOf(round, ownId);
  const steps: Step[] = [];
  const readable =
    workshop.summary.status === 'final' || workshop.summary.comments || workshop.summary.scribes.includes(ownId);
  if (mine) steps.push({ key: 'own', href: paths.group(...at, mine.id) });
  else if (workshop.selfSelectCap > 0 && round.closedAt === null) steps.push({ key: 'choose', href: groups.href });
  if (readable) steps.push(summary);
  if (workshop.harvest !== 'officers') steps.push(harvest);
  if (steps[0]?.key !== 'choose') steps.push(groups);
  return steps;
}

/** `ownId` is the signed-in person. Draws nothing until it is known whether there is a workshop. */
export function WorkshopStrip({ meeting, itemId, ownId }: { meeting: Meeting; itemId: Id; ownId: Id }) {
  const { t } = useTranslation('workshop');
  const { data: workshop } = useWorkshop(meeting.id, itemId);
  if (workshop === undefined) return null;
  const [next, ...rest] = workshopSteps(meeting, itemId, workshop, ownId);
  if (!next && !workshop) return null;
  const round = workshop && (currentRound(workshop) as Round);
  const mine = round && groupOf(round, ownId);
  return (
    <section className={styles.strip} aria-labelledby="workshop-strip">
      <div className={styles.label}>
        <h2 id="workshop-strip">{t('workshop')}</h2>
      </div>
      <div className={styles.body}>
        {round && (
          <p>
            {mine ? t('yourGroup', { group: mine.name }) : t('groupsCount', { count: round.groups.length })}
            {mine?.place && ` · ${mine.place}`}
            {' · '}
            {t(`state.${stateOf(round)}`)}
          </p>
        )}
        <div className={styles.steps}>
          {next && (
            <LinkButton variant="primary" href={next.href}>
              {t(`step.${next.key}`)}
            </LinkButton>
          )}
          {rest.map(({ key, href }) => (
            <LinkButton key={key} variant="quiet" href={href}>
              {t(`step.${key}`)}
            </LinkButton>
          ))}
        </div>
      </div>
    </section>
  );
}

function stateOf(round: Round): 'planned' | 'running' | 'paused' | 'closed' {
  if (round.closedAt !== null) return 'closed';
  if (round.startedAt === null) return 'planned';
  return round.pausedMs === null ? 'running' : 'paused';
}
