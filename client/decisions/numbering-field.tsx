/** Why this file exists: how the body numbers its decisions is seen, and set, where the next number is given. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { NUMBERING_POLICIES } from '#shared/decisions/decision.ts';
import { decisionsApi } from '../api/decisions.ts';
import { may } from '../meeting/may.ts';
import { SelectField } from '../ui/field.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { bodyKeyOf } from './use-decisions.ts';

export function NumberingField({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('decisions');
  const problem = useProblemText();
  const queries = useQueryClient();
  const body = useQuery({ queryKey: bodyKeyOf(meeting.id), queryFn: () => decisionsApi.body(meeting.id) });
  const change = useMutation({
    mutationFn: (numbering: (typeof NUMBERING_POLICIES)[number]) => decisionsApi.changeBody(meeting.id, { numbering }),
    onSuccess: (view) => queries.setQueryData(bodyKeyOf(meeting.id), view),
  });
  return (
    <SelectField
      label={t('numbering.label')}
      hint={meeting.body ? t('numbering.hint', { body: meeting.body }) : undefined}
      error={change.error ? problem(change.error) : null}
      value={body.data?.numbering ?? ''}
      disabled={!body.data || !may(meeting, 'edit-header') || change.isPending}
      onChange={(event) => {
        const numbering = NUMBERING_POLICIES.find((one) => one === event.target.value);
        if (numbering) change.mutate(numbering);
      }}
    >
      {NUMBERING_POLICIES.map((one) => (
        <option key={one} value={one}>
          {t(`numbering.${one}`)}
        </option>
      ))}
    </SelectField>
  );
}
