/** Why this file exists: an ongoing meeting with a proposal to an item, on a real server, for the tests of decisions. */
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import type { ItemDecisions } from '#shared/decisions/api.ts';
import { newId } from '#shared/ids.ts';
import { addClause, addProposal, patchClause } from '#shared/proposals/proposals.ts';
import type { Visitor } from '../http/house.ts';
import { openWorkshopHouse } from '../workshops/house.ts';

/** Close `house` afterwards. */
export async function openDecisionHouse() {
  const time = { now: Date.parse('2026-10-14T09:30:00Z') };
  const at = await openWorkshopHouse({ clock: () => time.now });
  const { meetings } = at.house.server.services;
  const root = `/api/meetings/${at.meetingId}`;
  await meetings.update(at.facilitator.caller, at.meetingId, { body: 'Nordälvens samråd' });
  const { version } = await meetings.get(at.facilitator.caller, at.meetingId);
  await meetings.changePhase(at.facilitator.caller, at.meetingId, { phase: 'ongoing', version });
  const { relay } = at.house.server;

  return {
    ...at,
    time,
    root,
    relay,
    room: (itemId: string) => `proposal:${at.meetingId}:${itemId}`,
    /** A new item; its id. */
    async item(title = 'Servicepunkter'): Promise<string> {
      const itemId = newId();
      await relay.edit(`agenda:${at.meetingId}`, at.facilitator.person.id, (doc) =>
        addItem(doc, { id: itemId, title, kind: 'decision' }),
      );
      return itemId;
    },
    /** A proposal of three clauses, the second changed for a reason and with an alternative. */
    async proposal(itemId: string) {
      const proposalId = newId();
      const clauses = [newId(), newId(), newId()] as const;
      const alternative = newId();
      const asta = at.members[0].person.id;
      await relay.edit(`proposal:${at.meetingId}:${itemId}`, asta, (doc) => {
        const common = { proposal: proposalId, personId: asta, at: 1 };
        addProposal(doc, {
          id: proposalId,
          title: 'Samrådet föreslås besluta',
          by: 'Ordföranden',
          personId: asta,
          at: 1,
        });
        addClause(doc, { id: clauses[0], wording: 'inrätta servicepunkter i sex byar,', ...common });
        addClause(doc, { id: clauses[1], wording: 'fördela kostnaden lika, samt', ...common });
        addClause(doc, { id: clauses[2], wording: 'följa upp varje år.', ...common });
        addClause(doc, {
          id: alternative,
          wording: 'låta regionen betala, samt',
          alternativeTo: clauses[1],
          ...common,
        });
        patchClause(doc, clauses[1], { reason: 'Lika slår hårdast mot de minsta.', reasonBy: asta, reasonAt: 2 });
        const text = (doc.getXmlFragment(clauses[1]).get(0) as Y.XmlElement).get(0) as Y.XmlText;
        text.delete(18, 4);
        text.insert(18, 'efter invånarantal');
      });
      return { proposalId, clauses, alternative };
    },
    /** The state vector of the proposals' room, as whoever decides sends it. */
    vector: (itemId: string) =>
      relay.read(`proposal:${at.meetingId}:${itemId}`, (doc) =>
        Buffer.from(Y.encodeStateVector(doc)).toString('base64'),
      ),
    /** A change of the item's decisions, or a look at them. Throws Refused. */
    decisions: (as: Visitor, itemId: string, method = 'GET', path = '', json?: unknown) =>
      at.ask<ItemDecisions>(as, method, `${root}/items/${itemId}/decisions${path}`, json),
    async decide(as: Visitor, itemId: string, more: object = {}) {
      return at.ask<ItemDecisions>(as, 'POST', `${root}/items/${itemId}/decisions`, {
        outcome: 'decided',
        text: 'Samrådet ställer sig bakom inriktningen.',
        stateVector: await this.vector(itemId),
        seen: 0,
        method: 'acclamation',
        ...more,
      });
    },
  };
}
export type DecisionHouse = Awaited<ReturnType<typeof openDecisionHouse>>;
