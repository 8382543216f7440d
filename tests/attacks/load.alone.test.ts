/**
 * Attacks whose every message is honest and whose number is not. What others feel of them is measured, so nothing else may
 * run on the machine meanwhile. Each test's name begins with its row:
 *
 * A06  a thousand sockets of one session                                    the oldest two hundred stay, the rest are closed
 * A43  a thousand questions for a document of 5 MB                          a few are answered, nothing piles up
 * A44  20,000 updates in a breath                                           shown out; others' keys arrive as always
 * A45  a document filled past its bound                                     refused, what is there stays
 */
import { loadCases } from './load-cases.ts';
import { attacks } from './runner.ts';

attacks('load', loadCases);
