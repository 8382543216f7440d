/** Why this file exists: the files a reader is sending, for as long as the page of the item is there. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '#shared/ids.ts';
import { attachmentApi } from '../api/attachments.ts';
import { pauseOrOnline, startUpload, type Upload, type UploadState } from './upload.ts';

export interface Uploads {
  states: readonly UploadState[];
  add(files: readonly File[], before: Id | null, added?: (attachmentId: Id) => void): void;
  /** Gives one up, or lets a failed one go. */
  cancel(id: Id): void;
  retry(id: Id): void;
}

/** `arrived` is called when one has become an attachment. Leaving the page gives nothing up: what was sent is kept for a day. */
export function useUploads(meetingId: Id, itemId: Id, arrived: () => void): Uploads {
  const running = useRef(new Map<Id, Upload>());
  const [states, setStates] = useState<readonly UploadState[]>([]);
  const told = useRef(arrived);
  useEffect(() => {
    told.current = arrived;
  });
  const show = useCallback(() => setStates([...running.current.values()].map(({ state }) => state)), []);

  const add = useCallback<Uploads['add']>(
    (files, before, added) => {
      const param = { meetingId, itemId };
      for (const file of files) {
        let id: Id | null = null;
        const upload = startUpload(
          file,
          before,
          {
            begin: (input) => attachmentApi.begin(param, input),
            piece: (uploadId, at, bytes, signal) => attachmentApi.piece({ ...param, uploadId }, at, bytes, signal),
            finish: (uploadId) => attachmentApi.finish({ ...param, uploadId }),
            abandon: (uploadId) => attachmentApi.abandon({ ...param, uploadId }),
            pause: pauseOrOnline,
          },
          show,
          (attachmentId) => {
            if (id !== null) running.current.delete(id);
            show();
            told.current();
            added?.(attachmentId);
          },
        );
        id = upload.state.id;
        running.current.set(id, upload);
      }
      show();
    },
    [meetingId, itemId, show],
  );
  const cancel = useCallback(
    (id: Id) => {
      running.current.get(id)?.cancel();
      running.current.delete(id);
      show();
    },
    [show],
  );
  const retry = useCallback((id: Id) => running.current.get(id)?.retry(), []);
  return useMemo(() => ({ states, add, cancel, retry }), [states, add, cancel, retry]);
}
