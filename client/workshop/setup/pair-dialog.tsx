/** Why this file exists: two people who should be kept apart, or together, are chosen by name. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { api } from '../../api/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/field.tsx';
import page from '../../ui/page.module.css';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useWorkshopChange } from '../use-workshop.ts';
import type { Setup } from './use-setup.ts';

type Pairs = readonly (readonly [Id, Id])[];

const same = (a: readonly [Id, Id], b: readonly [Id, Id]): boolean => a.every((id) => b.includes(id));

/** Changes the pairs, and takes it back. Who is in both lists cannot be obeyed: the newest wish stands. */
export function usePairs(setup: Pick<Setup, 'workshop'>) {
  const { apart, together, meetingId, itemId } = setup.workshop;
  const text = useProblemText();
  const { toast } = useToasts();
  const change = useWorkshopChange((pairs: { apart: Pairs; together: Pairs }) =>
    api.workshop.update(
      { meetingId, itemId },
      {
        apart: pairs.apart.map(([a, b]): [Id, Id] => [a, b]),
        together: pairs.together.map(([a, b]): [Id, Id] => [a, b]),
      },
    ),
  );
  const put = (pairs: { apart: Pairs; together: Pairs }, message: string) =>
    change.mutate(pairs, {
      onError: (error) => toast({ message: text(error) }),
      onSuccess: () =>
        toast({
          message,
          undo: () => change.mutate({ apart, together }, { onError: (error) => toast({ message: text(error) }) }),
        }),
    });
  const without = (pair: readonly [Id, Id]) => ({
    apart: apart.filter((one) => !same(one, pair)),
    together: together.filter((one) => !same(one, pair)),
  });
  return {
    add(kind: 'apart' | 'together', pair: readonly [Id, Id], message: string) {
      const rest = without(pair);
      put({ ...rest, [kind]: [...rest[kind], pair] }, message);
    },
    remove: (pair: readonly [Id, Id], message: string) => put(without(pair), message),
  };
}

export function PairDialog({
  setup,
  kind,
  personId,
  onClose,
}: {
  setup: Setup;
  kind: 'apart' | 'together';
  /** The first of the two; `null` to choose both. */
  personId: Id | null;
  onClose(): void;
}) {
  const { t } = useTranslation('workshop');
  const { t: common } = useTranslation('common');
  const [one, setOne] = useState(personId ?? '');
  const [other, setOther] = useState('');
  const pairs = usePairs(setup);
  const options = (except: string) =>
    setup.meeting.participants
      .filter((person) => !person.roles.includes('screen') && person.personId !== except)
      .map((person) => (
        <option key={person.personId} value={person.personId}>
          {person.name}
        </option>
      ));
  return (
    <Dialog title={t(kind === 'apart' ? 'pairApartTitle' : 'pairTogetherTitle')} onClose={onClose}>
      <form
        className={page.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!one || !other) return;
          pairs.add(kind, [one, other], t('pairAdded'));
          onClose();
        }}
      >
        <SelectField
          label={t('pairOne')}
          required
          data-autofocus={personId === null ? true : undefined}
          value={one}
          onChange={(event) => setOne(event.target.value)}
        >
          <option value="">{t('choosePerson')}</option>
          {options(other)}
        </SelectField>
        <SelectField
          label={t('pairOther')}
          required
          data-autofocus={personId === null ? undefined : true}
          value={other}
          onChange={(event) => setOther(event.target.value)}
        >
          <option value="">{t('choosePerson')}</option>
          {options(one)}
        </SelectField>
        <DialogActions>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" type="submit">
            {t('pairSave')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
