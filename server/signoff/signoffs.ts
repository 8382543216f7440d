/**
 * Why this file exists: signing, sealing, correcting and handing out a protocol, as the rest of the server sees it. Every
 * step answers with the whole of it.
 */

import { type Id, newId } from '#shared/ids.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { correctionInput, dispatchInput, sealInput, signOffInput } from '#shared/signoff/api.ts';
import { requireIn } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller, SignOffs } from '../services.ts';
import type { SignOffContext } from './context.ts';
import { dispatch, dispatchedFile, sealedFile, sealedOf } from './handing-out.ts';
import { seal } from './seal.ts';
import { step } from './steps.ts';
import { revisionView, viewOf } from './view.ts';

/** More nobody reads; a protocol with so many wants a new meeting. */
const MOST_CORRECTIONS = 200;

/** The use cases of signing. */
export function createSignOffs(context: SignOffContext): SignOffs {
  const view = async (caller: Caller, meetingId: Id) => viewOf(context, caller, await context.meeting(meetingId));
  return {
    get: view,
    async step(caller, meetingId, raw) {
      await step(context, caller, meetingId, signOffInput.parse(raw));
      return view(caller, meetingId);
    },
    async seal(caller, meetingId, raw) {
      await seal(context, caller, meetingId, sealInput.parse(raw));
      return view(caller, meetingId);
    },
    async sealed(caller, meetingId, n) {
      requireIn(await context.meeting(meetingId), caller.personId, 'export-minutes');
      const revision = await sealedOf(context, meetingId, n);
      return { revision: revisionView(revision), document: JSON.parse(revision.json) as MinutesDocument };
    },
    file: (caller, meetingId, n, format) => sealedFile(context, caller, meetingId, n, format),
    async correct(caller, meetingId, raw) {
      const { itemId, text, reason } = correctionInput.parse(raw);
      const meeting = await context.meeting(meetingId);
      requireIn(meeting, caller.personId, 'correct-minutes');
      const { json } = await sealedOf(context, meetingId);
      if (itemId !== null && !(JSON.parse(json) as MinutesDocument).items.some(({ id }) => id === itemId))
        throw notFound();
      if ((await context.store.corrections(meetingId)).length >= MOST_CORRECTIONS)
        throw new Refusal('too-large', 'There are too many corrections.', { fields: { text: 'too_many' } });
      const done = await context.store.correct(meetingId, (now, sealed) => {
        const { name, personId } = requireIn(now, caller.personId, 'correct-minutes');
        if (!sealed) throw new Refusal('not-allowed-now', 'Nothing is sealed.');
        return { id: newId(), at: context.clock(), personId, person: name, itemId, text, reason };
      });
      if (!done) throw notFound();
      context.told(meetingId);
      return view(caller, meetingId);
    },
    async dispatch(caller, meetingId, raw) {
      await dispatch(context, caller, meetingId, dispatchInput.parse(raw));
      return view(caller, meetingId);
    },
    dispatched: (caller, meetingId, dispatchId) => dispatchedFile(context, caller, meetingId, dispatchId),
  };
}
