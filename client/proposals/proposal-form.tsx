/** Why this file exists: a proposal is written down at once: what stands before the clauses, whose it is, a clause a line. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PROPOSAL_TITLE, MAX_WORDING, oneLine } from '#shared/proposals/proposals.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { Field, TextField } from '../ui/field.tsx';
import styles from './proposals.module.css';

export interface NewProposal {
  title: string;
  by: string;
  clauses: string[];
}

/** "att " in front of a clause is the page's own. */
const clauseFrom = (line: string): string =>
  oneLine(line)
    .replace(/^(?:[-–•]|\d+[.)])\s*/u, '')
    .replace(/^att\s+/iu, '');

export function ProposalForm({
  clauseOnly = false,
  onDone,
  onCancel,
}: {
  clauseOnly?: boolean;
  onDone(made: NewProposal): void;
  onCancel(): void;
}) {
  const { t } = useTranslation('decisions');
  const { t: common } = useTranslation('common');
  const [title, setTitle] = useState(clauseOnly ? '' : t('proposal.titleDefault'));
  const [by, setBy] = useState('');
  const [text, setText] = useState('');
  const clauses = text.split('\n').map(clauseFrom).filter(Boolean);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (clauses.length > 0) onDone({ title: oneLine(title), by: oneLine(by), clauses });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      {!clauseOnly && (
        <div className={styles.pair}>
          <TextField
            label={t('proposal.title')}
            maxLength={MAX_PROPOSAL_TITLE}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          <TextField
            label={t('proposal.by')}
            hint={t('proposal.byHint')}
            maxLength={200}
            value={by}
            onChange={(event) => setBy(event.target.value)}
          />
        </div>
      )}
      <Field label={t(clauseOnly ? 'clause.new' : 'proposal.lines')} hint={t('proposal.linesHint')}>
        {(control) => (
          <textarea
            {...control}
            rows={clauseOnly ? 2 : 4}
            maxLength={MAX_WORDING}
            // biome-ignore lint/a11y/noAutofocus: the form was asked for, and this is what it is for.
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <ButtonRow>
        <Button type="submit" disabled={clauses.length === 0}>
          {t(clauseOnly ? 'clause.addDone' : 'proposal.addDone')}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {common('cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
