/**
 * Why this file exists: how much JavaScript the client's pages fetch before they can be used.
 */
import { ensureBuilt } from '../../../server/build.ts';
import { type Page, pageSizes } from '../client-size.ts';
import type { Case } from './case.ts';

const sentences = (...parts: string[]): string[] => parts.map((part) => `i18n/sv/${part}.ts`);
const MEETING = [
  'account/device-rooms.tsx',
  'meeting/page.tsx',
  ...sentences('common', 'error', 'meeting', 'agenda', 'presence', 'saving'),
];
const PAGES: Page[] = [
  { page: 'sign-in page', sources: sentences('common', 'error', 'auth'), goal: 130_000 },
  { page: 'guests’ page', entry: 'gast.html', sources: sentences('common', 'error', 'guest'), goal: 120_000 },
  { page: 'meeting page', sources: MEETING, goal: 420_000 },
  {
    page: 'meeting page with its editor, a lazy part',
    sources: [...MEETING, 'editor/index.ts', ...sentences('editor')],
    goal: null,
  },
];

export const pagesCase: Case = {
  name: 'pages',
  async run(_plan, say) {
    say('building the client when it is old');
    const dist = await ensureBuilt();
    return pageSizes(dist, PAGES).map(({ page, bytes, files, goal }) => ({
      case: 'JavaScript, gzip',
      figure: page,
      unit: 'kB',
      better: 'less',
      figures: { ours: [bytes / 1000] },
      ...(goal === null ? {} : { goal: { absolute: goal / 1000 } }),
      note: `${files} files`,
    }));
  },
};
