/** What the list of speakers is to the one who reads it, and what a speaker's clock says at which moment. */
import { describe, expect, it } from 'vitest';
import type { FloorView } from '#shared/floor/api.ts';
import { newId } from '#shared/ids.ts';
import { ownFloor, speakerFigures, speakerTime } from '../../client/floor/own.ts';

const [me, you] = [newId(), newId()];
const entry = (personId: string, kind: 'speech' | 'rejoinder') => ({
  id: newId(),
  personId,
  person: 'Någon',
  kind,
  itemId: null,
  at: 1,
  speeches: 0,
});
const turn = (personId: string) => ({ ...entry(personId, 'speech'), from: 1_000, to: null, seconds: 60 });
const floor = (more: Partial<FloorView> = {}): FloorView => ({
  version: 1,
  step: 0,
  drawn: false,
  speechSeconds: 180,
  rejoinderSeconds: 60,
  newSpeakersFirst: false,
  guests: true,
  speaker: null,
  waiting: [],
  maySpeak: true,
  runs: false,
  ...more,
});

describe('what the list is to oneself', () => {
  it('is what one may ask for', () => {
    expect(ownFloor(floor(), me)).toMatchObject({ mayAsk: true, mayReply: false });
    expect(ownFloor(floor({ drawn: true, speaker: turn(you) }), me)).toMatchObject({ mayAsk: false, mayReply: true });
    expect(ownFloor(floor({ speaker: turn(me) }), me)).toMatchObject({ speaking: true, mayReply: false });
    expect(ownFloor(floor({ maySpeak: false, speaker: turn(you) }), me)).toMatchObject({
      mayAsk: false,
      mayReply: false,
    });
  });

  it('is the place as the list shows it, for a speech and for a rejoinder', () => {
    const waiting = [entry(me, 'rejoinder'), entry(you, 'speech'), entry(me, 'speech')];
    const own = ownFloor(floor({ speaker: turn(you), waiting }), me);
    expect(own).toMatchObject({ rejoinder: { n: 1 }, speech: { n: 3 }, mayAsk: false, mayReply: false });
    expect(own.speech?.requestId).toBe(waiting[2]?.id);
  });
});

describe('a speaker’s time', () => {
  const said = (seconds: number, now: number) => {
    const time = speakerTime({ from: 1_000, seconds }, now);
    return [time.kind, speakerFigures(time).face, time.part];
  };

  it('counts down to its end and then up', () => {
    expect(said(60, 1_000)).toEqual(['left', '1:00', 0]);
    expect(said(60, 1_001)[1]).toBe('1:00');
    expect(said(60, 31_000)).toEqual(['left', '0:30', 0.5]);
    expect(said(60, 60_999)[1]).toBe('0:01');
    expect(said(60, 61_000)).toEqual(['over', '0:00', 1]);
    expect(said(60, 126_000)).toEqual(['over', '1:05', 1]);
  });

  it('counts up without a limit, and never below nothing', () => {
    expect(said(0, 76_500)).toEqual(['gone', '1:15', null]);
    expect(said(0, 0)).toEqual(['gone', '0:00', null]);
    expect(said(60, 0)[2]).toBe(0);
  });
});
