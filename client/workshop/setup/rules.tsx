/** Why this file exists: what goes on by itself: who should be apart or together, who comes late, who may choose, who may read. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api.ts';
import { Button, ButtonRow, IconButton } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useWorkshopChange } from '../use-workshop.ts';
import { PairDialog, usePairs } from './pair-dialog.tsx';
import styles from './setup.module.css';
import type { Setup } from './use-setup.ts';

type Patch = Parameters<typeof api.workshop.update>[1];

export function Rules({ setup }: { setup: Setup }) {
  const { t } = useTranslation('workshop');
  const text = useProblemText();
  const { toast } = useToasts();
  const { workshop, nameOf } = setup;
  const [adding, setAdding] = useState<'apart' | 'together' | null>(null);
  const pairs = usePairs(setup);
  const change = useWorkshopChange((patch: Patch) =>
    api.workshop.update({ meetingId: workshop.meetingId, itemId: workshop.itemId }, patch),
  );
  const put = (patch: Patch) => change.mutate(patch, { onError: (error) => toast({ message: text(error) }) });
  const share = Math.max(1, Math.ceil(setup.people.length / Math.max(1, setup.groups.length)));
  return (
    <section className={styles.rules} aria-labelledby="rules">
      <h2 id="rules">{t('rules')}</h2>
      <CheckField
        label={t('latecomers')}
        hint={t('latecomersHint')}
        checked={workshop.latecomers === 'smallest'}
        onChange={(event) => put({ latecomers: event.target.checked ? 'smallest' : 'manual' })}
      />
      <div>
        <CheckField
          label={t('selfSelect')}
          hint={t('selfSelectHint')}
          checked={workshop.selfSelectCap > 0}
          onChange={(event) => put({ selfSelectCap: event.target.checked ? share : 0 })}
        />
        {workshop.selfSelectCap > 0 && (
          <label className={styles.cap}>
            {t('selfSelectCap')}
            <input
              key={workshop.selfSelectCap}
              type="number"
              inputMode="numeric"
              min={1}
              max={500}
              defaultValue={workshop.selfSelectCap}
              onBlur={(event) => {
                const cap = Math.max(1, Math.min(500, Math.round(Number(event.target.value) || 1)));
                if (cap !== workshop.selfSelectCap) put({ selfSelectCap: cap });
              }}
            />
          </label>
        )}
      </div>
      <CheckField
        label={t('opened')}
        hint={t('openedHint')}
        checked={workshop.opened}
        onChange={(event) => put({ opened: event.target.checked })}
      />
      <h3>{t('pairs')}</h3>
      {workshop.apart.length + workshop.together.length === 0 && <p className="muted">{t('noPairs')}</p>}
      <ul className={styles.pairs}>
        {(['apart', 'together'] as const).flatMap((kind) =>
          workshop[kind].map((pair) => {
            const names = { one: nameOf(pair[0]), other: nameOf(pair[1]) };
            return (
              <li key={`${kind} ${pair.join(' ')}`}>
                <span>{t(kind === 'apart' ? 'areApart' : 'areTogether', names)}</span>
                <IconButton
                  size="small"
                  label={t('pairRemove', names)}
                  onClick={() => pairs.remove(pair, t('pairRemoved'))}
                >
                  <X size={16} strokeWidth={1.75} aria-hidden />
                </IconButton>
              </li>
            );
          }),
        )}
      </ul>
      <ButtonRow>
        <Button size="small" onClick={() => setAdding('apart')}>
          {t('pairApart')}
        </Button>
        <Button size="small" onClick={() => setAdding('together')}>
          {t('pairTogether')}
        </Button>
      </ButtonRow>
      {adding && <PairDialog setup={setup} kind={adding} personId={null} onClose={() => setAdding(null)} />}
    </section>
  );
}
