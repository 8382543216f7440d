/**
 * Attacks on the way into a room and on the frames themselves. Each test's name begins with its row:
 *
 * A01  an upgrade from another site's page, or without an Origin            403 before the upgrade
 * A02  an upgrade without a session that lives                              closed with 4401, nothing sent
 * A04  names of rooms that are no names                                     refused, nothing made
 * A05  10,000 invented rooms                                                none is made, memory stays
 * A07  thousands of headers on the upgrade                                  431 or cut
 * A08  hostile extension and protocol headers                               refused, quickly
 * A09  messages in endless fragments                                        closed, memory bounded
 * A10  frames that are too large, or say so                                 closed with 1009
 * A11  compressed frames: compression is off                                refused
 * A12  text, empty, unknown, truncated, lying frames                        closed or ignored
 */
import { doorCases } from './door-cases.ts';
import { attacks } from './runner.ts';

attacks('the door', doorCases);
