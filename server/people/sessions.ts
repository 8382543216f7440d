/**
 * Why this file exists: the only file that knows lucia. Its session id is the SHA-256 of a random token and the cookie
 * carries the token, so a stolen database holds no working cookie. Replacing lucia must touch this file alone.
 *
 * Trap: lucia would make a cookie from `session.id`. Ours is always made from the token.
 */
import { Lucia, TimeSpan } from 'lucia';
import { CLOSE } from '#shared/wire.ts';
import type { Relay } from '../relay/ports.ts';
import type { Caller, Sessions } from '../services.ts';
import type { SessionAttributes, SessionFacts, SessionReader, SessionStore, SessionUserAttributes } from './ports.ts';
import { hashToken, newToken } from './tokens.ts';

/** A session not used for this long ends; it is prolonged when half of it has passed. */
const IDLE_DAYS = 7;
/** A session ends this long after signing in, however much it is used. */
export const ABSOLUTE_MS = 30 * 24 * 3600_000;

interface UserView {
  isAdmin: boolean;
  isGuest: boolean;
  isScreen: boolean;
  disabled: boolean;
}

interface SessionDates {
  createdAt: number;
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionDates, UserView>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: SessionUserAttributes;
  }
}

export interface SessionsDeps {
  store: SessionStore;
  reader: SessionReader;
  relay: Pick<Relay, 'disconnect'>;
  /** The public address is https: the cookie is then Secure and bound to the host by its name. */
  secure: boolean;
}

/** What HTTP needs beside the use cases. */
export interface SessionCookies {
  /** The token in a Cookie header, or `null`. */
  read(header: string | undefined): string | null;
  /** A Set-Cookie header from a token, never from a session's id. */
  set(token: string): string;
  clear(): string;
}

/**
 * The value of a cookie, as it came. lucia's own reader decodes every cookie of the host and throws when one of them, of
 * whomever, holds a stray percent sign; our token needs no decoding.
 */
function cookieIn(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim() || null;
  }
  return null;
}

/** Sessions and their cookie. Times are the machine's: lucia reads the clock itself. */
export function createSessions(deps: SessionsDeps): { sessions: Sessions; cookies: SessionCookies } {
  const { store, reader, relay, secure } = deps;
  const lucia: Lucia<SessionDates, UserView> = new Lucia(store, {
    sessionExpiresIn: new TimeSpan(IDLE_DAYS, 'd'),
    // The name never depends on the port, so two servers on one host share it only if they share the origin's host.
    sessionCookie: {
      name: secure ? '__Host-radslag' : 'radslag',
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: (attributes) => ({ createdAt: attributes.created_at }),
    getUserAttributes: (attributes) => ({
      isAdmin: attributes.is_admin === 1,
      isGuest: attributes.guest_of !== null,
      isScreen: attributes.is_screen === 1,
      disabled: attributes.disabled === 1,
    }),
  });

  const tooOld = (createdAt: number): boolean => createdAt + ABSOLUTE_MS <= Date.now();

  const holds = (session: SessionFacts | null): session is SessionFacts =>
    session !== null && !session.disabled && session.expiresAt > Date.now() && !tooOld(session.createdAt);

  const sessions: Sessions = {
    async check(token) {
      const { session, user } = await lucia.validateSession(hashToken(token));
      if (!session) return null;
      if (user.disabled || tooOld(session.createdAt)) {
        await sessions.end(session.id);
        return null;
      }
      return {
        caller: {
          personId: user.id,
          isAdmin: user.isAdmin,
          isGuest: user.isGuest,
          ...(user.isScreen ? { isScreen: true } : {}),
          sessionId: session.id,
        },
        fresh: session.fresh,
      };
    },
    peek(token): Caller | null {
      const sessionId = hashToken(token);
      const session = reader.session(sessionId);
      if (!holds(session)) return null;
      const { personId, isAdmin, isGuest, isScreen } = session;
      return { personId, isAdmin, isGuest, ...(isScreen ? { isScreen } : {}), sessionId };
    },
    alive(ids) {
      const now = Date.now();
      return reader.unexpired(ids, now, now - ABSOLUTE_MS);
    },
    async begin(personId) {
      const token = newToken();
      await lucia.createSession(personId, { created_at: Date.now() }, { sessionId: hashToken(token) });
      const caller = sessions.peek(token);
      if (!caller) throw new Error('A session that was just begun is not there');
      return { token, caller };
    },
    async end(sessionId) {
      await lucia.invalidateSession(sessionId);
      relay.disconnect({ sessionId }, CLOSE.notSignedIn, 'signed out');
    },
    async endAll(personId, exceptSessionId) {
      try {
        if (exceptSessionId === undefined) await lucia.invalidateUserSessions(personId);
        else
          for (const session of await store.getUserSessions(personId))
            if (session.id !== exceptSessionId) await lucia.invalidateSession(session.id);
      } finally {
        // Sockets go also when the sessions could not be deleted.
        relay.disconnect(
          exceptSessionId === undefined ? { personId } : { personId, exceptSessionId },
          CLOSE.notSignedIn,
          'signed out',
        );
      }
    },
    async others(caller) {
      const all = await lucia.getUserSessions(caller.personId);
      return all.filter((session) => session.id !== caller.sessionId && !tooOld(session.createdAt)).length;
    },
    sweep: () => lucia.deleteExpiredSessions(),
  };

  return {
    sessions,
    cookies: {
      read: (header) => (header === undefined ? null : cookieIn(header, lucia.sessionCookieName)),
      set: (token) => lucia.createSessionCookie(token).serialize(),
      clear: () => lucia.createBlankSessionCookie().serialize(),
    },
  };
}
