/**
 * Why this file exists: what an item comes to, under its notes: the proposals and their wording, what was decided, and what
 * is to be done.
 */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Outcome } from '#shared/decisions/decision.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { useRoom, useRoomState } from '../collab/index.ts';
import { may } from '../meeting/may.ts';
import { ProposalsSection } from '../proposals/proposals-section.tsx';
import { useProposals } from '../proposals/use-proposals.ts';
import { ActionsSection } from './actions-section.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { DecisionsSection } from './decisions-section.tsx';
import { OutcomesMenu } from './outcomes-menu.tsx';
import { useDecisions } from './use-decisions.ts';

export interface ItemRecordProps {
  meeting: Meeting;
  itemId: Id;
  /** The item's number as it is shown; may be empty. */
  number: string;
  ownId: Id;
}

/** What is being decided: a proposal, or an outcome without one. */
interface Deciding {
  proposalId: Id | null;
  outcome: Outcome;
}

export function ItemRecord({ meeting, itemId, number, ownId }: ItemRecordProps) {
  const { t } = useTranslation('decisions');
  const of = useMemo(() => ({ meetingId: meeting.id, itemId }), [meeting.id, itemId]);
  const room = useRoom(roomName({ kind: 'proposal', meetingId: meeting.id, itemId }));
  const state = useRoomState(room);
  const known = useProposals(room?.doc ?? null);
  const record = useDecisions(of).data;
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const decided = record?.decided ?? false;
  const canWrite = state?.access === 'write' && state.everSynced && may(meeting, 'propose') && !decided;
  const mayDecide = record?.mayDecide === true && !decided;
  return (
    <>
      <ProposalsSection
        meeting={meeting}
        itemId={itemId}
        number={number}
        ownId={ownId}
        room={room}
        known={known}
        canWrite={canWrite}
        mayDecide={mayDecide}
        current={meeting.currentItemId === itemId}
        onDecide={(proposalId) => setDeciding({ proposalId, outcome: 'decided' })}
        outcomes={<OutcomesMenu onDecide={(outcome) => setDeciding({ proposalId: null, outcome })} />}
      />
      {record && (
        <DecisionsSection
          meeting={meeting}
          of={of}
          record={record}
          ownId={ownId}
          offersOutcomes={mayDecide && known.proposals.length === 0}
          onDecide={(outcome) => setDeciding({ proposalId: null, outcome })}
        />
      )}
      <ActionsSection meeting={meeting} of={of} ownId={ownId} />
      {deciding && record && room && (
        <DecideDialog
          meeting={meeting}
          of={of}
          record={record}
          room={room}
          known={known}
          number={number}
          start={deciding}
          onClose={() => setDeciding(null)}
        />
      )}
      <p className="sr" role="status">
        {decided ? t('decided.locked') : ''}
      </p>
    </>
  );
}
