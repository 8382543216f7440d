/** Why this file exists: adding a row is one choice of kind; an empty agenda offers the rows nearly every meeting has. */
import { Plus } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ITEM_KINDS, type ItemKind } from '#shared/agenda.ts';
import { buttonClass, Button as PlainButton } from '../ui/button.tsx';
import { Menu, type MenuAction } from '../ui/menu.tsx';
import styles from './agenda.module.css';

/** What people add most often comes first; what shapes the list comes last, behind a line. */
const USUAL = ITEM_KINDS.filter((kind) => kind !== 'section' && kind !== 'break');

export function NewItem({ onAdd }: { onAdd(kind: ItemKind): void }) {
  const { t } = useTranslation('agenda');
  const choice = (kind: ItemKind): MenuAction => ({ id: kind, label: t(`kind.${kind}`), onAction: () => onAdd(kind) });
  return (
    <Menu
      label={t('add.menu')}
      button={
        <Button className={buttonClass({ variant: 'quiet', size: 'small' })}>
          <Plus size={16} strokeWidth={1.75} aria-hidden />
          {t('add.button')}
        </Button>
      }
      actions={[...USUAL.map(choice), null, choice('section'), choice('break')]}
    />
  );
}

const STANDING = [
  { kind: 'previousMinutes', words: 'standing.previousMinutes' },
  { kind: 'information', words: 'standing.nationalInformation' },
  { kind: 'otherBusiness', words: 'standing.otherBusiness' },
] as const;

/** What stands where the rows would be while there are none. */
export function EmptyAgenda({ onAdd }: { onAdd: ((kind: ItemKind, title: string) => void) | null }) {
  const { t } = useTranslation('agenda');
  return (
    <div className={styles.empty}>
      <p>
        <b>{t('empty.title')}</b>
      </p>
      <p className="muted">{t(onAdd ? 'empty.write' : 'empty.read')}</p>
      {onAdd && (
        <ul>
          {STANDING.map(({ kind, words }) => (
            <li key={kind}>
              <PlainButton size="small" onClick={() => onAdd(kind, t(words))}>
                <Plus size={16} strokeWidth={1.75} aria-hidden />
                {t(words)}
              </PlainButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
