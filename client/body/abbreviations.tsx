/**
 * Why this file exists: a protocol says what an abbreviation means the first time it stands there. The body's list is kept
 * here: written, corrected and taken away, and saved as a whole.
 */
import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { BodyView } from '#shared/decisions/api.ts';
import { useDraft } from '../meeting/setup/use-draft.ts';
import { Button, ButtonRow, IconButton } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import styles from './body.module.css';
import { useBodyChange } from './use-body.ts';

interface AbbreviationsProps {
  meeting: Meeting;
  saved: BodyView['abbreviations'];
  canEdit: boolean;
}

/** What one has typed stays until it is saved, also when somebody else changes the list meanwhile; see useDraft. */
export function Abbreviations({ meeting, saved, canEdit }: AbbreviationsProps) {
  const { t } = useTranslation('body');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const { toast } = useToasts();
  const draft = useDraft(saved);
  const change = useBodyChange(meeting.id);
  const [tried, setTried] = useState(false);
  const list = useRef<HTMLTableSectionElement>(null);
  const rows = draft.value;
  const set = (at: number, patch: Partial<(typeof rows)[number]>) =>
    draft.set(rows.map((row, n) => (n === at ? { ...row, ...patch } : row)));
  const filled = rows.filter(({ short, long }) => short.trim() !== '' || long.trim() !== '');
  const half = filled.some(({ short, long }) => short.trim() === '' || long.trim() === '');
  const focusLast = () =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('tr:last-child input')?.focus());
  if (!canEdit && rows.length === 0) return <p className={styles.about}>{t('abbreviations.none')}</p>;
  return (
    <form
      className={styles.abbreviations}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (half) return;
        change.mutate(
          { abbreviations: filled.map(({ short, long }) => ({ short: short.trim(), long: long.trim() })) },
          {
            onSuccess: () => {
              draft.drop();
              setTried(false);
              toast({ message: t('abbreviations.saved') });
            },
          },
        );
      }}
    >
      {change.error && <Notice tone="refuse">{problem(change.error)}</Notice>}
      {draft.theirs !== undefined && (
        <Notice tone="warm">
          <p>{t('abbreviations.overtaken')}</p>
          <Button onClick={draft.drop}>{t('abbreviations.takeTheirs')}</Button>
        </Notice>
      )}
      <table className={styles.table}>
        <caption>{t('abbreviations.caption')}</caption>
        {rows.length > 0 && (
          <thead>
            <tr>
              <th scope="col">{t('abbreviations.short')}</th>
              <th scope="col">{t('abbreviations.long')}</th>
              {canEdit && (
                <td>
                  <span className="sr">{t('abbreviations.remove')}</span>
                </td>
              )}
            </tr>
          </thead>
        )}
        <tbody ref={list}>
          {rows.map((row, n) => (
            // Rows have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above.
            <tr key={n}>
              <td>
                <input
                  aria-label={t('abbreviations.shortOf', { n: n + 1 })}
                  maxLength={20}
                  readOnly={!canEdit}
                  value={row.short}
                  onChange={(event) => set(n, { short: event.target.value })}
                />
              </td>
              <td>
                <input
                  aria-label={t('abbreviations.longOf', { n: n + 1 })}
                  maxLength={200}
                  readOnly={!canEdit}
                  value={row.long}
                  onChange={(event) => set(n, { long: event.target.value })}
                />
              </td>
              {canEdit && (
                <td>
                  <IconButton
                    size="small"
                    label={t('abbreviations.removeOne', { short: row.short || n + 1 })}
                    onClick={() => draft.set(rows.filter((_, other) => other !== n))}
                  >
                    <X size={16} strokeWidth={1.75} aria-hidden />
                  </IconButton>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.about}>{t('abbreviations.hint')}</p>
      {tried && half && (
        <p role="alert" className={styles.problem}>
          {t('abbreviations.half')}
        </p>
      )}
      {canEdit && (
        <ButtonRow>
          <Button
            onClick={() => {
              draft.set([...rows, { short: '', long: '' }]);
              focusLast();
            }}
          >
            <Plus size={16} strokeWidth={1.75} aria-hidden />
            {t('abbreviations.add')}
          </Button>
          {draft.dirty && (
            <>
              <Button type="submit" variant="primary" disabled={change.isPending}>
                {t('abbreviations.save')}
              </Button>
              <Button variant="quiet" onClick={draft.drop}>
                {common('cancel')}
              </Button>
            </>
          )}
        </ButtonRow>
      )}
    </form>
  );
}
