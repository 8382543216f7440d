/** Why this file exists: what one does about the floor for oneself: ask for it, answer who speaks, take it back. */
import { Hand, MessageSquareReply } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FloorView } from '#shared/floor/api.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import styles from './floor.module.css';
import type { OwnFloor } from './own.ts';
import type { FloorActions } from './use-floor.ts';

const ICON = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

export function OwnButtons({ floor, own, actions }: { floor: FloorView; own: OwnFloor; actions: FloorActions }) {
  const { t } = useTranslation('floor');
  const { speech, rejoinder, speaking } = own;
  if (!floor.maySpeak && !speech && !rejoinder) return null;
  return (
    <div className={styles.own}>
      {speaking && <p className={styles.ownPlace}>{t('speaking')}</p>}
      {rejoinder && <p className={styles.ownPlace}>{t('placeReply', { n: rejoinder.n })}</p>}
      {speech && <p className={styles.ownPlace}>{t('place', { n: speech.n })}</p>}
      <ButtonRow>
        {own.mayAsk && (
          <Button
            variant={floor.runs || speaking ? 'plain' : 'primary'}
            disabled={actions.pending}
            onClick={() => actions.ask('speech')}
          >
            <Hand {...ICON} />
            {t(speaking ? 'askAgain' : 'ask')}
          </Button>
        )}
        {own.mayReply && (
          <Button
            disabled={actions.pending}
            aria-label={t('replyTo', { name: floor.speaker?.person ?? '' })}
            onClick={() => actions.ask('rejoinder')}
          >
            <MessageSquareReply {...ICON} />
            {t('reply')}
          </Button>
        )}
        {rejoinder && (
          <Button disabled={actions.pending} onClick={() => actions.withdraw(rejoinder.requestId)}>
            {t('withdrawReply')}
          </Button>
        )}
        {speech && (
          <Button disabled={actions.pending} onClick={() => actions.withdraw(speech.requestId)}>
            {t('withdraw')}
          </Button>
        )}
      </ButtonRow>
    </div>
  );
}
