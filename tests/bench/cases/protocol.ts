/**
 * Why this file exists: a protocol is asked for while people wait for it and others write on: how long a long one takes as
 * each kind of file, and what those feel who type while four are being made.
 */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import { createFileThreads } from '../../../server/documents/file-thread.ts';
import { pagesOfMinutes } from '../../documents/sample.ts';
import { openInProcess } from '../../faults/in-process.ts';
import type { Line } from '../lines.ts';
import { median, timesOf } from '../stats.ts';
import type { Case } from './case.ts';
import { waitsOf } from './line.ts';

const ITEMS = 100;
const GOAL_MS = 5_000;
const TYPING_GOAL_MS = 250;
const AT_ONCE = 4;

export const protocolCase: Case = {
  name: 'protocol',
  async run(plan, say) {
    const document = pagesOfMinutes(ITEMS);
    const threads = createFileThreads();
    const made = async (format: (typeof EXPORT_FORMATS)[number]): Promise<{ ms: number; bytes: Uint8Array }> => {
      const begun = performance.now();
      const bytes = await threads.make({ of: 'minutes', format, document }, null);
      return { ms: performance.now() - begun, bytes };
    };
    const pdf = await getDocument({ data: (await made('pdf')).bytes.slice(), verbosity: 0 }).promise;
    const name = `A protocol of ${ITEMS} items, ${pdf.numPages} pages`;
    await pdf.destroy();
    const lines: Line[] = [];
    for (const format of EXPORT_FORMATS) {
      say(`as ${format}`);
      const times: number[] = [];
      for (let round = 0; round < (plan.quick ? 1 : 3); round++) times.push((await made(format)).ms);
      lines.push({
        case: name,
        figure: `until the ${format} is there`,
        unit: 'ms',
        better: 'less',
        figures: { ours: [median(times)] },
        ...(format === 'pdf' ? { goal: { absolute: GOAL_MS } } : {}),
      });
    }

    say(`typing beside ${AT_ONCE} exports`);
    const host = await openInProcess({ threaded: true });
    try {
      const line = (figure: string, ms: number, goal: boolean): Line => ({
        case: 'Typing while protocols are made',
        figure,
        unit: 'ms',
        better: 'less',
        figures: { ours: [ms] },
        ...(goal ? { goal: { absolute: TYPING_GOAL_MS } } : {}),
      });
      const keys = plan.quick ? 60 : 200;
      const alone = await waitsOf(host, 'socket', host.port, keys);
      let typing = true;
      // As soon as one is there the next one is asked for: there are always four.
      const exporting = Array.from({ length: AT_ONCE }, async () => {
        while (typing) await made('pdf');
      });
      const beside = await waitsOf(host, 'socket', host.port, keys);
      typing = false;
      await Promise.all(exporting);
      lines.push(
        line('p95 key→other, nothing else going on', timesOf(alone.others).p95, false),
        line(`p95 key→other, ${AT_ONCE} PDFs always being made`, timesOf(beside.others).p95, true),
      );
    } finally {
      await host.close();
    }
    return lines;
  },
};
