/** Why this file exists: what a new version says it changed, what replies come to, and what an address is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, type NoticeChange } from '#shared/notice/changes.ts';
import { isMailAddress, MOST_ATTEMPTS, retryAfter } from '#shared/notice/mail.ts';
import {
  ANSWERS,
  announcedByReplies,
  type Reply,
  type ReplyDraft,
  replyCounts,
  settledReply,
  sumOf,
} from '#shared/notice/replies.ts';
import { noticeWords } from '#shared/notice/words.ts';
import { agendas, idOf, item, notice, numbered, sitting } from './world.ts';

const kinds = (changes: readonly NoticeChange[]): string[] => changes.map(({ kind }) => kind);
const items = (of: ReturnType<typeof item>[]) => notice({ items: of });

describe('what a new version changed', () => {
  it('is nothing between a version and itself', () => {
    fc.assert(fc.property(agendas, (all) => void expect(changesBetween(items(all), items(all))).toEqual([])));
  });

  it('is every item that came and every one that went, and no other', () => {
    fc.assert(
      fc.property(agendas, agendas, (before, after) => {
        const changes = changesBetween(items(before), items(after));
        const of = (kind: string) =>
          changes.flatMap((one) => (one.kind === kind && 'itemId' in one ? [one.itemId] : [])).sort();
        const [had, has] = [before.map(({ id }) => id), after.map(({ id }) => id)];
        expect(of('added')).toEqual(has.filter((id) => !had.includes(id)).sort());
        expect(of('removed')).toEqual(had.filter((id) => !has.includes(id)).sort());
        expect(of('renamed')).toEqual(
          after
            .filter(({ id, title }) => before.some((one) => one.id === id && one.title !== title))
            .map(({ id }) => id)
            .sort(),
        );
      }),
    );
  });

  it('is explained by the moved: without them both have the same order, days and depths', () => {
    fc.assert(
      fc.property(agendas, agendas, (before, after) => {
        const moved = new Set(
          changesBetween(items(before), items(after)).flatMap((one) => (one.kind === 'moved' ? [one.itemId] : [])),
        );
        const still = (side: typeof before, other: typeof before) =>
          side
            .filter(({ id }) => !moved.has(id) && other.some((one) => one.id === id))
            .map(({ id, sittingId, level }) => [id, sittingId, level]);
        expect(still(before, after)).toEqual(still(after, before));
      }),
    );
  });

  it('names one item when one was dragged, however far', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9 }), fc.nat(), fc.nat(), (length, a, b) => {
        const before = numbered(Array.from({ length }, (_, n) => item(n + 1)));
        const [from, to] = [a % length, b % length];
        const rest = before.filter((_, n) => n !== from);
        const after = numbered([...rest.slice(0, to), before[from]!, ...rest.slice(to)]);
        const changes = changesBetween(items(before), items(after));
        expect(kinds(changes)).toEqual(from === to ? [] : ['moved']);
        // Of two that changed places either has moved.
        if (Math.abs(from - to) > 1) expect(changes).toMatchObject([{ itemId: before[from]!.id }]);
      }),
    );
  });

  it('does not name items whose number only follows, nor breaks', () => {
    const before = [item(1), item(2), item(9, { kind: 'break', number: '' })];
    const after = [item(7, { number: '1' }), item(1, { number: '2' }), item(2, { number: '3' })];
    expect(kinds(changesBetween(items(before), items(after)))).toEqual(['added']);
  });

  it('names days that came and went, times, places and links', () => {
    const before = notice({}, { sittings: [sitting(1), sitting(2)], place: 'Åsgården' });
    const after = notice(
      {},
      {
        sittings: [
          sitting(1, { start: '09:00', when: 'nio', place: 'Åsgården', link: 'https://rad.exempel.se' }),
          sitting(3, { place: 'Vik' }),
        ],
        place: '',
      },
    );
    const changes = changesBetween(before, after);
    expect(kinds(changes)).toEqual(['sitting-removed', 'time', 'link', 'sitting-added']);
    const moved = changesBetween(
      before,
      notice({}, { sittings: [sitting(1), sitting(2, { place: 'Vik' })], place: '' }),
    );
    expect(kinds(moved)).toEqual(['place', 'place']);
  });

  it('can be said in both languages', () => {
    fc.assert(
      fc.property(agendas, agendas, (before, after) => {
        for (const change of changesBetween(items(before), items(after)))
          for (const language of ['sv', 'en'] as const)
            expect(noticeWords(language).change(change)).toMatch(/^\p{Lu}.+: /u);
      }),
    );
  });
});

const days = [{ id: idOf('d', 1) }, { id: idOf('d', 2) }];
const drafts: fc.Arbitrary<ReplyDraft> = fc.record({
  answer: fc.constantFrom(...ANSWERS),
  sittingIds: fc.array(fc.constantFrom(idOf('d', 1), idOf('d', 2), idOf('d', 3)), { maxLength: 4 }),
  substitute: fc.option(
    fc.record({ personId: fc.option(fc.constant(idOf('p', 2))), name: fc.constantFrom('', ' ', 'Eira Lid') }),
  ),
  note: fc.string({ maxLength: 5 }),
});
const reply = (n: number, draft: Partial<ReplyDraft>): Reply => ({
  answer: 'yes',
  sittingIds: [],
  substitute: null,
  note: '',
  ...draft,
  personId: idOf('p', n),
  at: 1,
  by: idOf('p', n),
  way: 'page',
  number: 1,
});

describe('a reply', () => {
  it('is settled once and for all, on sittings there are', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const settled = settledReply(draft, days);
        const nobody = draft.answer === 'substitute' && (draft.substitute?.name.trim() ?? '') === '';
        expect(settled === null).toBe(nobody);
        if (!settled) return;
        expect(settledReply(settled, days)).toEqual(settled);
        for (const id of settled.sittingIds) expect(days.map((day) => day.id)).toContain(id);
        expect(settled.sittingIds.length > 0).toBe(settled.answer === 'partly');
        expect(settled.substitute !== null).toBe(settled.answer === 'substitute');
      }),
    );
  });

  it('in part to all is all, and to none is none', () => {
    const partly = (...sittingIds: string[]) =>
      settledReply({ answer: 'partly', sittingIds, substitute: null, note: '' }, days)?.answer;
    expect([partly(), partly(idOf('d', 2)), partly(idOf('d', 2), idOf('d', 1)), partly(idOf('d', 3))]).toEqual([
      'no',
      'partly',
      'yes',
      'no',
    ]);
  });

  it('is counted where the person stands, and everybody once', () => {
    const people = fc.array(
      fc.record({ organisation: fc.integer({ min: 0, max: 3 }), answer: fc.option(fc.constantFrom(...ANSWERS)) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(people, (all) => {
        const asked = all.map(({ organisation }, n) => ({
          personId: idOf('p', n),
          organisationId: organisation === 0 ? null : idOf('o', organisation),
        }));
        const replies = all.flatMap(({ answer }, n) => (answer ? [reply(n, { answer })] : []));
        // The third is not in the register any more: its people stand for none.
        const counts = replyCounts(asked, replies, [{ id: idOf('o', 2) }, { id: idOf('o', 1) }]);
        const sum = sumOf(counts);
        expect([sum.asked, sum.answered]).toEqual([all.length, replies.length]);
        expect(sum.yes + sum.partly + sum.no + sum.substitute).toBe(sum.answered);
        const order = counts.map(({ organisationId }) => organisationId);
        expect(order).toEqual([idOf('o', 2), idOf('o', 1), null].filter((id) => order.includes(id)));
      }),
    );
  });
});

describe('what replies announce of who will be there', () => {
  const of = (replies: Reply[], recorded: string[] = []) => announcedByReplies(replies, days, new Set(recorded));

  it('is who does not come, and when; who comes has announced nothing', () => {
    const drafts = of([
      reply(1, {}),
      reply(2, { answer: 'no' }),
      reply(3, { answer: 'partly', sittingIds: [idOf('d', 2)] }),
    ]);
    expect([...drafts.keys()]).toEqual([idOf('p', 2), idOf('p', 3)]);
    expect(drafts.get(idOf('p', 2))).toMatchObject([{ kind: 'excused', sittingId: null }]);
    expect(drafts.get(idOf('p', 3))).toMatchObject([{ kind: 'excused', sittingId: idOf('d', 1) }]);
  });

  it('is who serves for whom, once, and not somebody who does not come either', () => {
    const substitute = { personId: idOf('p', 9), name: 'Eira Lid' };
    const twice = of([
      reply(1, { answer: 'substitute', substitute }),
      reply(2, { answer: 'substitute', substitute }),
      reply(9, {}),
    ]);
    expect(twice.get(idOf('p', 9))).toMatchObject([{ kind: 'substitute', forPersonId: idOf('p', 1) }]);
    expect(twice.get(idOf('p', 1))).toMatchObject([{ kind: 'excused', note: 'Eira Lid' }]);
    expect(
      of([reply(1, { answer: 'substitute', substitute }), reply(9, { answer: 'no' })]).get(idOf('p', 9)),
    ).toMatchObject([{ kind: 'excused' }]);
  });

  it('says nothing of anybody of whom somebody has kept something', () => {
    fc.assert(
      fc.property(
        fc.array(drafts, { maxLength: 6 }),
        fc.subarray([0, 1, 2, 3].map((n) => idOf('p', n))),
        (all, recorded) => {
          const replies = all.flatMap((draft, n) => {
            const settled = settledReply(draft, days);
            return settled ? [reply(n, settled)] : [];
          });
          for (const id of recorded) expect(of(replies, recorded).has(id)).toBe(false);
        },
      ),
    );
  });
});

describe('a mail address', () => {
  it('is one plain address', () => {
    for (const good of ['a@b.se', 'asta.berg+rad@post.exempel.se', "o'neil@x-y.example"])
      expect(isMailAddress(good), good).toBe(true);
    for (const bad of [
      '',
      'a',
      '@b.se',
      'a@',
      'a@b',
      'a@b..se',
      '.a@b.se',
      'a b@c.se',
      'a@b.se, c@d.se',
      'a@b.se\r\nBcc: c@d.se',
      'a@b.se\nc@d.se',
      '<a@b.se>',
      '"a"@b.se',
      'a@[127.0.0.1]',
      'a@b.se ',
      'å@b.se',
      `${'a'.repeat(65)}@b.se`,
      `a@${'b'.repeat(64)}.se`,
      'a@-b.se',
    ])
      expect(isMailAddress(bad), JSON.stringify(bad)).toBe(false);
  });

  it('never holds what ends a line or begins another address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (isMailAddress(text)) expect(text).not.toMatch(/[\s,;:<>()"\\\p{C}]/u);
      }),
    );
  });
});

it('is tried again later and later, and not for ever', () => {
  let last = 0;
  let sum = 0;
  for (let n = 1; n < MOST_ATTEMPTS; n += 1) {
    const wait = retryAfter(n);
    expect(wait).toBeGreaterThanOrEqual(last);
    last = wait;
    sum += wait;
  }
  expect([retryAfter(1), last, sum > 24 * 3600_000, sum < 4 * 24 * 3600_000]).toEqual([
    60_000,
    6 * 3600_000,
    true,
    true,
  ]);
});
