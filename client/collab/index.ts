/** Why this file exists: what the rest of the client may use of the rooms. */
export { aggregateSaving, downloadCopy, type SavingSummary } from './aggregate.ts';
export { noteServerDate, serverNow } from './clock.ts';
export { type OwnPresence, type PresentPerson, presentPeople, readUser, setPresence } from './presence.ts';
export {
  acquireRoom,
  clearDevice,
  currentRegistry,
  RoomRegistry,
  releaseRoom,
  setCollabPerson,
  type UnsentRoom,
  unsentRooms,
} from './registry.ts';
export { RoomClient, type RoomClientOptions } from './room-client.ts';
export { insertedText, plainText } from './text.ts';
export type { ConnectionState, Refusal, RefusalReason, RoomState, SavingStatus } from './types.ts';
export { useNotice, usePresence, useRoom, useRoomState, useSaving } from './use-room.ts';
