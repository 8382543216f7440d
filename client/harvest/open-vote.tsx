/** Why this file exists: a vote is opened over the clusters as they are now, or over chosen contributions. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { CheckField, SelectField, TextField } from '../ui/field.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useBoard } from './board-context.ts';
import styles from './dialogs.module.css';
import { useVoteChange } from './use-votes.ts';

const MAX_LABEL = 240;

export function OpenVote() {
  const { t } = useTranslation('harvest');
  const { ask, clusters, clusterName, selected, data, workshop } = useBoard();
  const text = useProblemText();
  const { meetingId, itemId } = workshop;
  const shown = clusters.filter(({ cluster }) => !cluster.hidden);
  const [over, setOver] = useState<'clusters' | 'selected'>(shown.length === 0 ? 'selected' : 'clusters');
  const [title, setTitle] = useState(t('vote.defaultTitle'));
  const [dots, setDots] = useState('3');
  const [live, setLive] = useState(false);
  const [guests, setGuests] = useState(true);
  const choices =
    over === 'clusters'
      ? shown.map(({ cluster }) => ({ id: cluster.id, label: clusterName(cluster.id) }))
      : [...selected].flatMap((key) => {
          const one = data.byKey.get(key);
          return one ? [{ id: key, label: one.text.slice(0, MAX_LABEL) }] : [];
        });
  const open = useVoteChange(meetingId, itemId, () =>
    api.harvest.openVote(
      { meetingId, itemId },
      { title: title.trim(), dots: Number(dots), counts: live ? 'live' : 'hidden', guests, choices },
    ),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate(undefined, { onSuccess: () => ask(null) });
  };
  return (
    <Dialog title={t('vote.openTitle')} onClose={() => ask(null)}>
      <form className={styles.form} onSubmit={submit}>
        <SelectField
          label={t('vote.over')}
          value={over}
          onChange={(event) => setOver(event.target.value === 'selected' ? 'selected' : 'clusters')}
        >
          <option value="clusters" disabled={shown.length === 0}>
            {t('vote.overClusters', { count: shown.length })}
          </option>
          <option value="selected" disabled={selected.size === 0}>
            {t('vote.overSelected', { count: selected.size })}
          </option>
        </SelectField>
        <TextField
          label={t('vote.question')}
          value={title}
          maxLength={120}
          required
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextField
          label={t('vote.dots')}
          type="number"
          inputMode="numeric"
          min={1}
          max={20}
          required
          value={dots}
          onChange={(event) => setDots(event.target.value)}
        />
        <CheckField
          label={t('vote.live')}
          hint={t('vote.liveHint')}
          checked={live}
          onChange={(event) => setLive(event.target.checked)}
        />
        <CheckField label={t('vote.guests')} checked={guests} onChange={(event) => setGuests(event.target.checked)} />
        {open.error && <p role="alert">{text(open.error)}</p>}
        <DialogActions>
          <Button onClick={() => ask(null)}>{t('vote.cancel')}</Button>
          <Button
            type="submit"
            variant="primary"
            data-autofocus
            disabled={open.isPending || choices.length === 0 || title.trim() === ''}
          >
            {t('vote.start')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
