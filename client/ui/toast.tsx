/** Why this file exists: undo instead of "are you sure". A toast says what happened and offers the way back. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './toast.module.css';

export interface ToastMessage {
  message: string;
  /** Takes it back. */
  undo?: () => void;
}

const ToastContext = createContext<(toast: ToastMessage) => void>(() => {});
const SHOWN_MS = 8000;

/** Shows one message at a time, politely announced; it stays while the pointer or focus is on it. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('common');
  const [shown, setShown] = useState<(ToastMessage & { id: number }) | null>(null);
  const next = useRef(0);
  const held = useRef(false);
  const show = useCallback((toast: ToastMessage) => {
    next.current += 1;
    setShown({ ...toast, id: next.current });
  }, []);

  useEffect(() => {
    if (!shown) return;
    const timer = setInterval(() => {
      if (!held.current) setShown((now) => (now?.id === shown.id ? null : now));
    }, SHOWN_MS);
    return () => clearInterval(timer);
  }, [shown]);

  return (
    <ToastContext value={show}>
      {children}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only notes whether somebody is reading it. */}
      <div
        className={styles.region}
        // An open sheet neither hides it nor closes when it is pressed.
        data-react-aria-top-layer="true"
        onPointerEnter={() => {
          held.current = true;
        }}
        onPointerLeave={() => {
          held.current = false;
        }}
        onFocus={() => {
          held.current = true;
        }}
        onBlur={() => {
          held.current = false;
        }}
      >
        <div role="status">
          {shown && (
            <p className={styles.toast} key={shown.id}>
              <span>{shown.message}</span>
              {shown.undo && (
                <button
                  type="button"
                  onClick={() => {
                    shown.undo?.();
                    setShown(null);
                  }}
                >
                  {t('undo')}
                </button>
              )}
            </p>
          )}
        </div>
      </div>
    </ToastContext>
  );
}

/** `toast({message, undo})`. */
export function useToasts(): { toast(message: ToastMessage): void } {
  const toast = useContext(ToastContext);
  return useMemo(() => ({ toast }), [toast]);
}
