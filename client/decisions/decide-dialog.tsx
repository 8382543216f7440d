/**
 * Why this file exists: before something is decided the chair sees exactly which words, chooses among alternatives and says
 * how it was decided. Their own words are saved before the server is asked; what the server cannot take, it says.
 */
import { Gavel } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { Meeting } from '#shared/api.ts';
import type { ItemDecisions } from '#shared/decisions/api.ts';
import { METHODS, type Method, NEEDS_DETAIL, type Outcome, WORDED } from '#shared/decisions/decision.ts';
import type { Id } from '#shared/ids.ts';
import { type DecisionsOf, decisionsApi } from '../api/decisions.ts';
import { ApiFailure } from '../api/request.ts';
import { type RoomClient, useRoomState } from '../collab/index.ts';
import { type Proposals, proposalName } from '../proposals/use-proposals.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { CheckField, Field, SelectField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { ClauseChoice } from './clause-choice.tsx';
import styles from './decisions.module.css';
import { NumberingField } from './numbering-field.tsx';
import { useDecisionChange } from './use-decisions.ts';

export interface DecideProps {
  meeting: Meeting;
  of: DecisionsOf;
  record: ItemDecisions;
  room: RoomClient;
  known: Proposals;
  number: string;
  start: { proposalId: Id | null; outcome: Outcome };
  onClose(): void;
}

const NO_COUNTS = { yes: '', no: '', abstained: '' };
type Input = Parameters<typeof decisionsApi.decide>[1];

