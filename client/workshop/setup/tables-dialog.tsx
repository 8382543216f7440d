/** Why this file exists: groups by table: where each sits is written down once, in the order of the list. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import styles from './setup.module.css';
import type { Setup } from './use-setup.ts';

export function TablesDialog({ setup, onClose }: { setup: Setup; onClose(): void }) {
  const { t } = useTranslation('workshop');
  const { t: common } = useTranslation('common');
  const [tables, setTables] = useState(new Map(setup.tables));
  return (
    <Dialog title={t('tables')} onClose={onClose}>
      <form
        className={styles.tables}
        onSubmit={(event) => {
          event.preventDefault();
          setup.setTables(tables);
          onClose();
        }}
      >
        <p className="muted">{t('tablesHint')}</p>
        <ul>
          {setup.people.map(({ personId, name }, at) => (
            <li key={personId}>
              <label>
                <span>{name}</span>
                <input
                  data-autofocus={at === 0 ? true : undefined}
                  maxLength={12}
                  value={tables.get(personId) ?? ''}
                  onChange={(event) => setTables(new Map(tables).set(personId, event.target.value))}
                />
              </label>
            </li>
          ))}
        </ul>
        <DialogActions>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" type="submit">
            {t('tablesUse')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
