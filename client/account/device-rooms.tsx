/** Why this file exists: rooms belong to the person signed in; this says who that is while their screens are mounted. */
import { type ReactNode, useEffect } from 'react';
import type { Person } from '#shared/api.ts';
import { setCollabPerson } from '../collab/index.ts';

/** Opens the person's rooms for everything inside it. The same person again changes nothing. */
export function DeviceRooms({
  person,
  children,
}: {
  person: Pick<Person, 'id' | 'name' | 'colour'>;
  children: ReactNode;
}) {
  const { id, name, colour } = person;
  // The server stamps this on what others see; here it only lets people see themselves at once.
  useEffect(() => setCollabPerson(id, { user: { id, name, colour, organisation: '' } }), [id, name, colour]);
  return children;
}
