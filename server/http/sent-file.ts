/** Why this file exists: a file people take along is never shown in place: what others wrote is in it. */
import type { MadeFile } from '../documents/files.ts';

/** The answer that hands out a file. Its name is ours and plain (documents/files.ts). */
export function sentFile({ name, type, bytes }: MadeFile): Response {
  return new Response(bytes, {
    headers: {
      'content-type': type,
      'content-length': String(bytes.byteLength),
      // Neither the browser nor anything on the way keeps what the next person may not have.
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="${name}"`,
    },
  });
}
