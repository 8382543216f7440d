/** Why this file exists: the lobby from outside. The page asks until somebody has let one in, also with the phone asleep. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuestPlace } from '#shared/guests/api.ts';
import { ApiFailure } from '../api/request.ts';
import { door } from './door.ts';
import styles from './join.module.css';

const ASK_MS = 2_000;

export interface WaitingProps {
  place: GuestPlace;
  onIn(place: GuestPlace): void;
  onRefused(): void;
}

export function Waiting({ place, onIn, onRefused }: WaitingProps) {
  const { t } = useTranslation('guest');
  const heard = useRef({ onIn, onRefused });
  heard.current = { onIn, onRefused };

  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      clearTimeout(timer);
      try {
        const now = await door.place();
        if (over) return;
        if (now.state === 'in') {
          over = true;
          return heard.current.onIn(now);
        }
      } catch (error) {
        if (over) return;
        if (error instanceof ApiFailure && (error.code === 'not-signed-in' || error.code === 'not-found')) {
          over = true;
          return heard.current.onRefused();
        }
        // The network is gone for the moment: it goes on asking.
      }
      timer = setTimeout(() => void ask(), ASK_MS);
    };
    // A phone that wakes up asks at once.
    const woken = () => document.visibilityState === 'visible' && !over && void ask();
    timer = setTimeout(() => void ask(), ASK_MS);
    document.addEventListener('visibilitychange', woken);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', woken);
    };
  }, []);

  return (
    <div className={styles.form}>
      <p className={styles.meeting}>
        <b>{place.title}</b>
      </p>
      <h1 tabIndex={-1}>{t('waiting.title')}</h1>
      <p className={styles.lead} role="status">
        {t('waiting.text')}
      </p>
      <span className={styles.pulse} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <p className="muted">{t('waiting.stay')}</p>
    </div>
  );
}
