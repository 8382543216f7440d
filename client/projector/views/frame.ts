/** Why this file exists: what every view of the projector is given. */

import type { Plan } from '#shared/agenda-time.ts';
import type { Agenda } from '#shared/agenda-tree.ts';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { Projector } from '#shared/projector/api.ts';

export interface ViewProps {
  meeting: Meeting;
  agenda: Agenda;
  plan: Plan;
  shown: Projector;
  /** The item that is shown: the one that was chosen, else the meeting's current one. */
  itemId: Id | null;
}
