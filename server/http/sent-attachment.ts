/**
 * Why this file exists: a file somebody else brought is handed out so that it can do nothing here: as a download, under a policy
 * that allows nothing. Pictures, and PDFs in which nothing can act, may be shown in place; everything else never is, whatever is
 * asked. Its name is anybody's word and goes into the header in a form that no header reads as anything else (RFC 6266, 8187).
 */
import type { Context } from 'hono';
import { isImageType } from '#shared/attachments/kinds.ts';
import { PIECE_BYTES } from '#shared/attachments/limits.ts';
import type { AttachmentFile } from '../services.ts';
import type { AppEnv } from './env.ts';

/** What the header may hold as it is: letters and numbers of every machine, and some marks. */
const PLAIN = /[^A-Za-z0-9 ._()-]/g;
const UNRESERVED = /[!'()*]/g;

/** `attachment; filename="Arsbudget.xlsx"; filename*=UTF-8''%C3%85rsbudget.xlsx` */
export function disposition(how: 'attachment' | 'inline', name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(PLAIN, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    UNRESERVED,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Piece by piece, as fast as it is read at the other end. A file that is cleared away meanwhile breaks off, and does not just end. */
function bytesOf({ size, piece }: AttachmentFile): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      const bytes = await piece(sent / PIECE_BYTES);
      if (!bytes) return controller.error(new Error('a piece of the file is gone'));
      controller.enqueue(bytes);
      sent += bytes.byteLength;
      if (sent >= size) controller.close();
    },
  });
}

/** The answer that hands out a file. `shown` asks for it in place. */
export function sentAttachment(c: Context<AppEnv>, file: AttachmentFile, shown: boolean): Response {
  const inPlace = shown && file.plain;
  c.set('stance', !inPlace ? 'file' : isImageType(file.mediaType) ? 'picture' : 'pdf');
  return new Response(bytesOf(file), {
    headers: {
      // Words are for no browser to read anything into.
      'content-type': file.mediaType.startsWith('text/') ? 'application/octet-stream' : file.mediaType,
      'content-length': String(file.size),
      'content-disposition': disposition(inPlace ? 'inline' : 'attachment', file.name),
      'cache-control': 'private, no-store',
    },
  });
}
