/** Why this file exists: what a protocol is composed from, put together over what the other parts of the house keep. */
import { bodyKey } from '#shared/decisions/body.ts';
import type { DecisionStore } from '../decisions/ports.ts';
import { type AttendancePartDeps, createAttendancePart } from './attendance-part.ts';
import { createDecisionPart } from './decision-part.ts';
import { type MinutesParts, NO_PARTS } from './ports.ts';

export interface PartsDeps {
  attendance: Omit<AttendancePartDeps, 'decisions'>;
  decisions: Pick<DecisionStore, 'ofMeeting' | 'reopeningsOf' | 'body'>;
  actions: Parameters<typeof createDecisionPart>[0]['actions'];
}

/** Every part the house keeps; those it does not are empty. */
export function createParts({ attendance, decisions, actions }: PartsDeps): MinutesParts {
  return {
    ...NO_PARTS,
    attendance: createAttendancePart({ ...attendance, decisions: (meetingId) => decisions.ofMeeting(meetingId) }),
    decisions: createDecisionPart({ store: decisions, actions }),
    body: {
      async settings({ meeting }) {
        const { style, grouping, abbreviations } = await decisions.body(bodyKey(meeting));
        return { style, groupBy: grouping, abbreviations };
      },
    },
  };
}
