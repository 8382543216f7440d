/** Why this file exists: a final summary: what it says, that it is locked, by whom and since when; and the way back, for a reason. */
import { Layers, Lock } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem, Skeleton, useProblemText } from '../ui/problem.tsx';
import { DocumentView } from './document-view.tsx';
import { Downloads } from './downloads.tsx';
import { Door, Frame, useNarrow } from './frame.tsx';
import { useKeptSources } from './reading.tsx';
import { RevisionLine, Revisions } from './revisions.tsx';
import { sentenceId, useWantedSentence } from './sentence.ts';
import { Sources } from './sources-side.tsx';
import styles from './summary.module.css';
import { useRevision, useSummaryChange } from './use-summary.ts';
import type { SummaryProps } from './writing.tsx';

const ICON = { size: 22, strokeWidth: 1.75, 'aria-hidden': true } as const;

export function FinalView({ meeting, workshop, summary }: SummaryProps) {
  const { t } = useTranslation('summary');
  const { meetingId, itemId } = workshop;
  const { revision: n } = workshop.summary;
  const revision = useRevision(meetingId, itemId, n);
  const line = summary.revisions.find((one) => one.n === n);
  const kept = useKeptSources(revision.data, workshop);
  const narrow = useNarrow();
  const [sheet, setSheet] = useState(false);
  useWantedSentence((blockId) => document.getElementById(sentenceId(blockId)));
  return (
    <Frame
      meeting={meeting}
      itemId={itemId}
      workshop={workshop}
      about={[t('final.status')]}
      action={summary.mayReopen && <ReopenButton {...{ meetingId, itemId, n }} />}
      side={
        <div className={styles.beside}>
          <Downloads of={{ meetingId, itemId }} n={n} />
          <Sources sources={kept.sources} of={{ meetingId, itemId }} />
        </div>
      }
      doors={<Door icon={<Layers {...ICON} />} label={t('doors.final')} onOpen={() => setSheet(true)} />}
      sheetOpen={sheet}
      onCloseSheet={() => setSheet(false)}
    >
      <div className={styles.body}>
        <div className={styles.lock}>
          <Lock size={16} strokeWidth={1.75} aria-hidden />
          {line && <RevisionLine revision={line} timeZone={meeting.timeZone} />}
        </div>
        {revision.error ? (
          <Problem error={revision.error} onRetry={() => void revision.refetch()} />
        ) : revision.data ? (
          <DocumentView
            sections={revision.data.document.sections}
            groupsOf={kept.groupsOf}
            onSources={(of) => {
              kept.open(of);
              if (narrow) setSheet(true);
            }}
          />
        ) : (
          <Skeleton label={t('loading')} lines={6} />
        )}
        <Revisions meeting={meeting} workshop={workshop} summary={summary} />
      </div>
    </Frame>
  );
}

function ReopenButton({ meetingId, itemId, n }: { meetingId: string; itemId: string; n: number }) {
  const { t } = useTranslation('summary');
  const text = useProblemText();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const reopen = useSummaryChange(meetingId, itemId, (why: string) =>
    api.summary.reopen({ meetingId, itemId }, { revision: n, reason: why }),
  );
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {t('final.reopen')}
      </Button>
      {asking && (
        <Dialog title={t('reopen.title')} onClose={() => setAsking(false)}>
          <form
            className={styles.say}
            onSubmit={(event) => {
              event.preventDefault();
              reopen.mutate(reason, { onSuccess: () => setAsking(false) });
            }}
          >
            <p>{t('reopen.lead', { n, next: n + 1 })}</p>
            {reopen.error && <Notice tone="refuse">{text(reopen.error)}</Notice>}
            <TextField
              label={t('reopen.reason')}
              hint={t('reopen.hint')}
              maxLength={500}
              required
              data-autofocus
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <DialogActions>
              <Button onClick={() => setAsking(false)}>{t('reopen.cancel')}</Button>
              <Button type="submit" variant="primary" disabled={reason.trim() === '' || reopen.isPending}>
                {t('reopen.go')}
              </Button>
            </DialogActions>
          </form>
        </Dialog>
      )}
    </>
  );
}
