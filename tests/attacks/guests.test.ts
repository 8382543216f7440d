/**
 * Attacks by guests and with codes. Each test's name begins with its row:
 *
 * A18  a code that was rotated, closed or ended; a guest who was removed    404 as for no code; nothing they have opens
 * A19  a guest at every route of their meeting that changes something       refused, the meeting stays as it was
 * A20  a guest at the room of another group                                 the same answer as for one that does not exist
 * A78  guessing codes; walking past the lobby                               slow for all who guess, open for the right code
 * F59  a hundred guests within ten seconds from one address                 all of them are in
 * A79  a guest's cookie at the house's and other meetings' routes           403, or 404 for what is not theirs
 */
import { guessingCases, guestCases } from './guest-cases.ts';
import { attacks } from './runner.ts';

attacks('guests who want more', guestCases);
attacks('codes', guessingCases);
