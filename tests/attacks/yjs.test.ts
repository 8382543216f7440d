/**
 * Attacks on the documents themselves, by people who may write. Each test's name begins with its row:
 *
 * A25  a few bytes that say they hold millions                              closed with 1008, no memory, no time
 * A26  the other format of updates                                          refused, and no code of ours reads it
 * A27  updates cut off between structs and deletions                        refused, nothing of them applied
 * A28–A32  presence: see presence-cases.ts
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

import { attacks } from './runner.ts';
import { yjsCases } from './yjs-cases.ts';

attacks('documents', yjsCases);
