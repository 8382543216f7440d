/**
 * Why this file exists: before a summary is final the chair sees what that means and what is still going on. Their own
 * words are saved before the server is asked; what the server cannot take, it says, and then nothing has happened.
 */
import { AlertCircle, Check, Lock, Pencil } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { SummaryView } from '#shared/summary/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { api } from '../api/api.ts';
import { ApiFailure } from '../api/request.ts';
import { type RoomClient, useRoomState } from '../collab/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import styles from './summary.module.css';
import { useSummaryChange } from './use-summary.ts';

export interface FinaliseProps {
  workshop: WorkshopView;
  summary: SummaryView;
  room: RoomClient;
  /** Names of the others who are writing now. */
  typing: readonly string[];
  coverage: { used: number; all: number } | null;
  /** Headings of the prompts under which nothing stands. */
  emptySections(): string[];
}

export function FinaliseButton(props: FinaliseProps) {
  const { t } = useTranslation('summary');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={() => setAsking(true)}>
        <Lock size={17} strokeWidth={1.75} aria-hidden />
        {t('finalise.open')}
      </Button>
      {asking && <FinaliseDialog {...props} onClose={() => setAsking(false)} />}
    </>
  );
}

function FinaliseDialog({
  workshop,
  summary,
  room,
  typing,
  coverage,
  emptySections,
  onClose,
}: FinaliseProps & { onClose(): void }) {
  const { t } = useTranslation('summary');
  const problem = useProblemText();
  const { toast } = useToasts();
  const state = useRoomState(room);
  const of = { meetingId: workshop.meetingId, itemId: workshop.itemId };
  const [asked, setAsked] = useState(false);
  const [empty] = useState(emptySections);
  const finalise = useSummaryChange(of.meetingId, of.itemId, (stateVector: string) =>
    api.summary.finalise(of, { revision: summary.revisions.at(-1)?.n ?? 0, stateVector }),
  );
  const offline = state?.connection !== 'online';
  const saved = !offline && state?.saving === 'saved';
  const { mutate, isPending } = finalise;

  useEffect(() => {
    // What was written here is on the server's disk first; only then is it asked to close the room.
    if (!asked || !saved || isPending) return;
    setAsked(false);
    mutate(btoa(String.fromCharCode(...Y.encodeStateVector(room.doc))), {
      onSuccess: () => {
        onClose();
        toast({ message: t('finalise.done') });
      },
    });
  }, [asked, saved, isPending, mutate, room, onClose, toast, t]);

  const waiting = asked || isPending;
  const threads = summary.threads.filter(({ resolved }) => resolved === null).length;
  const sections = workshop.prompts.length;
  return (
    <Dialog title={t('finalise.title')} onClose={onClose}>
      <p>{t('finalise.lead')}</p>
      <ul className={styles.checks}>
        {empty.length === 0 ? (
          <Line>{t('finalise.sections', { count: sections })}</Line>
        ) : (
          <Line warm>{t('finalise.empty', { headings: empty.join(', ') })}</Line>
        )}
        {coverage && coverage.all > 0 && (
          <Line
            hint={
              coverage.used < coverage.all ? t('finalise.unused', { count: coverage.all - coverage.used }) : undefined
            }
          >
            {t('finalise.coverage', coverage)}
          </Line>
        )}
        {threads > 0 && <Line warm>{t('finalise.threads', { count: threads })}</Line>}
        {typing.length === 0 && <Line>{t('finalise.nobody')}</Line>}
        {typing.map((name) => (
          <Line key={name} writing hint={t('finalise.typingHint')}>
            {t('finalise.typing', { name })}
          </Line>
        ))}
        <li className={saved ? undefined : styles.warm}>
          {saved ? (
            <Check size={18} strokeWidth={1.75} aria-hidden />
          ) : (
            <AlertCircle size={18} strokeWidth={1.75} aria-hidden />
          )}
          <span role="status">{t(saved ? 'finalise.saved' : offline ? 'finalise.offline' : 'finalise.saving')}</span>
        </li>
      </ul>
      {finalise.error && (
        <Notice tone="refuse">{said(finalise.error) ? t(said(finalise.error)!) : problem(finalise.error)}</Notice>
      )}
      <DialogActions>
        <Button data-autofocus onClick={onClose}>
          {t('finalise.stay')}
        </Button>
        <Button variant="primary" disabled={waiting || offline} onClick={() => setAsked(true)}>
          <Lock size={17} strokeWidth={1.75} aria-hidden />
          {t(waiting ? 'finalise.going' : 'finalise.go')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What a refusal means here, when it means more than its code says. */
function said(error: unknown): 'finalise.unsaved' | 'finalise.nothing' | 'finalise.meanwhile' | null {
  if (!(error instanceof ApiFailure) || error.code !== 'conflict') return null;
  if (error.fields.stateVector) return 'finalise.unsaved';
  return error.fields.text ? 'finalise.nothing' : 'finalise.meanwhile';
}

function Line({
  warm = false,
  writing = false,
  hint,
  children,
}: {
  warm?: boolean;
  writing?: boolean;
  hint?: string | undefined;
  children: ReactNode;
}) {
  const Icon = writing ? Pencil : warm ? AlertCircle : Check;
  return (
    <li className={warm || writing ? styles.warm : undefined}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <span>
        {children}
        {hint && <small>{hint}</small>}
      </span>
    </li>
  );
}
