/**
 * Why this file exists: the organisations that meet, in the one order everything is listed in.
 */
import { organisationInput, organisationOrderInput, organisationPatch } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Organisations } from '../services.ts';
import { requireInHouse } from './people.ts';
import type { OrganisationStore } from './ports.ts';

function nameTaken(): Refusal {
  return new Refusal('name-taken', 'Another organisation has this short name.', { fields: { shortName: 'taken' } });
}

/** The use cases of the register of organisations. */
export function createOrganisations(store: OrganisationStore): Organisations {
  return {
    list: () => store.list(),
    async create(caller, input) {
      requireInHouse(caller, 'manage-organisations');
      const made = await store.create({ id: newId(), ...organisationInput.parse(input) });
      if (made === 'name-taken') throw nameTaken();
      return made;
    },
    async update(caller, id, patch) {
      requireInHouse(caller, 'manage-organisations');
      const changed = await store.update(id, organisationPatch.parse(patch));
      if (changed === 'missing') throw notFound();
      if (changed === 'name-taken') throw nameTaken();
      return changed;
    },
    async reorder(caller, ids) {
      requireInHouse(caller, 'manage-organisations');
      const wanted = organisationOrderInput.parse({ ids });
      if (!(await store.reorder(wanted.ids)))
        throw new Refusal('conflict', 'The list of organisations has changed; reload and try again.');
      return store.list();
    },
  };
}
