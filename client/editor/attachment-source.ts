/**
 * Why this file exists: the text points at attachments by id and says what they are called now. Who knows that is outside the
 * editor; this is all the editor asks of them.
 */
import { createContext } from 'react';

/** What the text says of one. */
export interface AttachmentWords {
  /** "Bilaga 2.1.1". */
  label: string;
  /** Its file name. */
  name: string;
}

export interface AttachmentSource {
  /** `null` for one that is not there; `undefined` while nobody knows yet. */
  of(id: string): AttachmentWords | null | undefined;
  /** Those that can be pointed at, the nearest first. */
  all(): readonly (AttachmentWords & { id: string })[];
  /** Called when words have changed; the answer ends it. */
  subscribe(listener: () => void): () => void;
  /** Counts what `subscribe` tells. */
  version(): number;
  /** Adds files to the item; `added` is called with each as it is there. */
  add(files: readonly File[], added: (id: string) => void): void;
  /** Whether the reader may add. */
  mayAdd(): boolean;
  /** Shows one. */
  open(id: string): void;
}

/** Where no one provides it, chips say only that they are attachments. */
export const AttachmentSourceContext = createContext<AttachmentSource | null>(null);

/** Asks for files, with the endings we take. */
export function chooseFiles(endings: readonly string[], chosen: (files: File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = endings.join(',');
  input.addEventListener('change', () => chosen([...(input.files ?? [])]));
  input.click();
}
