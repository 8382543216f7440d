/** Why this file exists: one short line under a name: what matters most about a person right now. */
import type { TFunction } from 'i18next';
import type { Id } from '#shared/ids.ts';
import type { Seat } from './assembly.ts';

/** How an item is called in a line: "5 Servicepunkter". */
export type ItemName = (id: Id) => string | null;

export interface PersonLine {
  text: string;
  writing: boolean;
}

/** Writing beats being in an item, that beats an announced absence, that beats a role. */
export function personLine(
  seat: Seat,
  itemName: ItemName,
  t: TFunction<'presence'>,
  role: TFunction<'common'>,
): PersonLine {
  const { participant, present } = seat;
  if (present?.typing && present.itemId) {
    const item = itemName(present.itemId);
    if (item) return { text: t('writingIn', { item }), writing: true };
  }
  const office = participant.roles.find((name) => name !== 'member' && name !== 'observer' && name !== 'guest');
  const fixed = office ? role(`role.${office}`) : participant.title;
  if (!present) return { text: participant.absence || fixed, writing: false };
  const item = present.itemId ? itemName(present.itemId) : null;
  const parts = [fixed, present.hidden ? t('away') : item ? t('readingIn', { item }) : ''].filter(Boolean);
  return { text: parts.join(' · '), writing: false };
}
