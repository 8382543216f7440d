/**
 * Attacks on rooms that come over plain HTTP (server/http/README.md). Each test's name begins with its row:
 *
 * A01  a request from another site's page                                  403, or 400 for a form's body
 * A02  a line without a session                                            401
 * A03  another's line, its id known                                        404 as for one that is none
 * A05  thousands of invented rooms on one line                             the line ends
 * A06  thousands of lines, thousands of rooms                              32 and no more; the line ends
 * A10  messages that are too large, or say so                              that channel closed with 1009, memory bounded
 * A44  somebody who never reads, in a busy room                            cut, memory bounded
 * A71  bodies beyond every measure                                         413 or cut
 */
import { lineCases } from './line-cases.ts';
import { attacks } from './runner.ts';

attacks('rooms over plain HTTP', lineCases);
