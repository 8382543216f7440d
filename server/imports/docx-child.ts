/**
 * Why this file exists: the far end of docx-process.ts: one Word file comes in, what it says goes out, and then the process
 * ends. It may read the program's own files and nothing else; what it says of a wrong file is one of a few words.
 */
import { BadArchive } from './archive.ts';
import type { DocxAnswer } from './docx-process.ts';
import { readDocx } from './read-docx.ts';
import { BadXml } from './xml.ts';

const pieces: Buffer[] = [];
for await (const piece of process.stdin) pieces.push(piece as Buffer);

let answer: DocxAnswer;
try {
  answer = { document: await readDocx(Buffer.concat(pieces)) };
} catch (error) {
  answer = { fault: error instanceof BadArchive || error instanceof BadXml ? error.fault : 'broken' };
}
process.stdout.write(JSON.stringify(answer));
