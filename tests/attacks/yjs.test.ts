/**
 * Attacks on the documents themselves, by people who may write. Each test's name begins with its row:
 *
 * A25  a few bytes that say they hold millions                              closed with 1008, no memory, no time
 * A26  the other format of updates                                          refused, and no code of ours reads it
 * A27  updates cut off between structs and deletions                        refused, nothing of them applied
 * A28  a forged name under somebody else's client id                        dropped, they are shown as they are
 * A29  a forged name, id or role under one's own id                         the server writes who it is
 * A30  somebody else's goodbye at the last of all clocks                    dropped, they stay visible
 * A31  a hundred thousand invented ids                                      refused; one per socket
 * A32  states that are large, deep, many, or none                           dropped; what is passed on is bounded
 * A33  new structs under somebody else's client id                          refused, with everything they came with
 * A34  deletions of what has not been written yet                           not kept, later text survives
 * A35  updates whose predecessor is withheld                                put aside, nothing waits
 * A36  100,000 deletions of what is not there                               put aside
 * A37  thousands of elements inside each other                              refused
 * A38  __proto__, constructor, prototype wherever a key or a name may stand refused
 * A39  roots and contents of another type than the room's readers expect    refused
 * A40  elements, marks and attributes the editor does not know              refused
 * A41  ids and clocks at the edges of numbers                               refused or put aside
 * A42  state vectors of 150,000 clients                                     closed with 1008
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { presenceCases } from './presence-cases.ts';
import { attacks } from './runner.ts';
import { yjsCases } from './yjs-cases.ts';

attacks('documents', yjsCases);
attacks('presence', presenceCases);

it('A26 no function of ours that reads updates of format V2 is there to be reached', () => {
  const folder = join(import.meta.dirname, '../../server');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(50);
  const found = files.filter((file) =>
    /\bY\.\w+V2\b|\b(apply|merge|diff|decode|convert)\w*V2\b/.test(readFileSync(join(folder, file), 'utf8')),
  );
  // What Yjs itself has put aside in a document of ours, in its own hand.
  expect(found).toEqual(['relay/compaction.ts']);
});
