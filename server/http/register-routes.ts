/**
 * Why this file exists: the registers of people and organisations, which belong to the administrators.
 */
import { Hono } from 'hono';
import {
  madeLinkSchema,
  organisationInput,
  organisationOrderInput,
  organisationPatch,
  organisationSchema,
  personInput,
  personPatch,
  personSchema,
} from '#shared/api.ts';
import type { Services } from '../services.ts';
import { describe } from './describe.ts';
import { type AppEnv, callerOf } from './env.ts';
import { body, ids } from './validate.ts';

/** The routes of people and organisations. */
export function registerRoutes({ people, links, organisations }: Services) {
  return new Hono<AppEnv>()
    .get(
      '/api/people',
      describe('People', 'listPeople', 'Everybody; addresses only for administrators', personSchema.array()),
      async (c) => c.json(await people.list(callerOf(c))),
    )
    .post(
      '/api/people',
      describe('People', 'createPerson', 'Add somebody to the register', personSchema, 'forbidden', 'email-taken'),
      body(personInput),
      async (c) => c.json(await people.create(callerOf(c), c.req.valid('json'))),
    )
    .patch(
      '/api/people/:personId',
      describe(
        'People',
        'updatePerson',
        'Change a person',
        personSchema,
        'forbidden',
        'not-found',
        'email-taken',
        'conflict',
      ),
      ids('personId'),
      body(personPatch),
      async (c) => c.json(await people.update(callerOf(c), c.req.valid('param').personId, c.req.valid('json'))),
    )
    .post(
      '/api/people/:personId/invitation',
      describe(
        'People',
        'invitePerson',
        'A link with which somebody without an account makes one',
        madeLinkSchema,
        'forbidden',
        'not-found',
        'conflict',
      ),
      ids('personId'),
      async (c) => c.json(await links.invite(callerOf(c), c.req.valid('param').personId)),
    )
    .post(
      '/api/people/:personId/password-link',
      describe(
        'People',
        'makePasswordLink',
        'A link for somebody who forgot the password',
        madeLinkSchema,
        'forbidden',
        'not-found',
        'conflict',
      ),
      ids('personId'),
      async (c) => c.json(await links.password(callerOf(c), c.req.valid('param').personId)),
    )
    .get(
      '/api/organisations',
      describe(
        'Organisations',
        'listOrganisations',
        'All organisations in their fixed order',
        organisationSchema.array(),
      ),
      async (c) => c.json(await organisations.list()),
    )
    .post(
      '/api/organisations',
      describe(
        'Organisations',
        'createOrganisation',
        'Add an organisation, last',
        organisationSchema,
        'forbidden',
        'name-taken',
      ),
      body(organisationInput),
      async (c) => c.json(await organisations.create(callerOf(c), c.req.valid('json'))),
    )
    .put(
      '/api/organisations/order',
      describe(
        'Organisations',
        'orderOrganisations',
        'Set the order; all ids, each once',
        organisationSchema.array(),
        'forbidden',
        'conflict',
      ),
      body(organisationOrderInput),
      async (c) => c.json(await organisations.reorder(callerOf(c), c.req.valid('json').ids)),
    )
    .patch(
      '/api/organisations/:organisationId',
      describe(
        'Organisations',
        'updateOrganisation',
        'Change an organisation',
        organisationSchema,
        'forbidden',
        'not-found',
        'name-taken',
      ),
      ids('organisationId'),
      body(organisationPatch),
      async (c) =>
        c.json(await organisations.update(callerOf(c), c.req.valid('param').organisationId, c.req.valid('json'))),
    );
}
