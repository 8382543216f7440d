/** Why this file exists: rooms belong to the person signed in; this says who that is while their screens are mounted. */
import { type ReactNode, useEffect } from 'react';
import { setCollabPerson } from '../collab/index.ts';

/** Opens the person's rooms for everything inside it. The same person again changes nothing. */
export function DeviceRooms({ personId, children }: { personId: string; children: ReactNode }) {
  useEffect(() => setCollabPerson(personId), [personId]);
  return children;
}
