/** Why this file exists: the clause that is being worded, and nothing beside it: everybody in the room follows each word. */
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { useRoom, useRoomState } from '../../collab/index.ts';
import { proposalName, useProposals } from '../../proposals/use-proposals.ts';
import { Wording } from '../../proposals/wording.tsx';
import frame from '../projector.module.css';
import type { ViewProps } from './frame.ts';
import styles from './wording.module.css';

export function WordingView({ meeting, agenda, itemId, shown }: ViewProps & { itemId: Id }) {
  const { t } = useTranslation('projector');
  const { t: words } = useTranslation('decisions');
  const room = useRoom(roomName({ kind: 'proposal', meetingId: meeting.id, itemId }));
  const state = useRoomState(room);
  const { proposals, wording } = useProposals(room?.doc ?? null);
  const node = agenda.byId.get(itemId);
  // The clause that was chosen; else the first of the first proposal.
  const at = Math.max(
    proposals.findIndex(({ clauses }) =>
      clauses.some((one) => [one, ...one.alternatives].some(({ id }) => id === shown.promptId)),
    ),
    0,
  );
  const proposal = proposals[at];
  const n = Math.max(
    proposal?.clauses.findIndex((one) => [one, ...one.alternatives].some(({ id }) => id === shown.promptId)) ?? 0,
    0,
  );
  const clause = proposal?.clauses[n];
  if (!proposal || !clause)
    return (
      <div className={frame.centre}>
        <h1 className={frame.title}>{state?.known ? t('wording.none') : t('loading')}</h1>
      </div>
    );
  const one = clause.alternatives.find(({ id }) => id === shown.promptId) ?? clause;
  const now = wording(one.id);
  const by = meeting.participants.find(({ personId }) => personId === one.reasonBy);
  const organisation = meeting.organisations.find(({ id }) => id === by?.organisationId);
  const name = t('wording.proposal', { name: proposalName(node?.number ?? '', at) });
  return (
    <div className={styles.wording}>
      <div className={styles.middle}>
        <h1 className={now.length > 220 ? `${styles.words} ${styles.long}` : styles.words} data-wording>
          <span className={styles.that}>{words(one === clause ? 'clause.that' : 'clause.or')} </span>
          {clause.original !== '' ? <Wording before={clause.original} after={now} /> : now}
        </h1>
        {one.reason && (
          <p className={styles.reason}>
            <b>{words('clause.reasonIs')}</b> {one.reason} {[by?.name, organisation?.name].filter(Boolean).join(', ')}
          </p>
        )}
      </div>
      <div className={styles.foot}>
        <ol className={styles.steps}>
          {proposal.clauses.map(({ id }, i) => (
            <li key={id} aria-current={i === n ? 'step' : undefined} className={i < n ? styles.past : undefined}>
              {words('clause.name', { n: i + 1 })}
            </li>
          ))}
        </ol>
        <span>{[name, proposal.by].filter(Boolean).join(', ')}</span>
      </div>
    </div>
  );
}