export function DecideDialog({ meeting, of, record, room, known, number, start, onClose }: DecideProps) {
  const { t } = useTranslation('decisions');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const { toast } = useToasts();
  const state = useRoomState(room);
  const { outcome, proposalId } = start;
  const at = known.proposals.findIndex(({ id }) => id === proposalId);
  const proposal = known.proposals[at] ?? null;
  /** Clause → which of its wordings, '' for none; what is not here is the clause itself. */
  const [chosen, setChosen] = useState<Readonly<Record<Id, Id | ''>>>({});
  const [text, setText] = useState('');
  const [detail, setDetail] = useState('');
  const [motivation, setMotivation] = useState('');
  const [method, setMethod] = useState<Method | ''>(WORDED.includes(outcome) ? 'acclamation' : '');
  const [counts, setCounts] = useState(NO_COUNTS);
  const [replaces, setReplaces] = useState('');
  const [close, setClose] = useState(true);
  const [asked, setAsked] = useState<Omit<Input, 'stateVector'> | null>(null);
  const decide = useDecisionChange(of, (input: Input) => decisionsApi.decide(of, input));
  const { mutate, isPending } = decide;
  const saved = state?.connection === 'online' && state.saving === 'saved';

  useEffect(() => {
    // What was written here is on the server's disk first; only then is it asked to decide on it.
    if (!asked || !saved || isPending) return;
    setAsked(null);
    const stateVector = btoa(String.fromCharCode(...Y.encodeStateVector(room.doc)));
    mutate(
      { ...asked, stateVector },
      {
        onSuccess: (view) => {
          onClose();
          const number = view.decisions.at(-1)?.number?.label;
          toast({ message: number ? t('decide.done', { number }) : t('decide.noted') });
        },
      },
    );
  }, [asked, saved, isPending, mutate, room, onClose, toast, t]);

  const clauses = (proposal?.clauses ?? []).map(({ id }) => chosen[id] ?? id).filter((id) => id !== '');
  const worded = WORDED.includes(outcome);
  const counted = method !== '' && method !== 'acclamation';
  const ready =
    (!worded ||
      (proposal ? clauses.length > 0 && clauses.every((id) => known.wording(id) !== '') : text.trim() !== '')) &&
    (!NEEDS_DETAIL.includes(outcome) || detail.trim() !== '') &&
    (!counted || Object.values(counts).every((one) => one !== ''));
  const submit = () =>
    setAsked({
      outcome,
      proposalId: proposal?.id ?? null,
      clauses: proposal ? clauses : [],
      text: proposal ? '' : text,
      seen: record.decisions.length,
      method: method || null,
      counts: counted ? { yes: Number(counts.yes), no: Number(counts.no), abstained: Number(counts.abstained) } : null,
      motivation,
      detail,
      replaces: replaces || null,
      close,
    });
  const standing = record.decisions.filter((one) => one.replacedBy === null);

  return (
    <Dialog
      title={proposal ? t('decide.title', { name: proposalName(number, at) }) : t(`outcomeMenu.${outcome}`)}
      onClose={onClose}
      wide={proposal !== null}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) submit();
        }}
      >
        {decide.error && (
          <Notice tone="refuse">{said(decide.error) ? t(said(decide.error)!) : problem(decide.error)}</Notice>
        )}
        {proposal && (
          <ol className={styles.choices}>
            {proposal.clauses.map((clause, n) => (
              <ClauseChoice
                key={clause.id}
                n={n}
                clause={clause}
                known={known}
                value={chosen[clause.id] ?? clause.id}
                onChange={(id) => setChosen({ ...chosen, [clause.id]: id })}
              />
            ))}
          </ol>
        )}
        {!proposal && (
          <Field label={t(worded ? 'decide.text' : 'decide.textMore')} hint={worded ? t('decide.textHint') : undefined}>
            {(control) => (
              <textarea
                {...control}
                rows={worded ? 4 : 2}
                maxLength={4000}
                data-autofocus
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        )}
        {NEEDS_DETAIL.includes(outcome) && (
          <TextField
            label={t(`detail.${outcome}`)}
            maxLength={500}
            value={detail}
            onChange={(event) => setDetail(event.target.value)}
          />
        )}
        <div className={styles.pair}>
          <SelectField
            label={t('decide.method')}
            value={method}
            data-autofocus={proposal ? true : undefined}
            onChange={(event) => setMethod(METHODS.find((one) => one === event.target.value) ?? '')}
          >
            <option value="">{t('decide.noMethod')}</option>
            {METHODS.map((one) => (
              <option key={one} value={one}>
                {t(`method.${one}`)}
              </option>
            ))}
          </SelectField>
          <NumberingField meeting={meeting} />
        </div>
        {counted && (
          <div className={styles.counts}>
            {(['yes', 'no', 'abstained'] as const).map((one) => (
              <TextField
                key={one}
                type="number"
                inputMode="numeric"
                min={0}
                max={100000}
                required
                label={t(`count.${one}`)}
                value={counts[one]}
                onChange={(event) => setCounts({ ...counts, [one]: event.target.value })}
              />
            ))}
          </div>
        )}
        <Field label={t('decide.motivation')}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              maxLength={4000}
              value={motivation}
              onChange={(event) => setMotivation(event.target.value)}
            />
          )}
        </Field>
        {standing.length > 0 && (
          <SelectField
            label={t('decide.replaces')}
            value={replaces}
            onChange={(event) => setReplaces(event.target.value)}
          >
            <option value="">{t('decide.replacesNone')}</option>
            {standing.map((one) => (
              <option key={one.id} value={one.id}>
                {one.number?.label ?? t(`outcome.${one.outcome}`)}
              </option>
            ))}
          </SelectField>
        )}
        <CheckField
          label={t('decide.close')}
          hint={t('decide.closeHint')}
          checked={close}
          onChange={(event) => setClose(event.target.checked)}
        />
        <p className="sr" role="status">
          {asked && !saved ? t('decide.saving') : ''}
        </p>
        <DialogActions>
          <Button type="submit" variant="primary" disabled={!ready || isPending || asked !== null}>
            <Gavel size={18} strokeWidth={1.75} aria-hidden />
            {t('decide.open')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** A sentence for what the server could not take; `null` for what is said everywhere alike. */
function said(error: unknown): string | null {
  if (!(error instanceof ApiFailure) || error.code !== 'conflict') return null;
  const [field] = Object.keys(error.fields);
  const known = ['seen', 'stateVector', 'proposalId', 'clauses', 'replaces'];
  return field && known.includes(field) ? `decide.refused.${field}` : null;
}
