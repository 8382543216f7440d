/** Why this file exists: a reservation, a dissenting opinion or a statement is announced beside a decision, before the meeting ends. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { type Decision, DISSENT_KINDS, type DissentKind } from '#shared/decisions/decision.ts';
import type { Id } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import { type DecisionsOf, decisionsApi } from '../api/decisions.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import styles from './decisions.module.css';
import { useDecisionChange } from './use-decisions.ts';

interface DissentProps {
  meeting: Meeting;
  of: DecisionsOf;
  decision: Decision;
  ownId: Id;
  onClose(): void;
}

export function DissentDialog({ meeting, of, decision, ownId, onClose }: DissentProps) {
  const { t } = useTranslation('decisions');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const [kind, setKind] = useState<DissentKind>('reservation');
  const [personId, setPersonId] = useState(ownId);
  const [text, setText] = useState('');
  const add = useDecisionChange(of, (input: { kind: DissentKind; personId: Id; text: string }) =>
    decisionsApi.dissent({ ...of, decisionId: decision.id }, input),
  );
  return (
    <Dialog title={t('dissent.title')} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) add.mutate({ kind, personId, text }, { onSuccess: onClose });
        }}
      >
        {add.error && <Notice tone="refuse">{problem(add.error)}</Notice>}
        <SelectField
          label={t('dissent.kind')}
          value={kind}
          onChange={(event) => setKind(DISSENT_KINDS.find((one) => one === event.target.value) ?? kind)}
        >
          {DISSENT_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`dissentKind.${one}`)}
            </option>
          ))}
        </SelectField>
        {isOfficer(meeting.myRoles) && (
          <SelectField label={t('dissent.who')} value={personId} onChange={(event) => setPersonId(event.target.value)}>
            {meeting.participants.map((one) => (
              <option key={one.personId} value={one.personId}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
        <Field label={t('dissent.text')}>
          {(control) => (
            <textarea
              {...control}
              rows={4}
              required
              maxLength={4000}
              data-autofocus
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <DialogActions>
          <Button type="submit" variant="primary" disabled={add.isPending || !text.trim()}>
            {t('dissent.done')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
