/**
 * Why this file exists: signing in and out, one's own account, and one-time links.
 */
import { Hono } from 'hono';
import type { z } from 'zod';
import {
  accountPatch,
  changePasswordInput,
  linkOpenInput,
  linkSchema,
  linkUseInput,
  sessionSchema,
  signInInput,
} from '#shared/api.ts';
import type { SessionCookies } from '../people/sessions.ts';
import type { NewSession, Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body } from './validate.ts';

type SessionAnswer = z.infer<typeof sessionSchema>;

/** The routes of sessions, one's account and links. */
export function accountRoutes(services: Services, cookies: SessionCookies) {
  const { accounts, sessions, links } = services;

  /** A new id at each sign-in: whatever session the browser brought with it ends. */
  async function enter(begun: NewSession, previous: string | undefined): Promise<SessionAnswer> {
    if (previous !== undefined && previous !== begun.caller.sessionId) await sessions.end(previous);
    return accounts.view(begun.caller);
  }

  return new Hono<AppEnv>()
    .get(
      '/api/session',
      describe('Account', 'getSession', 'Who is signed in', sessionSchema, 'not-signed-in'),
      async (c) => c.json(await accounts.view(callerOf(c))),
    )
    .post(
      '/api/sign-in',
      describe(
        'Account',
        'signIn',
        'Sign in with address and password',
        sessionSchema,
        'wrong-password',
        'too-many-attempts',
      ),
      body(signInInput),
      async (c) => {
        const begun = await accounts.signIn(c.req.valid('json'), c.var.address);
        const view = await enter(begun, c.var.caller?.sessionId);
        c.header('Set-Cookie', cookies.set(begun.token));
        return c.json(view);
      },
    )
    .post(
      '/api/sign-out',
      describe('Account', 'signOut', 'End this session; its sockets are dead before the answer', null),
      async (c) => {
        if (c.var.caller) await sessions.end(c.var.caller.sessionId);
        c.header('Set-Cookie', cookies.clear());
        return c.body(null, 204);
      },
    )
    .post(
      '/api/sign-out/others',
      describe('Account', 'signOutOthers', 'End all other sessions of this person', null, 'not-signed-in'),
      async (c) => {
        const caller = callerOf(c);
        await sessions.endAll(caller.personId, caller.sessionId);
        return c.body(null, 204);
      },
    )
    .post(
      '/api/account/password',
      describe(
        'Account',
        'changePassword',
        'Change the password; other sessions end',
        null,
        'wrong-password',
        'too-many-attempts',
      ),
      body(changePasswordInput),
      async (c) => {
        await accounts.changePassword(callerOf(c), c.req.valid('json'), c.var.address);
        return c.body(null, 204);
      },
    )
    .patch(
      '/api/account',
      describe('Account', 'updateAccount', 'Change name, title or language', sessionSchema),
      body(accountPatch),
      async (c) => c.json(await accounts.update(callerOf(c), c.req.valid('json'))),
    )
    .post(
      '/api/links/open',
      describe('Links', 'openLink', 'What a one-time link is for', linkSchema, 'not-found', 'link-used'),
      body(linkOpenInput),
      async (c) => c.json(await links.open(c.req.valid('json').token)),
    )
    .post(
      '/api/links/use',
      describe(
        'Links',
        'useLink',
        'Choose a password by a one-time link and sign in',
        sessionSchema,
        'not-found',
        'link-used',
        'email-taken',
      ),
      body(linkUseInput),
      async (c) => {
        const begun = await links.use(c.req.valid('json'));
        const view = await enter(begun, c.var.caller?.sessionId);
        c.header('Set-Cookie', cookies.set(begun.token));
        return c.json(view);
      },
    );
}
