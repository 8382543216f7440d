/**
 * Why this file exists: that another program opens our files is best asked of another program. Writes the sample protocol
 * in every format and has LibreOffice, poppler and veraPDF look at it, where they are installed; says how to get those
 * that are not. Run by `npm run check:documents`; the suite does not depend on it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import { fileOf } from '../../server/documents/job.ts';
import { sampleMinutes } from './sample.ts';

const FOLDER = join(import.meta.dirname, '../output/documents');
const document = sampleMinutes();
const problems: string[] = [];
const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const check = (what: string, ok: boolean): void => {
  say(`  ${ok ? 'ok  ' : 'FAIL'} ${what}`);
  if (!ok) problems.push(what);
};

/** The first pages of a PDF as pictures, beside it; with SCREENSHOTS=1 those of the documentation are made anew. */
function pictures(of: string, name: string): void {
  const folder = process.env.SCREENSHOTS ? join(import.meta.dirname, '../../docs/screenshots') : FOLDER;
  if (ask('pdftoppm', '-png', '-r', '80', '-l', '2', of, join(folder, name)) !== null)
    say(`  pictures of its pages: ${join(folder, name)}-1.png`);
}

/** What a program says, or `null` when it is not installed. */
function ask(program: string, ...args: string[]): string | null {
  const { error, stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8', timeout: 120_000 });
  if (error && 'code' in error && error.code === 'ENOENT') return null;
  if (status !== 0) check(`${program} ends well: ${stderr.trim().slice(0, 200)}`, false);
  return stdout;
}
const missing = (program: string, how: string): boolean => say(`  not installed: ${program}. ${how}`);

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (const format of EXPORT_FORMATS)
  writeFileSync(join(FOLDER, `protokoll.${format}`), await fileOf({ of: 'minutes', format, document }));
say(`The sample protocol, in ${EXPORT_FORMATS.join(', ')}: ${FOLDER}`);
const pdf = join(FOLDER, 'protokoll.pdf');

say('PDF by poppler');
const POPPLER = 'Debian and Ubuntu: apt-get install poppler-utils. macOS: brew install poppler.';
const info = ask('pdfinfo', pdf);
if (info === null) missing('pdfinfo', POPPLER);
else {
  check('tagged', /^Tagged:\s+yes$/m.test(info));
  check('its title', info.includes(document.header.title));
  check('no JavaScript', /^JavaScript:\s+no$/m.test(info));
  const fonts = ask('pdffonts', pdf) ?? '';
  const rows = fonts.trim().split('\n').slice(2);
  check(
    `all ${rows.length} fonts embedded`,
    rows.length > 0 && rows.every((row) => /\s(yes)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/.test(row)),
  );
  const words = (ask('pdftotext', pdf, '-') ?? '').replaceAll(/\s+/g, ' ');
  for (const { title } of document.items) check(`reads “${title}”`, words.includes(title));
  pictures(pdf, 'protocol-pdf');
}

say('Word by LibreOffice');
const office = ['soffice', 'libreoffice'].find((name) => ask(name, '--version') !== null);
if (office === undefined)
  missing(
    'LibreOffice',
    'Debian and Ubuntu: apt-get install libreoffice-writer-nogui. macOS: brew install --cask libreoffice.',
  );
else {
  const out = join(FOLDER, 'libreoffice');
  const profile = `-env:UserInstallation=file://${join(FOLDER, 'profile')}`;
  const word = join(FOLDER, 'protokoll.docx');
  for (const to of ['txt:Text (encoded):UTF8', 'pdf'])
    ask(office, '--headless', profile, '--convert-to', to, '--outdir', out, word);
  const made = join(out, 'protokoll.txt');
  check('opens', existsSync(made));
  const words = existsSync(made) ? readFileSync(made, 'utf8') : '';
  for (const { title } of document.items) check(`reads “${title}”`, words.includes(title));
  pictures(join(out, 'protokoll.pdf'), 'protocol-word');
}

say('PDF/UA by veraPDF');
const verdict = ask('verapdf', '--flavour', 'ua1', '--format', 'text', pdf);
if (verdict === null)
  missing(
    'veraPDF',
    'https://docs.verapdf.org/install/, needs Java. Says whether the tagged PDF would pass as PDF/UA-1.',
  );
else say(`  ${verdict.trim().split('\n')[0]}`);

say(problems.length === 0 ? 'Nothing was found wrong.' : `${problems.length} wrong.`);
process.exitCode = problems.length === 0 ? 0 : 1;
