/**
 * Why this file exists: where a clause is worded together: what it began as on one side, what it says now on the other, and
 * under them what became of it and why. Everybody who has it open writes in the same text.
 */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '#shared/ids.ts';
import { addClause, type Clause, MAX_REASON, moveClause, oneLine, patchClause } from '#shared/proposals/proposals.ts';
import { serverNow, setPresence } from '../collab/index.ts';
import { Button, ButtonRow, IconButton } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Skeleton } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import styles from './proposals.module.css';
import type { ClauseProps } from './props.ts';
import { ShowButton } from './show-button.tsx';
import { Wording } from './wording.tsx';

const NotesEditor = lazy(() => import('../editor/index.ts').then((m) => ({ default: m.NotesEditor })));

export function ClauseWorkshop(props: ClauseProps & { one: Clause; compared: string; name: string; onClose(): void }) {
  const { meeting, itemId, room, look, one, compared, name, known, clause, at, of, ownId, onClose } = props;
  const { t } = useTranslation('decisions');
  const { toast } = useToasts();
  const now = known.wording(one.id);
  const alternative = one.id !== clause.id;
  const mentions = useMemo(
    () => meeting.participants.map((person) => ({ id: person.personId, name: person.name, colour: person.colour })),
    [meeting.participants],
  );
  if (!room) return null;
  const { doc } = room;
  return (
    <div className={styles.workshop}>
      <div className={styles.sides}>
        <section aria-label={t('clause.wasName', { name })}>
          <h3>{t('clause.was')}</h3>
          <p className={styles.was}>{compared || t('clause.empty')}</p>
        </section>
        <section>
          <h3>{t('clause.is')}</h3>
          <div className={styles.editor}>
            <Suspense fallback={<Skeleton label={t('loading')} lines={1} />}>
              <NotesEditor
                key={doc.guid}
                room={room}
                fragment={one.id}
                label={t('clause.isName', { name })}
                participants={mentions}
                onLeave={onClose}
                onTyping={(typing) => setPresence(room, { typing })}
              />
            </Suspense>
          </div>
        </section>
      </div>
      {look !== 'changes' && compared !== '' && compared !== now && (
        <p className={styles.became}>
          <Wording before={compared} after={now} />
        </p>
      )}
      <Reason
        key={one.id}
        label={t('clause.reason')}
        value={one.reason}
        onChange={(reason) => patchClause(doc, one.id, { reason, reasonBy: ownId, reasonAt: serverNow() })}
      />
      <ButtonRow className={styles.tools}>
        {!alternative && (
          <>
            <IconButton
              label={t('clause.up', { name })}
              disabled={at === 0}
              onClick={() => moveClause(doc, one.id, -1)}
            >
              <ArrowUp size={16} strokeWidth={1.75} aria-hidden />
            </IconButton>
            <IconButton
              label={t('clause.down', { name })}
              disabled={at === of - 1}
              onClick={() => moveClause(doc, one.id, 1)}
            >
              <ArrowDown size={16} strokeWidth={1.75} aria-hidden />
            </IconButton>
            <Button
              size="small"
              variant="quiet"
              onClick={() =>
                addClause(doc, {
                  id: newId(),
                  proposal: one.proposal,
                  wording: now,
                  alternativeTo: one.id,
                  personId: ownId,
                  at: serverNow(),
                })
              }
            >
              {t('clause.alternative')}
            </Button>
          </>
        )}
        <ShowButton meeting={meeting} itemId={itemId} clauseId={one.id} name={name} small />
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            patchClause(doc, one.id, { archived: true });
            toast({
              message: t('clause.putAwayDone', { name }),
              undo: () => patchClause(doc, one.id, { archived: false }),
            });
          }}
        >
          {t('clause.putAway')}
        </Button>
      </ButtonRow>
    </div>
  );
}

/** Kept when one leaves it, or has stopped typing for a moment: it is one value, not a text of its own. */
function Reason({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  const { t } = useTranslation('decisions');
  const [draft, setDraft] = useState<string | null>(null);
  useEffect(() => {
    if (draft === null || oneLine(draft) === value) return;
    const timer = setTimeout(() => onChange(oneLine(draft)), 400);
    return () => clearTimeout(timer);
  }, [draft, value, onChange]);
  return (
    <Field label={label} hint={t('clause.reasonHint')}>
      {(control) => (
        <textarea
          {...control}
          rows={2}
          maxLength={MAX_REASON}
          value={draft ?? value}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => {
            if (draft !== null && oneLine(draft) !== value) onChange(oneLine(draft));
            setDraft(null);
          }}
        />
      )}
    </Field>
  );
}
