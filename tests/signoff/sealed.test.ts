/**
 * Why this file exists: A19, C-14, C-15, C-19, F54: what is sealed is exactly what was approved, its hash is the same
 * wherever it is said, nothing alters it, and what is handed out of it holds what it should and no trace of the rest.
 */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import type { MinutesView } from '#shared/minutes/api.ts';
import { minutesFromJson } from '#shared/minutes/schema.ts';
import { roomName } from '#shared/rooms.ts';
import type { Sealed, SignOffView } from '#shared/signoff/api.ts';
import { canonicalJson } from '#shared/signoff/canonical.ts';
import { readZip } from '../../server/documents/zip.ts';
import { everythingIn, pdfText } from '../documents/everything-in.ts';
import { CANARIES, OPENING, openSignHouse, type SignHouse } from './house.ts';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
let h: SignHouse;
let revision: NonNullable<SignOffView['revision']>;
beforeAll(async () => {
  h = await openSignHouse();
  await h.phase('ongoing', 'verification');
}, 60_000);
afterAll(() => h.house.close());

describe('sealing', () => {
  const post = (as = h.secretary, hash?: string) =>
    h.view().then((view) => h.ask<SignOffView>(as, 'POST', `${h.minutes}/revisions`, { hash: hash ?? view.hash }));

  it('waits for everybody, for every part, for every answer', async () => {
    await expect(post()).rejects.toThrow('409');
    for (const signer of [h.chair, h.verifiers[0]]) await h.approveAll(signer);
    await expect(post()).rejects.toThrow('parts');
    await h.approveAll(h.verifiers[1]);
    await h.step(h.chair, { do: 'suggest', part: h.items[0], reason: 'Hm' });
    await expect(post()).rejects.toThrow('suggestions');
    await h.step(h.chair, { do: 'retract', suggestionId: (await h.view()).suggestions[0]?.id ?? '' });
    await expect(post(h.secretary, '0'.repeat(64))).rejects.toThrow('hash');
    await h.write(h.items[0], 'En sista rad.');
    await expect(post()).rejects.toThrow('parts');
    for (const as of [h.verifiers[0], h.member, h.observer, h.facilitator])
      await expect(post(as)).rejects.toThrow('403');
  });

  it('is how a protocol that is being signed is verified; the phase alone does not', async () => {
    await expect(h.phase('verified')).rejects.toThrow('signing');
    expect((await h.view()).revision).toBeNull();
  });

  it('is one cut while people type: what was told to be saved is in it, and nothing more is saved', async () => {
    for (const signer of [h.chair, ...h.verifiers]) await h.approveAll(signer);
    const { relay } = h.house.server;
    const hold = relay.hold.bind(relay);
    const room = roomName({ kind: 'item', meetingId: h.meetingId, itemId: h.items[1] });
    const saved: string[] = [];
    let refused = 0;
    let typing: Promise<void> | null = null;
    let stop = false;
    // From the moment the room is held, as fast as it goes.
    relay.hold = (held, reason) => {
      const letGo = hold(held, reason);
      if (held === room)
        typing ??= (async () => {
          for (let n = 0; !stop; n++) {
            const line = `Sent ord ${n}.`;
            await h.write(h.items[1], line).then(
              () => saved.push(line),
              () => refused++,
            );
            await new Promise((resolve) => setImmediate(resolve));
          }
        })();
      // Until the hold ends; the server's own hand is bound by nothing else.
      return () => {
        if (held === room) stop = true;
        letGo();
      };
    };
    const done = await post().finally(() => {
      relay.hold = hold;
    });
    await typing;
    expect(refused).toBeGreaterThan(0);
    const { document } = await h.ask<Sealed>(h.chair, 'GET', `${h.minutes}/revisions/1`);
    for (const line of saved) expect(JSON.stringify(document), line).toContain(line);
    if (!done.revision) throw new Error('not sealed');
    revision = done.revision;
    expect(done.log[0]).toMatchObject({ kind: 'sealed', detail: revision.sha256, person: 'Sara Lo' });
    const { phase } = await h.ask<{ phase: string }>(h.chair, 'GET', `/api/meetings/${h.meetingId}`);
    expect(phase).toBe('verified');
  });

  it('holds what was approved, and who signed when', async () => {
    const { document } = await h.ask<Sealed>(h.observer, 'GET', `${h.minutes}/revisions/1`);
    expect(sha256(canonicalJson(document))).toBe(revision.sha256);
    expect(JSON.stringify(document)).toContain(OPENING);
    expect(document.signatures.map(({ name, signedAt }) => [name, signedAt !== null])).toEqual(
      expect.arrayContaining([
        ['Olof Ahl', true],
        ['Vera Norr', true],
        ['Jonas Ek', true],
        ['Sara Lo', true],
      ]),
    );
  });
});

