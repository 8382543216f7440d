/** Why this file exists: a sign-off as somebody sees it: who has approved what, what is left, what became of it. */
import type { SignOffView } from '#shared/signoff/api.ts';
import { dispatchInput } from '#shared/signoff/api.ts';
import { isApproved, leftOf } from '#shared/signoff/signoff.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { requireIn } from '../meetings/rights.ts';
import type { Caller } from '../services.ts';
import type { SignOffContext } from './context.ts';
import type { Dispatch, MinutesRevision } from './ports.ts';
import { mayNow } from './steps.ts';

/** For everybody who may take a protocol along. */
export async function viewOf(context: SignOffContext, caller: Caller, meeting: MeetingRecord): Promise<SignOffView> {
  const me = requireIn(meeting, caller.personId, 'export-minutes');
  const { id } = meeting;
  const { store, signatures } = context;
  const [signOff, revision, corrections, log] = [
    await store.get(id),
    await store.revision(id, 1),
    await store.corrections(id),
    await store.events(id),
  ];
  const { parts, hash } = await context.measure(meeting);
  const signers = context.signers(meeting);
  const names = new Map(meeting.participants.map(({ personId, name }) => [personId, name]));
  const open = revision === null;
  const mayDispatch = !open && mayNow(meeting, me, 'dispatch-minutes');
  return {
    service: signatures.name,
    signers,
    parts: parts.map((part) => ({
      id: part.id,
      number: part.number,
      title: part.title,
      hash: part.hash,
      approvals: signOff.approvals
        .filter(
          (approval) => approval.part === part.id && signers.some(({ personId }) => personId === approval.personId),
        )
        .map(({ personId, at, immediate, hash: given }) => ({ personId, at, immediate, current: given === part.hash })),
      now: signOff.now.includes(part.id),
      approved: isApproved(signOff, signers, part),
    })),
    suggestions: signOff.suggestions.map(({ closedBy, ...one }) => ({
      ...one,
      person: names.get(one.personId) ?? '',
      closedBy: closedBy === null ? '' : (names.get(closedBy) ?? ''),
    })),
    hash,
    left: leftOf(signOff, signers, parts),
    revision: revision && revisionView(revision),
    corrections: corrections.map(({ personId: _, ...one }) => one),
    dispatches: mayDispatch ? (await store.dispatches(id)).map(dispatchView) : [],
    log: log.map(({ personId: _, ...one }) =>
      one.kind === 'dispatched' && !mayDispatch ? { ...one, detail: '' } : one,
    ),
    may: {
      sign: open && mayNow(meeting, me, 'sign-minutes') && signers.some(({ personId }) => personId === me.personId),
      answer: open && mayNow(meeting, me, 'edit-minutes'),
      openNow: open && meeting.phase === 'ongoing' && mayNow(meeting, me, 'edit-minutes'),
      seal: open && mayNow(meeting, me, 'seal-minutes'),
      correct: !open && mayNow(meeting, me, 'correct-minutes'),
      dispatch: mayDispatch,
    },
  };
}

export const revisionView = ({ n, at, person, sha256, language }: MinutesRevision) => ({
  n,
  at,
  person,
  sha256,
  language,
});

function dispatchView({ id, at, person, to, asked, name, size, sha256 }: Dispatch): SignOffView['dispatches'][number] {
  const { format, itemIds, redaction } = dispatchInput.parse(JSON.parse(asked));
  const { email, phone, guests, words, blocks } = redaction;
  const hides = email || phone || guests || words.length > 0 || blocks.length > 0;
  return { id, at, person, to, format, items: itemIds?.length ?? null, redacted: hides, name, size, sha256 };
}
