/** Why this file exists: naming, tagging, merging, promoting twice: what has to be asked first is asked here, one at a time. */
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import { cleanName, cleanTag, MAX_CLUSTER_NAME, MAX_TAG } from '#shared/workshop/harvest.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { BallotDialog } from './ballot.tsx';
import { type Asking, useBoard } from './board-context.ts';
import styles from './dialogs.module.css';
import { OpenVote } from './open-vote.tsx';
import { Trace } from './trace.tsx';

/** The dialog for what is asked; it closes itself. */
export function BoardDialog({ asking }: { asking: Asking }) {
  switch (asking.what) {
    case 'name':
      return <NameDialog cluster={asking.cluster} keys={asking.keys} />;
    case 'tags':
      return <TagsDialog keys={asking.keys} />;
    case 'merge':
      return <MergeDialog cluster={asking.cluster} />;
    case 'twice':
      return <TwiceDialog count={asking.count} again={asking.again} />;
    case 'trace':
      return <Trace contributionKey={asking.key} />;
    case 'openVote':
      return <OpenVote />;
    case 'ballot':
      return <BallotDialog />;
  }
}

function NameDialog({ cluster, keys }: { cluster: Id | null; keys: readonly ContributionKey[] }) {
  const { t } = useTranslation('harvest');
  const { act, ask, clusters, data } = useBoard();
  const [name, setName] = useState(
    cluster === null
      ? t('newClusterName', { number: clusters.length + 1 })
      : (data.harvest.byId.get(cluster)?.name ?? ''),
  );
  const clean = cleanName(name);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (clean === '') return;
    if (cluster === null) act.add(clean, keys);
    else act.rename(cluster, clean);
    ask(null);
  };
  return (
    <Dialog title={t(cluster === null ? 'name.titleNew' : 'name.title')} onClose={() => ask(null)}>
      <form className={styles.form} onSubmit={save}>
        <TextField
          label={t('name.label')}
          value={name}
          maxLength={MAX_CLUSTER_NAME}
          data-autofocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        <DialogActions>
          <Button onClick={() => ask(null)}>{t('name.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={clean === ''}>
            {t(cluster === null ? 'name.make' : 'name.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function TagsDialog({ keys }: { keys: readonly ContributionKey[] }) {
  const { t } = useTranslation('harvest');
  const { act, ask, data } = useBoard();
  const [tag, setTag] = useState('');
  const own = [...new Set(keys.flatMap((key) => data.harvest.tags.get(key) ?? []))];
  const known = [...new Set([...data.harvest.tags.values()].flat())].filter((one) => !own.includes(one)).sort();
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (cleanTag(tag) === '') return;
    act.tag(keys, tag, true);
    setTag('');
  };
  return (
    <Dialog title={t('tags.title')} onClose={() => ask(null)}>
      <form className={styles.form} onSubmit={add}>
        {own.length === 0 ? (
          <p className="muted">{t('tags.none')}</p>
        ) : (
          <ul className={styles.tags}>
            {own.map((one) => (
              <li key={one}>
                #{one}
                <button
                  type="button"
                  aria-label={t('tags.remove', { tag: one })}
                  onClick={() => act.tag(keys, one, false)}
                >
                  <X size={14} strokeWidth={1.75} aria-hidden />
                </button>
              </li>
            ))}
          </ul>
        )}
        <TextField
          label={t('tags.label')}
          value={tag}
          maxLength={MAX_TAG}
          list="known-tags"
          data-autofocus
          onChange={(event) => setTag(event.target.value)}
        />
        <datalist id="known-tags">
          {known.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <DialogActions>
          <Button onClick={() => ask(null)}>{t('tags.close')}</Button>
          <Button type="submit" variant="primary" disabled={cleanTag(tag) === ''}>
            {t('tags.add')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function MergeDialog({ cluster }: { cluster: Id }) {
  const { t } = useTranslation('harvest');
  const { act, ask, clusters, clusterName } = useBoard();
  const others = clusters.filter((one) => one.cluster.id !== cluster);
  const [into, setInto] = useState<Id>(others[0]?.cluster.id ?? '');
  return (
    <Dialog title={t('mergeDialog.title', { name: clusterName(cluster) })} onClose={() => ask(null)}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (into !== '') act.merge(cluster, into);
          ask(null);
        }}
      >
        <p>{t('mergeDialog.text')}</p>
        <SelectField
          label={t('mergeDialog.label')}
          value={into}
          data-autofocus
          onChange={(event) => setInto(event.target.value)}
        >
          {others.map((one) => (
            <option key={one.cluster.id} value={one.cluster.id}>
              {clusterName(one.cluster.id)}
            </option>
          ))}
        </SelectField>
        <DialogActions>
          <Button onClick={() => ask(null)}>{t('name.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={into === ''}>
            {t('mergeDialog.do')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function TwiceDialog({ count, again }: { count: number; again(): void }) {
  const { t } = useTranslation('harvest');
  const { ask } = useBoard();
  return (
    <Dialog title={t('twice.title')} onClose={() => ask(null)}>
      <p>{t('twice.text', { count })}</p>
      <DialogActions>
        <Button
          onClick={() => {
            again();
            ask(null);
          }}
        >
          {t('twice.again')}
        </Button>
        <Button variant="primary" data-autofocus onClick={() => ask(null)}>
          {t('twice.leave')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
