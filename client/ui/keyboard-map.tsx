/** Why this file exists: `?` shows which keys act on the page one is on. */
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { shortcutsOn, useActiveShortcuts, useShortcuts } from './keyboard.ts';
import styles from './keyboard-map.module.css';

const OPEN_EVENT = 'radslag:keys';

/** Opens the map from anywhere, e.g. from a menu. */
export function showKeyboardMap(): void {
  document.dispatchEvent(new CustomEvent(OPEN_EVENT));
}

/** Mounted once; listens for `?` and {@link showKeyboardMap}. */
export function KeyboardMap() {
  const { t } = useTranslation('common');
  const [open, setOpen] = useState(false);
  const shortcuts = useActiveShortcuts();
  useShortcuts(useMemo(() => [{ key: '?', label: t('keys.show'), run: () => setOpen(true) }], [t]));
  useEffect(() => {
    const show = () => setOpen(true);
    document.addEventListener(OPEN_EVENT, show);
    return () => document.removeEventListener(OPEN_EVENT, show);
  }, []);
  if (!open) return null;
  return (
    <Dialog title={t('keys.title')} onClose={() => setOpen(false)}>
      <p className="muted">{t(shortcutsOn() ? 'keys.intro' : 'keys.off')}</p>
      <dl className={styles.map}>
        {shortcuts.map((shortcut) => (
          <div key={shortcut.key}>
            <dt>
              <kbd>{shortcut.key}</kbd>
            </dt>
            <dd>{shortcut.label}</dd>
          </div>
        ))}
      </dl>
      {shortcuts.length === 1 && <p className="muted">{t('keys.none')}</p>}
    </Dialog>
  );
}
