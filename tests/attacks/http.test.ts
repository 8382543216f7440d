/**
 * Attacks by HTTP, most of them as raw bytes. Each test's name begins with its row:
 *
 * A71  every unsafe route × Origin × body × Sec-Fetch-Site                  403 unless it is our own page
 * A72  a session chosen by somebody else before signing in                  a new one, the old one dead
 * A74  everything a stolen database holds, as a cookie and as a link        opens nothing
 * A77  redirects that lead elsewhere                                        to our own origin only
 * A80  guessing passwords behind forged addresses                           slowed all the same
 * A81  forged names of hosts                                                421, and no link is made from them
 * A82  our pages in a frame                                                 forbidden on every answer
 * A83  bodies too large, lying, smuggled, unread                            413 or 400 before any handler
 * A85  every closed route in other spellings, methods and headers           the same decision
 * A87  line breaks and escape sequences in what is logged                   escaped
 * A88  our own mistakes                                                     a number to ask about, nothing else
 *
 * Covered elsewhere: cookie flags and __Host- (A73: tests/http/account.test.ts), account enumeration and delays (A80:
 * the same and tests/people/throttle.test.ts), slow peers (A84: slow.test.ts), versions of packages (A89:
 * tests/version-floors.test.ts), codes and guests (A78, A79: guests.test.ts).
 *
 * Left out because there is nothing to attack yet: A75 (no OIDC), A90 (no Redis).
 */
import { bodyCases } from './body-cases.ts';
import { httpCases } from './http-cases.ts';
import { attacks } from './runner.ts';

attacks('where a request comes from', httpCases);
attacks('what a request carries', bodyCases);
