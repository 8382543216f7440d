/** Why this file exists: a page of a workshop says which item it belongs to, by number and title as the agenda has them now. */
import { useTranslation } from 'react-i18next';
import type { Agenda, AgendaNode } from '#shared/agenda-tree.ts';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { useAgenda } from '../agenda/use-agenda.ts';
import { useRoomState } from '../collab/index.ts';
import { useAgendaRoom } from '../meeting/use-meeting-room.ts';

export interface WorkshopItem {
  agenda: Agenda;
  /** `null` until the agenda has come, and when it has no such item. */
  node: AgendaNode | null;
  /** The agenda has come: an item that is not in it does not exist. */
  known: boolean;
  /** "4 Nära till det nödvändiga" without its number; never empty. */
  title: string;
}

/** Holds the agenda's room while mounted. */
export function useWorkshopItem(meeting: Meeting, itemId: Id): WorkshopItem {
  const { t } = useTranslation('workshop');
  const room = useAgendaRoom(meeting.id);
  const state = useRoomState(room);
  const agenda = useAgenda(room?.doc ?? null, meeting);
  const node = agenda.byId.get(itemId) ?? null;
  return {
    agenda,
    node,
    known: node !== null || state?.everSynced === true,
    title: node?.item.title.trim() || t('untitled'),
  };
}
