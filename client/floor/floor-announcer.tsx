/** Why this file exists: what changes about the floor is said to who does not look at it: politely, and only what concerns them. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorView } from '#shared/floor/api.ts';
import type { Turn } from '#shared/floor/floor.ts';
import type { Id } from '#shared/ids.ts';
import { ownFloor } from './own.ts';
import { useSpeakerTime } from './speaker-now.tsx';

/** What is to be said of the way from one list to the next. */
function useSentences(): (before: FloorView, now: FloorView, ownId: Id) => string[] {
  const { t } = useTranslation('floor');
  return (before, now, ownId) => {
    const said: string[] = [];
    const [was, is] = [ownFloor(before, ownId), ownFloor(now, ownId)];
    const speaker = now.speaker;
    if (speaker?.id !== before.speaker?.id) {
      if (is.speaking) said.push(t('says.you'));
      else said.push(speaker ? t('says.speaker', { name: speaker.person }) : t('says.nobody'));
    }
    const first = (place: typeof is.speech): boolean => place?.n === 1;
    for (const kind of ['rejoinder', 'speech'] as const) {
      const place = is[kind];
      if (place && place.n !== was[kind]?.n) said.push(first(place) ? t('says.next') : t('says.place', { n: place.n }));
      if (!place && was[kind] && now.speaker?.id !== was[kind].requestId) said.push(t('says.off'));
    }
    if (now.runs) {
      const known = new Map(before.waiting.map(({ id }, at) => [id, at]));
      for (const [at, { id, person: name, kind, personId }] of now.waiting.entries()) {
        if (personId === ownId) continue;
        if (!known.has(id)) said.push(t(kind === 'rejoinder' ? 'says.askedReply' : 'says.asked', { name }));
        // Moved by hand: everybody else's place follows from who leaves.
        else if (
          now.waiting.length === before.waiting.length &&
          (known.get(id) ?? at) !== at &&
          now.step === before.step
        )
          said.push(t('says.moved', { name, n: at + 1 }));
      }
    }
    return said;
  };
}

export function FloorAnnouncer({ floor, ownId }: { floor: FloorView; ownId: Id }) {
  const sentences = useSentences();
  const before = useRef(floor);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const was = before.current;
    if (was === floor) return;
    before.current = floor;
    const next = sentences(was, floor, ownId);
    if (next.length > 0) setSaid(next.join(' '));
  }, [floor, ownId, sentences]);
  return (
    <>
      <p className="sr" role="status">
        {said}
      </p>
      {floor.speaker && (
        <TimeIsOut
          key={floor.speaker.id}
          turn={floor.speaker}
          own={floor.speaker.personId === ownId}
          runs={floor.runs}
        />
      )}
    </>
  );
}

/** Once, to who speaks and to those who run the meeting. */
function TimeIsOut({ turn, own, runs }: { turn: Turn; own: boolean; runs: boolean }) {
  const { t } = useTranslation('floor');
  const over = useSpeakerTime(turn).kind === 'over';
  return (
    <p className="sr" role="status">
      {over && own && t('says.yourTime')}
      {over && !own && runs && t('says.time', { name: turn.person })}
    </p>
  );
}
