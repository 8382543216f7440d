/**
 * Why this file exists: what belongs to a protocol and is not in it: that it is sealed and under which hash, what was
 * corrected afterwards, to whom it was handed out, and the log of its signing.
 */
import { Download, Lock, PenLine, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { momentWords } from '#shared/minutes/words.ts';
import type { SignOffView } from '#shared/signoff/api.ts';
import { HEAD } from '#shared/signoff/parts.ts';
import { dispatchedFile } from '../api/signoff.ts';
import { Button } from '../ui/button.tsx';
import { useToasts } from '../ui/toast.tsx';
import { CorrectDialog } from './correct-dialog.tsx';
import { DispatchDialog } from './dispatch-dialog.tsx';
import styles from './signoff.module.css';
import { takeFile } from './take-file.ts';

interface RecordProps {
  meeting: Meeting;
  view: SignOffView;
  document: MinutesDocument;
}

export function SignOffRecord({ meeting, view, document }: RecordProps) {
  const { t, i18n } = useTranslation('signoff');
  const { toast } = useToasts();
  const lang = i18n.language === 'en' ? 'en' : 'sv';
  const moment = (at: number): string => momentWords(at, lang, meeting.timeZone);
  const [dialog, setDialog] = useState<'correct' | 'dispatch' | null>(null);
  const { revision, corrections, dispatches, log, may } = view;
  const numbers = new Map(document.items.map(({ id, number, title }) => [id, number || title]));
  const partName = (part: string): string =>
    part === '' ? '' : part === HEAD ? t('head') : t('item', { number: numbers.get(part) ?? '' });
  return (
    <div className={styles.record}>
      {revision && (
        <section aria-labelledby="sealed">
          <h2 id="sealed" tabIndex={-1}>
            <Lock size={18} strokeWidth={1.75} aria-hidden />
            {t('sealedTitle')}
          </h2>
          <p>{t('sealedBy', { person: revision.person, when: moment(revision.at) })}</p>
          <p className={styles.hash}>
            <span>SHA-256</span> <code>{revision.sha256}</code>
          </p>
          <p className={styles.about}>{t('sealedHint')}</p>
          <div className={styles.actions}>
            {may.dispatch && (
              <Button onClick={() => setDialog('dispatch')}>
                <Send size={18} strokeWidth={1.75} aria-hidden />
                {t('dispatch')}
              </Button>
            )}
            {may.correct && (
              <Button variant="quiet" onClick={() => setDialog('correct')}>
                <PenLine size={18} strokeWidth={1.75} aria-hidden />
                {t('correct')}
              </Button>
            )}
          </div>
        </section>
      )}
      {corrections.length > 0 && (
        <section aria-labelledby="corrections">
          <h2 id="corrections">{t('corrections')}</h2>
          <ol className={styles.corrections}>
            {corrections.map(({ id, at, person, itemId, text, reason }) => (
              <li key={id}>
                <p>
                  <b>{moment(at)}</b>, {person}
                  {itemId !== null && `, ${partName(itemId)}`}
                </p>
                <p>{text}</p>
                <p className={styles.about}>{t('because', { reason })}</p>
              </li>
            ))}
          </ol>
        </section>
      )}
      {may.dispatch && dispatches.length > 0 && (
        <section aria-labelledby="dispatches">
          <h2 id="dispatches">{t('dispatches')}</h2>
          <ul className={styles.dispatches}>
            {dispatches.map(({ id, at, person, to, format, items, redacted, name, sha256 }) => (
              <li key={id}>
                <p>
                  <b>{to}</b> {format.toUpperCase()}
                  {items !== null && `, ${t('extractOf', { count: items })}`}
                  {redacted && `, ${t('published')}`}
                </p>
                <p className={styles.about}>
                  {moment(at)}, {person}
                </p>
                <p className={styles.hash}>
                  <code>{sha256}</code>
                </p>
                <Button
                  size="small"
                  aria-label={t('fetch', { name })}
                  onClick={() => takeFile(dispatchedFile(meeting.id, id))}
                >
                  <Download size={15} strokeWidth={1.75} aria-hidden />
                  {t('fetchShort')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {log.length > 0 && (
        <details>
          <summary>{t('log', { count: log.length })}</summary>
          <ul className={styles.log}>
            {log.map(({ at, person, kind, part, detail }, n) => (
              // Lines have no identity but their place, and none is ever taken away.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above.
              <li key={log.length - n}>
                <time dateTime={new Date(at).toISOString()}>{moment(at)}</time>
                <span>
                  {person} {t(`event.${kind}`)} {partName(part)}
                  {kind === 'sealed' && <code className={styles.wide}>{detail}</code>}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {dialog === 'correct' && (
        <CorrectDialog meetingId={meeting.id} document={document} onClose={() => setDialog(null)} />
      )}
      {dialog === 'dispatch' && (
        <DispatchDialog
          meetingId={meeting.id}
          document={document}
          onClose={() => setDialog(null)}
          onDone={() => {
            setDialog(null);
            toast({ message: t('dispatched') });
          }}
        />
      )}
    </div>
  );
}
