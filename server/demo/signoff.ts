/**
 * Why this file exists: how the demo's protocols were signed: of the retreat what was dealt with before the point under
 * discussion, by some, with a suggestion that waits for an answer; of the meeting before it everything, and it is sealed.
 */
import type { Id } from '#shared/ids.ts';
import { HEAD } from '#shared/signoff/parts.ts';
import type { DemoClock } from './clock.ts';
import type { Played, Stage, Step } from './play.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Approves parts of a protocol as they are: all of them, or those of these items. */
async function approve({ server, caller }: Stage, key: string, meetingId: Id, items: readonly Id[] | null) {
  const { signOffs } = server.services;
  const { parts } = await signOffs.get(caller(key), meetingId);
  const wanted = parts.filter(({ id }) => items === null || items.includes(id));
  await signOffs.step(caller(key), meetingId, {
    do: 'approve',
    parts: wanted.map(({ id, hash }) => ({ id, hash })),
  });
}

/** The steps by which a finished meeting's protocol was signed, sealed, handed out and corrected. */
export function sealingSteps(stage: Stage, played: Played, signedAt: number): Step[] {
  const { signOffs } = stage.server.services;
  const signers = ['lovisa', 'gunvor', 'rut'];
  return [
    ...signers.map((key, n) => ({
      at: signedAt + n * 5 * HOUR,
      run: () => approve(stage, key, played.meetingId, null),
    })),
    {
      at: signedAt + 20 * HOUR,
      run: async () => {
        const { hash } = await signOffs.get(stage.caller('freja'), played.meetingId);
        await signOffs.seal(stage.caller('freja'), played.meetingId, { hash });
      },
    },
    {
      at: signedAt + 21 * HOUR,
      run: async () => {
        await signOffs.dispatch(stage.caller('freja'), played.meetingId, {
          to: 'Almviks kommun',
          format: 'md',
          itemIds: [played.items.get('q3') ?? ''],
        });
      },
    },
    {
      at: signedAt + 50 * HOUR,
      run: async () => {
        await signOffs.correct(stage.caller('freja'), played.meetingId, {
          itemId: played.items.get('q2') ?? null,
          text: 'Besöken i Tjärnbäck i juli ska vara 132.',
          reason: 'Siffran blev fel vid avskrift.',
        });
      },
    },
  ];
}

/** Signs half of the retreat's protocol, as the last thing that happened. */
export async function seedSignOff(
  stage: Stage,
  { meetingId, items }: Played,
  clock: DemoClock,
  now: number,
): Promise<void> {
  const { signOffs, minutes } = stage.server.services;
  const ids = (...keys: string[]): Id[] => keys.map((key) => items.get(key) ?? '');
  clock.set(now - 3 * MINUTE);
  await approve(stage, 'kerstin', meetingId, [HEAD, ...ids('opening', 'previous')]);
  clock.set(now - 2 * MINUTE);
  await approve(stage, 'gunvor', meetingId, ids('opening', 'previous'));
  await approve(stage, 'rut', meetingId, ids('previous'));
  const { document } = await minutes.compose(stage.caller('rut'), meetingId, { lang: 'sv' });
  const opening = document.items.find(({ id }) => id === items.get('opening'));
  const block = opening?.blocks[0];
  if (block?.kind !== 'paragraph') throw new Error('the opening of the demo has no first paragraph');
  const before = block.inlines.map((one) => ('text' in one ? one.text : '')).join('');
  clock.set(now - MINUTE);
  await signOffs.step(stage.caller('rut'), meetingId, {
    do: 'suggest',
    part: opening?.id ?? '',
    block: block.id,
    before,
    after: before.replace('går igenom de två dagarna', 'presenterar programmet för de två dagarna'),
    reason: 'Det var programmet han visade.',
  });
}
