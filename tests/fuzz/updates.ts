/**
 * Why this file exists: mutated updates through the reader and everything a room checks, in this process, among honest
 * edits of the same people. Whatever is accepted goes into three documents in three ways: one by one, merged, and from
 * the state of the first. They must not fail, wait for anything, or differ.
 */
import * as Y from 'yjs';
import { contentHash } from '#shared/content-hash.ts';
import { type Admission, admit } from '../../server/relay/admission.ts';
import { ClientOwners } from '../../server/relay/client-owners.ts';
import { ClockTable } from '../../server/relay/clock-table.ts';
import { DocumentSize } from '../../server/relay/document-size.ts';
import { DEFAULT_LIMITS } from '../../server/relay/limits.ts';
import { Places } from '../../server/relay/places.ts';
import { MalformedUpdate, readUpdate } from '../../server/relay/update-reader.ts';
import { mutated, Writers } from '../support/edits.ts';
import { type Random, random } from '../support/random.ts';
import { emptyReport, type FuzzReport, timed } from './report.ts';

/** Mutated updates in one room. */
export const UPDATES_PER_SEED = 500;
const NOTHING = new Uint8Array([0]);

/** What a relay's room decides with. */
class Checks {
  readonly doc = new Y.Doc();
  readonly accepted: Uint8Array[] = [];
  readonly clocks = new ClockTable(NOTHING);
  readonly owners = new ClientOwners(new Map());
  readonly places = new Places({ allows: () => true }, DEFAULT_LIMITS.nestingDepth, () => this.doc);
  readonly size = new DocumentSize(DEFAULT_LIMITS, 0, () => 0);
  readonly #random: Random;
  #waiting: Uint8Array[] = [];

  constructor(r: Random) {
    this.#random = r;
  }

  /** Everything that happens to an update of `personId`; says what became of it. */
  take(update: Uint8Array, personId: string, whole: boolean): string {
    let admission: Admission;
    try {
      admission = admit(update, readUpdate(update), this, { personId, whole, at: 0 }, DEFAULT_LIMITS);
    } catch (error) {
      if (error instanceof MalformedUpdate) return `malformed ${error.reason}`;
      throw error;
    }
    if (admission.kind === 'refuse' || admission.kind === 'aside') return `${admission.kind} ${admission.reason}`;
    if (admission.kind === 'known') return 'known';
    this.clocks.note(admission.read);
    const goesOn = this.places.note(admission.located);
    this.size.note(admission.read, admission.update.byteLength, goesOn);
    this.owners.write(admission.read.clients, personId);
    const bytes = admission.update.slice();
    this.accepted.push(bytes);
    this.#waiting.push(bytes);
    // As in a room: the document follows when it likes.
    if (this.#random.next() < 0.1) this.catchUp();
    return 'accept';
  }

  catchUp(): void {
    for (const update of this.#waiting.splice(0)) Y.applyUpdate(this.doc, update);
  }
}

/** One room of one seed. Throws when anything is wrong. */
export function fuzzUpdates(seed: number, report: FuzzReport = emptyReport()): FuzzReport {
  const r = random(seed);
  const checks = new Checks(r);
  const people = Array.from({ length: 3 }, () => new Writers(r, 2));
  for (let i = 0; i < UPDATES_PER_SEED; i++) {
    const at = r.int(0, people.length - 1);
    const writers = people[at]!;
    if (i % 4 === 0) {
      const before = writers.updates.length;
      writers.step();
      for (const update of writers.updates.slice(before)) checks.take(update, `person${at}`, false);
    }
    const update = mutated(writers.anUpdate(), r, r.pick(people).anUpdate());
    timed(report, seed, update, () => checks.take(update, `person${at}`, r.next() < 0.3));
  }
  checks.catchUp();
  agree(checks, seed);
  return report;
}

function agree(checks: Checks, seed: number): void {
  const merged = new Y.Doc();
  if (checks.accepted.length > 0) Y.applyUpdate(merged, Y.mergeUpdates(checks.accepted));
  const loaded = new Y.Doc();
  Y.applyUpdate(loaded, Y.encodeStateAsUpdate(checks.doc));
  const hashes = [checks.doc, merged, loaded].map(contentHash);
  const waits = [checks.doc, merged, loaded].filter((doc) => doc.store.pendingStructs || doc.store.pendingDs);
  for (const doc of [checks.doc, merged, loaded]) doc.destroy();
  if (waits.length > 0) throw new Error(`SEED=${seed}: something waits in a document for ever`);
  if (new Set(hashes).size > 1) throw new Error(`SEED=${seed}: documents differ: ${hashes.join(' ')}`);
}
