/** Why this file exists: what one looks at: which prompt, which groups, sorted how; and the vote that is going on. */
import { ChevronLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Id } from '#shared/ids.ts';
import { HARVEST_DOORS, type HarvestDoor } from '#shared/workshop/workshop.ts';
import { api } from '../api/api.ts';
import { may } from '../meeting/may.ts';
import { paths } from '../navigation.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { useWorkshopChange } from '../workshop/use-workshop.ts';
import styles from './board.module.css';
import { useBoard } from './board-context.ts';
import { type Filters, NO_FILTERS, VIEWS, type View } from './filters.ts';
import { GroupSquare } from './group-square.tsx';
import { useVoteChange, useVotes } from './use-votes.ts';

export interface StripProps {
  number: string;
  title: string;
  view: View;
  onView(view: View): void;
  filters: Filters;
  onFilters(filters: Filters): void;
}

export function Strip({ number, title, view, onView, filters, onFilters }: StripProps) {
  const { t } = useTranslation('harvest');
  const { meeting, workshop, marks, data } = useBoard();
  const tags = [...new Set([...data.harvest.tags.values()].flat())].sort();
  const set = (patch: Partial<Filters>) => onFilters({ ...filters, ...patch });
  const toggleGroup = (id: Id) =>
    set({ groups: filters.groups.includes(id) ? filters.groups.filter((one) => one !== id) : [...filters.groups, id] });
  const anything = JSON.stringify(filters) !== JSON.stringify(NO_FILTERS);
  return (
    <>
      <section className={styles.strip} aria-label={title}>
        <div>
          <Link className={styles.back} href={paths.item(meeting.id, workshop.itemId)}>
            <ChevronLeft size={15} strokeWidth={1.75} aria-hidden />
            {t('back')}
          </Link>
          <h1>
            {number && <span>{number}</span>}
            {title}
          </h1>
        </div>
        <VoteStrip />
      </section>
      <section className={styles.filters} aria-label={t('show')}>
        {workshop.prompts.length > 1 && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a row of buttons.
          <div className={styles.segment} role="group" aria-label={t('show')}>
            <button type="button" aria-pressed={filters.prompt === ''} onClick={() => set({ prompt: '' })}>
              {t('allPrompts')}
            </button>
            {workshop.prompts.map((prompt, index) => (
              <button
                key={prompt.id}
                type="button"
                aria-pressed={filters.prompt === prompt.id}
                onClick={() => set({ prompt: prompt.id })}
                title={prompt.heading}
              >
                {t('promptShort', { number: index + 1, heading: prompt.heading })}
              </button>
            ))}
          </div>
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a row of buttons. */}
        <div className={styles.segment} role="group" aria-label={t('arrange')}>
          {VIEWS.map((one) => (
            <button key={one} type="button" aria-pressed={view === one} onClick={() => onView(one)}>
              {t(`view.${one}`)}
            </button>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a row of buttons. */}
        <div className={styles.toggles} role="group" aria-label={t('filter.groups')}>
          {[...marks.values()].map((mark) => (
            <button
              key={mark.groupId}
              type="button"
              aria-pressed={filters.groups.includes(mark.groupId)}
              onClick={() => toggleGroup(mark.groupId)}
            >
              <GroupSquare mark={mark} />
            </button>
          ))}
          <button type="button" aria-pressed={filters.unused} onClick={() => set({ unused: !filters.unused })}>
            {t('filter.unused')}
          </button>
          <button type="button" aria-pressed={filters.hidden} onClick={() => set({ hidden: !filters.hidden })}>
            {t('filter.hidden')}
          </button>
          {anything && (
            <button type="button" className={buttonClass({ variant: 'link' })} onClick={() => onFilters(NO_FILTERS)}>
              {t('filter.clear')}
            </button>
          )}
        </div>
        {tags.length > 0 && (
          <select
            aria-label={t('filter.tag')}
            value={filters.tag}
            onChange={(event) => set({ tag: event.target.value })}
          >
            <option value="">{t('filter.allTags')}</option>
            {tags.map((tag) => (
              <option key={tag} value={tag}>
                #{tag}
              </option>
            ))}
          </select>
        )}
        <Doors />
      </section>
    </>
  );
}

/** Who else may look and sort; opening it to others opens the groups' texts too, or there would be nothing to sort. */
function Doors() {
  const { t } = useTranslation('harvest');
  const { meeting, workshop } = useBoard();
  const text = useProblemText();
  const { toast } = useToasts();
  const change = useWorkshopChange((door: HarvestDoor) =>
    api.workshop.update(
      { meetingId: workshop.meetingId, itemId: workshop.itemId },
      door === 'officers' ? { harvest: door } : { harvest: door, opened: true },
    ),
  );
  if (!may(meeting, 'run-workshop')) return null;
  return (
    <span className={styles.end}>
      <select
        aria-label={t('doors.label')}
        value={workshop.harvest}
        disabled={change.isPending}
        onChange={(event) => {
          const door = HARVEST_DOORS.find((one) => one === event.target.value);
          if (door) change.mutate(door, { onError: (error) => toast({ message: text(error) }) });
        }}
      >
        {HARVEST_DOORS.map((door) => (
          <option key={door} value={door}>
            {t(`doors.${door}`)}
          </option>
        ))}
      </select>
    </span>
  );
}

function VoteStrip() {
  const { t } = useTranslation('harvest');
  const { meeting, workshop, ask, clusters, selected } = useBoard();
  const text = useProblemText();
  const { toast } = useToasts();
  const { meetingId, itemId } = workshop;
  const votes = useVotes(meetingId, itemId);
  const vote = votes.data?.votes[0];
  const close = useVoteChange(meetingId, itemId, (voteId: Id) => api.harvest.closeVote({ meetingId, itemId, voteId }));
  const officer = may(meeting, 'run-workshop');
  const open = vote?.state === 'open';
  const left = vote ? vote.dots - Object.values(vote.mine).reduce((a, b) => a + b, 0) : 0;
  return (
    <div className={styles.end}>
      {open && (
        <span>
          {t('vote.title')}: <b>{t('vote.status', { voted: vote.voted, voters: vote.voters })}</b>
          {vote.mayVote && `, ${t('vote.left', { count: left })}`}
        </span>
      )}
      {vote && (
        <Button
          {...(open && vote.mayVote && !officer ? { variant: 'primary' } : {})}
          onClick={() => ask({ what: 'ballot' })}
        >
          {open ? t('vote.vote') : t('vote.results')}
        </Button>
      )}
      {officer && open && (
        <Button
          disabled={close.isPending}
          onClick={() => close.mutate(vote.id, { onError: (error) => toast({ message: text(error) }) })}
        >
          {t('vote.close')}
        </Button>
      )}
      {officer && !open && (clusters.length > 0 || selected.size > 0) && (
        <Button onClick={() => ask({ what: 'openVote' })}>{t('vote.open')}</Button>
      )}
    </div>
  );
}
