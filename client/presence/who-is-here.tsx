/**
 * Why this file exists: "vem är här?" answered in sentences, for those who cannot look at the column of names or would
 * rather hear it.
 */
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';
import type { Delegation } from './assembly.ts';
import { type ItemName, personLine } from './person-state.ts';
import styles from './who-is-here.module.css';

export function WhoIsHere({
  delegations,
  itemName,
  onClose,
}: {
  delegations: readonly Delegation[];
  itemName: ItemName;
  onClose(): void;
}) {
  const { t } = useTranslation('presence');
  const { t: common } = useTranslation('common');
  const here = delegations.reduce((sum, delegation) => sum + delegation.here, 0);
  return (
    <Dialog title={t('whoTitle')} onClose={onClose}>
      <p data-autofocus tabIndex={-1}>
        {t('summary', { count: here })}
      </p>
      <dl className={styles.list}>
        {delegations.map(({ organisation, seats }) => (
          <div key={organisation?.id ?? 'none'}>
            <dt>{organisation?.name ?? t('noOrganisation')}</dt>
            <dd>
              {seats.some((seat) => seat.present)
                ? seats
                    .filter((seat) => seat.present)
                    .map((seat) => {
                      const { text } = personLine(seat, itemName, t, common);
                      const { name, roles } = seat.participant;
                      const shown = roles.includes('guest') ? `${name} (${common('role.guest')})` : name;
                      return text ? `${shown}, ${text}` : shown;
                    })
                    .join('. ')
                : t('nobody')}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
