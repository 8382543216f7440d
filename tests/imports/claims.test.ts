/**
 * Why this file exists: anybody can write a protocol's JSON, with decisions nobody took and signatures of people who never saw
 * it, under their very ids. It may be taken in, but the meeting, its protocol and every file must say that it came from
 * a file, and show nothing as signed or sealed that was not signed and sealed here.
 */
import mammoth from 'mammoth';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Meeting } from '#shared/api.ts';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import type { MinutesView } from '#shared/minutes/api.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { minutesFromJson, minutesToJson } from '#shared/minutes/schema.ts';
import type { GivenRole } from '#shared/policy.ts';
import type { SignOffView } from '#shared/signoff/api.ts';
import { NO_REDACTION, redacted } from '#shared/signoff/redact.ts';
import { sampleMinutes } from '../documents/sample.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';
import { unzip } from '../support/zip.ts';

let house: House;
let importer: Visitor;
let chair: Visitor;
let verifier: Visitor;
let forged: MinutesDocument;
let meeting: Meeting;

beforeAll(async () => {
  house = await openHouse();
  importer = await house.add('Alva Ek', { isAdmin: true });
  [chair, verifier] = [await house.add('Olof Ahl'), await house.add('Vera Norr')];
  const signed = (one: Visitor, role: 'chair' | 'verifier') => ({
    personId: one.person.id,
    name: one.person.name,
    title: 'Region Norrälven',
    role,
    capacity: 'I tjänsten',
    signedAt: Date.parse('2026-11-17T10:00:00Z'),
  });
  forged = {
    ...sampleMinutes(),
    signatures: [signed(chair, 'chair'), signed(verifier, 'verifier')],
    // A file may say this of itself too; it is not asked.
    imported: { at: 0, by: 'Kungl. Biblioteket', signatures: false },
  };
  const answer = await house.fetch('/api/meetings/import', {
    method: 'POST',
    as: importer,
    body: minutesToJson(forged),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(answer.status).toBe(200);
  meeting = (await answer.json()) as Meeting;
}, 60_000);
afterAll(() => house.close());

const ask = async <T>(path: string, as = importer, json?: unknown): Promise<T> => {
  const answer = await house.fetch(`/api/meetings/${meeting.id}${path}`, {
    as,
    ...(json === undefined ? {} : { method: 'POST', json }),
  });
  expect(answer.status, `${path}: ${await answer.clone().text()}`).toBe(200);
  return (await answer.json()) as T;
};
const bytesOf = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await house.fetch(`/api/meetings/${meeting.id}${path}`, { as: importer })).arrayBuffer());
async function wordsOf(format: (typeof EXPORT_FORMATS)[number], bytes: Uint8Array): Promise<string> {
  if (format === 'docx') return (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
  if (format !== 'pdf') return new TextDecoder().decode(bytes);
  const pdf = await getDocument({ data: bytes, verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  await pdf.destroy();
  return pages.join(' ');
}
const plain = (text: string): string => text.replace(/\\(.)/g, '$1').replace(/\s+/g, ' ');
const today = () =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: 'Europe/Stockholm' }).format(meeting.imported?.at);

describe('what only a file claims', () => {
  it('is said to come from a file: by the meeting, its protocol and every file of it', async () => {
    expect(meeting.imported).toMatchObject({ by: 'Alva Ek' });
    expect((await ask<Meeting>('')).imported).toEqual(meeting.imported);
    const { document } = await ask<MinutesView>('/minutes?lang=sv');
    expect(document.imported).toEqual({ ...meeting.imported, signatures: true });
    for (const style of ['decisions', 'discussion', 'notes'])
      for (const format of EXPORT_FORMATS) {
        const bytes = await bytesOf(`/minutes/files/${format}?lang=sv&style=${style}`);
        if (format === 'json') {
          expect(minutesFromJson(new TextDecoder().decode(bytes)).imported).toEqual(document.imported);
          continue;
        }
        const words = plain(await wordsOf(format, bytes));
        expect(words, `${style} ${format}`).toContain(`Inläst från fil ${today()} av Alva Ek.`);
        expect(words, `${style} ${format}`).not.toContain('Biblioteket');
      }
    const english = plain(await wordsOf('md', await bytesOf('/minutes/files/md?lang=en')));
    expect(english).toContain('by Alva Ek. What the file said was not recorded or verified here.');
    // A published version may hide who took it in, and still says that it was.
    const published = redacted(document, { ...NO_REDACTION, words: ['Alva Ek'] }, []);
    expect(published.imported).toEqual({ ...document.imported, by: '[utelämnat]' });
  });

  it('is never shown as signed here, and nothing is sealed', async () => {
    for (const format of ['html', 'md', 'docx', 'pdf'] as const) {
      const words = plain(await wordsOf(format, await bytesOf(`/minutes/files/${format}?lang=sv`)));
      expect(words, format).toContain('Enligt filen justerat 17 november 2026');
      expect(words, format).not.toMatch(/Justerat 17|SHA-256/);
    }
    const view = await ask<SignOffView>('/minutes/sign-off');
    expect([view.revision, view.signers]).toEqual([null, []]);
    expect((await ask<Meeting>('')).phase).toBe('preparation');
    expect(
      (await house.fetch(`/api/meetings/${meeting.id}/minutes/revisions/1/files/pdf`, { as: importer })).status,
    ).toBe(404);
  });

  it('gives way to who is named here: the seal holds their signatures and no others, and the line still stands', async () => {
    const { meetings } = house.server.services;
    for (const [one, roles] of [
      [chair, ['chair']],
      [verifier, ['verifier']],
    ] as [Visitor, GivenRole[]][])
      await meetings.addParticipant(importer.caller, meeting.id, { personId: one.person.id, roles });
    const { document } = await ask<MinutesView>('/minutes?lang=sv');
    expect(document.signatures.map(({ name, title, signedAt }) => [name, title, signedAt])).toEqual([
      ['Olof Ahl', '', null],
      ['Alva Ek', '', null],
      ['Vera Norr', '', null],
    ]);
    expect(document.header.officers.map(({ name }) => name)).toEqual(['Olof Ahl', 'Alva Ek']);
    for (const phase of ['ongoing', 'verification']) {
      const { version } = await ask<Meeting>('');
      await ask('/phase', importer, { phase, version });
    }
    for (const as of [chair, verifier]) {
      const { parts } = await ask<SignOffView>('/minutes/sign-off', as);
      await ask('/minutes/sign-off', as, { do: 'approve', parts: parts.map(({ id, hash }) => ({ id, hash })) });
    }
    const { hash } = await ask<SignOffView>('/minutes/sign-off');
    await ask('/minutes/revisions', importer, { hash });
    const sealed = minutesFromJson(new TextDecoder().decode(await bytesOf('/minutes/revisions/1/files/json')));
    expect(sealed.imported).toEqual({ ...meeting.imported, signatures: false });
    expect(sealed.signatures.every(({ signedAt }) => (signedAt ?? 0) >= (meeting.imported?.at ?? 0))).toBe(true);
    const words = plain(await wordsOf('pdf', await bytesOf('/minutes/revisions/1/files/pdf')));
    expect(words).toContain(`Inläst från fil ${today()} av Alva Ek. Det som stod i filen är inte antecknat här.`);
    expect(words).not.toMatch(/17 november/);
    const manifest = JSON.parse(
      unzip(await bytesOf('/minutes/revisions/1/files/zip')).get('manifest.json') ?? '',
    ) as unknown;
    expect(manifest).toMatchObject({ imported: { by: 'Alva Ek' } });
  });
});

it('a meeting made here says nothing of the kind', async () => {
  const { meeting: own } = await house.meeting(importer);
  expect(own.imported).toBeNull();
  const answer = await house.fetch(`/api/meetings/${own.id}/minutes?lang=sv`, { as: importer });
  expect(((await answer.json()) as MinutesView).document).not.toHaveProperty('imported');
});
