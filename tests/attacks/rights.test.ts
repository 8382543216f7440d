/**
 * Attacks on rights: people who are signed in try what their role does not allow. Each test's name begins with its row:
 *
 * A03  every role at every room of a meeting in every state (189 cells)     4403, refused, or kept: as the table says
 * A13  readers send updates                                                 refused, and told so
 * A14  readers answer the server with content                               refused; what is known already is harmless
 * A16  signed out, disabled, run out                                        closed within a second, not a byte more
 * A17  removed from the meeting                                             every room of it is closed
 * A19  writing into a sealed meeting, by old tabs too                       refused, the text stays what was sealed
 * A20  what a stranger can find out about what exists                       nothing
 * A21  an own id and a foreign id in one request                            404, both ways round
 * A22  lists                                                                no id of a foreign meeting in any of them
 * A24  ending other people's sessions                                       there is no such route: 404
 * A76  values that are almost true                                          400, nobody becomes anything
 * A86  every action on a meeting by every role in every state               only those of the table
 *
 * Left out: A15 is in revocation.test.ts. A18 (join codes) and A23 (attachments): there are none.
 */
import { endingCases } from './ending-cases.ts';
import { meetingCases } from './meeting-cases.ts';
import { rightsCases } from './rights-cases.ts';
import { attacks } from './runner.ts';

attacks('rights in rooms', rightsCases);
attacks('rights over meetings', meetingCases);
attacks('rights that end', endingCases);
