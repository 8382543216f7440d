/**
 * Why this file exists: most of the time one only wants to see what it is. Pictures are shown here, and a PDF in which nothing can act
 * in the browser's own viewer; of everything else there is the file.
 */
import { useTranslation } from 'react-i18next';
import type { AttachmentView } from '#shared/attachments/api.ts';
import { isImageType } from '#shared/attachments/kinds.ts';
import { attachmentLabel } from '#shared/attachments/words.ts';
import type { Id } from '#shared/ids.ts';
import type { Language } from '#shared/terms.ts';
import { contentAddress } from '../api/attachments.ts';
import { buttonClass } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import styles from './attachments.module.css';
import { useAbout } from './words.ts';

export function Preview({ meetingId, one, onClose }: { meetingId: Id; one: AttachmentView; onClose(): void }) {
  const { t, i18n } = useTranslation('attachments');
  const about = useAbout();
  const of = { meetingId, itemId: one.itemId, attachmentId: one.id };
  const label = attachmentLabel(one.number, i18n.language as Language);
  const shown = one.plain && !one.gone;
  return (
    <Dialog title={`${label} ${one.name}`} onClose={onClose} wide>
      <p className={styles.about}>
        {about(one)}
        {one.byName !== '' && `, ${t('by', { name: one.byName })}`}
      </p>
      {shown && isImageType(one.mediaType) && (
        <img className={styles.picture} src={contentAddress(of, true)} alt={one.name} />
      )}
      {shown && one.kind === 'pdf' && (
        <iframe className={styles.pdf} src={`${contentAddress(of, true)}#navpanes=0`} title={one.name} />
      )}
      {!shown && (
        <p className={styles.unshown}>{t(one.gone ? 'gone' : one.kind === 'pdf' ? 'activePdf' : 'notShown')}</p>
      )}
      {!one.gone && (
        <DialogActions>
          <a
            className={buttonClass({ variant: 'primary' })}
            href={contentAddress(of)}
            download={one.name}
            data-autofocus
          >
            {t('download')}
          </a>
        </DialogActions>
      )}
    </Dialog>
  );
}
