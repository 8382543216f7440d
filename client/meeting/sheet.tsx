/**
 * Why this file exists: what stands at the sides of a wide page comes as a sheet on a narrow one: the same content, in the
 * same order for the keyboard, opened from the bar at the bottom.
 *
 * Trap: the browser's own modal dialog lies above everything else on the page, so the menus of the rows in it would open
 * behind it, where no finger reaches them. The library's modal and its menus know of each other.
 */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/button.tsx';
import styles from './sheet.module.css';

/** A modal panel from below. Focus goes in and, when it closes, back. */
export function Sheet({ label, onClose, children }: { label: string; onClose(): void; children: ReactNode }) {
  const { t } = useTranslation('common');
  return (
    <ModalOverlay
      className={styles.overlay!}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={styles.sheet!}>
        <Dialog className={styles.inside!} aria-label={label}>
          <div className={styles.close}>
            <IconButton label={t('close')} onClick={onClose}>
              <X size={18} strokeWidth={1.75} aria-hidden />
            </IconButton>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
