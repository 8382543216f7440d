/**
 * Why this file exists: a document is taken into an agenda by somebody who sees first what would become of it: choose a
 * file, look at its pieces, say what each is and where they go, take them in, and change one's mind.
 */
import { useMutation } from '@tanstack/react-query';
import { ChevronLeft, FileUp } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { ImportPreview } from '#shared/imports/api.ts';
import { UserMenu } from '../account/user-menu.tsx';
import { useMeeting } from '../api/hooks.ts';
import { importApi } from '../api/imports.ts';
import { ApiFailure } from '../api/request.ts';
import { may } from '../meeting/may.ts';
import { paths } from '../navigation.ts';
import { Button, ButtonRow, LinkButton } from '../ui/button.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Notice } from '../ui/notice.tsx';
import page from '../ui/page.module.css';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import { type Choice, proposed, rowsOf } from './choices.ts';
import styles from './imports.module.css';
import { PieceRow } from './piece-row.tsx';
import { AT_THE_END, PlaceField } from './place-field.tsx';
import { useFault } from './use-fault.ts';

export function ImportPage({ meetingId }: { meetingId: Id }) {
  const { t } = useTranslation('imports');
  const meeting = useMeeting(meetingId);
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  return (
    <Screen title={t('title')} width="reading" end={<UserMenu />}>
      {meeting.data ? (
        <>
          <Link className={styles.back} href={paths.meeting(meetingId)}>
            <ChevronLeft size={18} strokeWidth={1.75} aria-hidden />
            {t('back')}
          </Link>
          <h1 className={page.title}>{t('title')}</h1>
          {may(meeting.data, 'import-document') ? <Import meeting={meeting.data} /> : <Notice>{t('notYours')}</Notice>}
        </>
      ) : meeting.error ? (
        <Problem error={meeting.error} onRetry={() => void meeting.refetch()} />
      ) : (
        <Skeleton label={t('loading')} />
      )}
    </Screen>
  );
}

function Import({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('imports');
  const fault = useFault();
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<ImportPreview | null>(null);
  const read = useMutation({
    mutationFn: (file: File) => importApi.preview(meeting.id, file),
    onMutate: () => setShown(null),
    onSuccess: setShown,
  });
  return (
    <>
      <p className={styles.lead}>{t('lead')}</p>
      {/* A browser's own field of files speaks the browser's language, not ours. */}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('file')}
        accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) read.mutate(file);
        }}
      />
      <div className={styles.file}>
        <Button variant={shown ? 'plain' : 'primary'} disabled={read.isPending} onClick={() => input.current?.click()}>
          <FileUp size={18} strokeWidth={1.75} aria-hidden />
          {t(shown ? 'another' : 'choose')}
        </Button>
        <span className={styles.hint}>{read.variables?.name ?? t('fileHint')}</span>
      </div>
      {read.error && (
        <p className={styles.error} role="alert">
          {fault(read.error)}
        </p>
      )}
      <p role="status" className={styles.status}>
        {read.isPending ? t('reading') : shown ? t('found', { count: shown.pieces.length }) : ''}
      </p>
      {shown && <Preview key={shown.id} meeting={meeting} preview={shown} />}
    </>
  );
}

function Preview({ meeting, preview }: { meeting: Meeting; preview: ImportPreview }) {
  const { t } = useTranslation('imports');
  const fault = useFault();
  const [choices, setChoices] = useState(() => proposed(preview, t('untitled')));
  const [place, setPlace] = useState(AT_THE_END);
  const rows = rowsOf(choices);
  const take = useMutation({ mutationFn: () => importApi.take(meeting.id, preview.id, { rows, place }) });
  const undo = useMutation({
    mutationFn: () => importApi.undo(meeting.id, preview.id),
    onSuccess: () => take.reset(),
  });
  const change = (n: number, patch: Partial<Choice>) =>
    setChoices((all) => all.map((one, i) => (i === n ? { ...one, ...patch } : one)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    undo.reset();
    take.mutate();
  };
  const left = Object.entries(preview.left).filter(([, count]) => count > 0);
  if (take.data)
    return (
      <section className={styles.done} role="status">
        <p>{t('done', { count: take.data.items.length })}</p>
        {undo.error && <p className={styles.error}>{fault(undo.error)}</p>}
        <ButtonRow>
          <LinkButton variant="primary" href={paths.meeting(meeting.id)}>
            {t('toAgenda')}
          </LinkButton>
          <Button disabled={undo.isPending} onClick={() => undo.mutate()}>
            {t('undo')}
          </Button>
        </ButtonRow>
      </section>
    );
  return (
    <form onSubmit={submit} aria-label={t('preview')}>
      {undo.isSuccess && <Notice>{t('undone')}</Notice>}
      {preview.title !== '' && <p className={styles.of}>{t('of', { title: preview.title })}</p>}
      {left.length > 0 && (
        <Notice tone="warm">
          {t('left', { what: left.map(([what, count]) => t(`leftOut.${what}`, { count })).join(', ') })}
        </Notice>
      )}
      <ol className={styles.pieces}>
        {preview.pieces.map((piece, n) => (
          <PieceRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the document.
            key={n}
            piece={piece}
            choice={choices[n] as Choice}
            onChange={(patch) => change(n, patch)}
          />
        ))}
      </ol>
      <div className={styles.place}>
        <PlaceField meeting={meeting} place={place} onChange={setPlace} />
      </div>
      {take.error && (
        <p className={styles.error} role="alert">
          {fault(take.error)}
        </p>
      )}
      <ButtonRow>
        <Button type="submit" variant="primary" disabled={rows.length === 0 || take.isPending}>
          {t('take', { count: rows.length })}
        </Button>
      </ButtonRow>
    </form>
  );
}
