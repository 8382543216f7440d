/** Why this file exists: a comparison with now follows what others write, at reading speed and not at typing speed. */
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';

/** How long after a change a reader is shown it at the latest, milliseconds. */
const READING_MS = 500;

/** A number that rises some time after the document has changed. */
export function useLiveDocument(doc: Y.Doc | null): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    if (!doc) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const onUpdate = () => {
      timer ??= setTimeout(() => {
        timer = null;
        setVersion((now) => now + 1);
      }, READING_MS);
    };
    doc.on('update', onUpdate);
    return () => {
      doc.off('update', onUpdate);
      if (timer) clearTimeout(timer);
    };
  }, [doc]);
  return version;
}