describe('its hash', () => {
  it('is in the log, at the foot of every kind of file, in the manifest, and that of the JSON itself', async () => {
    for (const format of EXPORT_FORMATS) {
      const bytes = await h.bytes(h.observer, `${h.minutes}/revisions/1/files/${format}`);
      expect(bytes, `${format} twice`).toEqual(await h.bytes(h.chair, `${h.minutes}/revisions/1/files/${format}`));
      if (format === 'json') expect(sha256(bytes)).toBe(revision.sha256);
      if (format === 'html' || format === 'md') expect(text(bytes)).toContain(revision.sha256);
      if (format === 'docx')
        expect(readZip(bytes).some((entry) => text(entry.bytes).includes(revision.sha256))).toBe(true);
      if (format === 'pdf') expect(await pdfText(bytes)).toContain(revision.sha256);
    }
    const zip = await h.bytes(h.observer, `${h.minutes}/revisions/1/files/zip`);
    expect(zip).toEqual(await h.bytes(h.chair, `${h.minutes}/revisions/1/files/zip`));
    const entries = readZip(zip);
    const manifest = JSON.parse(text(entries[0]?.bytes ?? new Uint8Array()));
    expect(manifest).toMatchObject({
      format: 'radslag-package',
      meeting: h.meetingId,
      of: 'whole',
      sealed: { by: 'Sara Lo' },
      document: { file: 'protokoll.json', sha256: revision.sha256 },
      pdf: { tagged: true, pdfa: null },
    });
    expect(manifest.files.map(({ name }: { name: string }) => name)).toEqual(entries.slice(1).map(({ name }) => name));
    for (const { name, sha256: hash } of manifest.files as { name: string; sha256: string }[])
      expect(sha256(entries.find((entry) => entry.name === name)?.bytes ?? ''), name).toBe(hash);
    const json = entries.find(({ name }) => name === 'protokoll.json')?.bytes ?? new Uint8Array();
    expect(sha256(json)).toBe(revision.sha256);
    expect(minutesFromJson(text(json)).meeting.id).toBe(h.meetingId);
  }, 120_000);
});

describe('what is sealed', () => {
  const stillSealed = async (): Promise<void> => {
    const { document } = await h.ask<Sealed>(h.chair, 'GET', `${h.minutes}/revisions/1`);
    expect(sha256(canonicalJson(document))).toBe(revision.sha256);
    const { parts, revision: kept } = await h.view();
    expect(kept).toEqual(revision);
    expect(parts.every(({ approved }) => approved)).toBe(true);
  };

  it('is altered by no step, by no phase, by no change of the meeting, whoever asks', async () => {
    const { hash, parts } = await h.view();
    const all = [h.chair, h.secretary, h.facilitator, ...h.verifiers, h.member, h.observer];
    const first = parts[0];
    if (!first) throw new Error('no parts');
    const { version } = await h.ask<{ version: number }>(h.chair, 'GET', `/api/meetings/${h.meetingId}`);
    const meeting = `/api/meetings/${h.meetingId}`;
    for (const as of all)
      for (const [method, path, json] of [
        ['POST', `${h.minutes}/sign-off`, { do: 'approve', parts: [{ id: first.id, hash: first.hash }] }],
        ['POST', `${h.minutes}/sign-off`, { do: 'withdraw', part: first.id }],
        ['POST', `${h.minutes}/sign-off`, { do: 'suggest', part: first.id, reason: 'Nej' }],
        ['POST', `${h.minutes}/sign-off`, { do: 'now', itemId: h.items[0], on: true }],
        ['POST', `${h.minutes}/revisions`, { hash }],
        ['PATCH', h.minutes, { style: 'notes' }],
        ['PATCH', meeting, { title: 'Annat' }],
        ['POST', `${meeting}/phase`, { phase: 'ongoing', version }],
        ['POST', `${meeting}/phase`, { phase: 'verification', version }],
        ['POST', `${meeting}/cancel`, undefined],
        ['DELETE', `${meeting}/participants/${h.chair.person.id}`, undefined],
      ] as const)
        await expect(h.ask(as, method, path, json), `${method} ${path}`).rejects.toThrow(/40[39]/);
    await stillSealed();
  });

  it('is written in no room: everybody reads, from every device', async () => {
    const { access } = h.house.server.services;
    const rooms = [
      roomName({ kind: 'agenda', meetingId: h.meetingId }),
      ...h.items.flatMap((itemId) => [
        roomName({ kind: 'item', meetingId: h.meetingId, itemId }),
        roomName({ kind: 'proposal', meetingId: h.meetingId, itemId }),
      ]),
    ];
    for (const room of rooms)
      for (const as of [h.chair, h.secretary, h.facilitator, ...h.verifiers, h.member]) {
        const principal = access.principal(as.caller, room);
        if (!principal) throw new Error('nobody');
        expect(await access.authorize(principal, room), room).toMatchObject({ access: 'read' });
      }
    await stillSealed();
  });

  it('is not rewritten by the database either', async () => {
    const db = new DatabaseSync(h.house.file);
    try {
      for (const statement of [
        "update minutes_revision set json = '{}'",
        'delete from minutes_revision',
        "update minutes_event set detail = ''",
        "update meeting set phase = 'verification'",
      ])
        expect(() => db.exec(statement), statement).toThrow(/sealed/);
    } finally {
      db.close();
    }
    await stillSealed();
  });

  it('is corrected beside itself, with a reason', async () => {
    const correct = (as = h.secretary, json: unknown = { text: 'Åsö ska vara Norrö.', reason: 'Felskrivning' }) =>
      h.ask<SignOffView>(as, 'POST', `${h.minutes}/corrections`, json);
    for (const as of [h.verifiers[0], h.member, h.facilitator]) await expect(correct(as)).rejects.toThrow('403');
    await expect(correct(h.chair, { text: 'Utan skäl' })).rejects.toThrow('400');
    const { corrections } = await correct();
    expect(corrections).toMatchObject([
      { n: 1, text: 'Åsö ska vara Norrö.', reason: 'Felskrivning', person: 'Sara Lo' },
    ]);
    await stillSealed();
    const files = readZip(await h.bytes(h.chair, `${h.minutes}/revisions/1/files/zip`));
    expect(text(files.find(({ name }) => name === 'rattelser.json')?.bytes ?? new Uint8Array())).toContain('Norrö');
    expect(sha256(files.find(({ name }) => name === 'protokoll.json')?.bytes ?? '')).toBe(revision.sha256);
  }, 60_000);
});

