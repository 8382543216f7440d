/** Why this file exists: an item can come to more than a decision on what was proposed: every other outcome, in one menu. */
import { ChevronDown } from 'lucide-react';
import { Button as MenuButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { OUTCOMES, type Outcome } from '#shared/decisions/decision.ts';
import { buttonClass } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';

export function OutcomesMenu({ onDecide }: { onDecide(outcome: Outcome): void }) {
  const { t } = useTranslation('decisions');
  return (
    <Menu
      label={t('outcomes')}
      button={
        <MenuButton className={buttonClass({})}>
          {t('outcomes')}
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
        </MenuButton>
      }
      actions={OUTCOMES.map((outcome) => ({
        id: outcome,
        label: t(`outcomeMenu.${outcome}`),
        onAction: () => onDecide(outcome),
      }))}
    />
  );
}