describe('handing out', () => {
  const dispatch = (json: unknown, as = h.secretary) => h.ask<SignOffView>(as, 'POST', `${h.minutes}/dispatches`, json);

  it('is logged with the hash of the very bytes, which can be had again', async () => {
    const { dispatches } = await dispatch({ to: 'Almviks kommun', format: 'md', itemIds: [h.items[1]] });
    const [one] = dispatches;
    expect(one).toMatchObject({ to: 'Almviks kommun', format: 'md', items: 1, redacted: false, person: 'Sara Lo' });
    const bytes = await h.bytes(h.chair, `${h.minutes}/dispatches/${one?.id}/file`);
    expect(sha256(bytes)).toBe(one?.sha256);
    expect(text(bytes)).toContain('Läget');
    expect(text(bytes)).not.toContain('välkomna');
    expect(one?.name).toMatch(/^protokollsutdrag-[a-z0-9-]+\.md$/);
    await expect(dispatch({ to: 'Någon', format: 'md' }, h.member)).rejects.toThrow('403');
    await expect(dispatch({ to: 'Någon', format: 'md', itemIds: ['0'.repeat(20)] })).rejects.toThrow('400');
    expect((await h.view(h.member)).dispatches).toEqual([]);
  }, 60_000);

  it('leaves no trace of what is hidden, in any format, anywhere in the bytes', async () => {
    const { document } = await h.ask<MinutesView>(h.secretary, 'GET', h.minutes);
    const block = document.items
      .find(({ id }) => id === h.items[1])
      ?.blocks.find((one) => JSON.stringify(one).includes('Kanariefågeln'));
    await h.ask(h.chair, 'POST', `${h.minutes}/corrections`, {
      text: `Ring ${CANARIES[1]}.`,
      reason: `${CANARIES[3]} bad om det`,
    });
    const redaction = { email: true, phone: true, guests: true, words: [CANARIES[3]], blocks: [block?.id] };
    for (const format of [...EXPORT_FORMATS, 'zip']) {
      const { dispatches } = await dispatch({ to: 'Webbplatsen', format, redaction });
      expect(dispatches[0]?.redacted).toBe(true);
      const bytes = await h.bytes(h.secretary, `${h.minutes}/dispatches/${dispatches[0]?.id}/file`);
      const said = await everythingIn(bytes, format);
      expect(said, format).toContain(format === 'docx' ? 'PK' : '');
      for (const canary of [...CANARIES, '0701234567', 'rut.lind', revision.sha256])
        expect(said.includes(canary), `${canary} in ${format}`).toBe(false);
    }
    // The same search finds them where nothing is hidden.
    const whole = await everythingIn(await h.bytes(h.chair, `${h.minutes}/revisions/1/files/zip`), 'zip');
    for (const canary of CANARIES) expect(whole.includes(canary), canary).toBe(true);
  }, 240_000);

  it('of a sealed protocol is not for guests, strangers, or who is signed out, and is kept by no cache', async () => {
    const path = `${h.minutes}/revisions/1/files/md`;
    expect((await h.house.fetch(path, { as: h.stranger })).status).toBe(404);
    expect((await h.house.fetch(path)).status).toBe(401);
    const answer = await h.house.fetch(path, { as: h.observer });
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z0-9-]+\.md"$/);
    expect((await h.house.fetch(`${h.minutes}/revisions/2/files/md`, { as: h.chair })).status).toBe(404);
    expect((await h.house.fetch(`${h.minutes}/revisions/1/files/exe`, { as: h.chair })).status).toBe(404);
  });
});
