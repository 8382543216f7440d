/**
 * Why this file exists: `/g` and `/g/CODE`: the code, who one is, in. The code is looked up while it is typed; one that
 * came by the address is never asked for.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuestDoor, GuestPlace } from '#shared/guests/api.ts';
import { readCode } from '#shared/guests/code.ts';
import { LanguageSwitch } from '../account/language-switch.tsx';
import { ApiFailure } from '../api/request.ts';
import { BrandMark } from '../ui/brand.tsx';
import { CodeForm } from './code-form.tsx';
import { door, forgetKey, wayIn } from './door.ts';
import styles from './join.module.css';
import { cameBefore, rememberCame } from './remembered.ts';
import { Waiting } from './waiting.tsx';
import { WhoForm } from './who-form.tsx';

type Step =
  | { at: 'code' }
  | { at: 'who'; code: string; opens: GuestDoor }
  | { at: 'waiting'; place: GuestPlace }
  | { at: 'refused' };

/** The code in the address, or ''. */
function codeInAddress(): string {
  const typed = /^\/g\/([^/]+)$/.exec(location.pathname)?.[1] ?? '';
  try {
    return readCode(decodeURIComponent(typed)) ?? decodeURIComponent(typed).slice(0, 12);
  } catch {
    return '';
  }
}

function goIn(place: GuestPlace): void {
  rememberCame(true);
  location.assign(wayIn(place));
}

export function JoinPage() {
  const { t } = useTranslation('guest');
  const [step, setStep] = useState<Step>({ at: 'code' });
  const [code, setCode] = useState(codeInAddress);
  /** The meeting one is in already, from this browser. */
  const [inside, setInside] = useState<GuestPlace | null>(null);
  const [out, setOut] = useState(false);
  const title = step.at === 'who' ? step.opens.title : step.at === 'waiting' ? step.place.title : '';

  useEffect(() => {
    document.title = `${title || t('title')} – Rådslag`;
  }, [title, t]);

  useEffect(() => {
    if (!cameBefore()) return;
    door.place().then(
      (place) => (place.state === 'waiting' ? setStep({ at: 'waiting', place }) : setInside(place)),
      (error: unknown) => {
        if (error instanceof ApiFailure && (error.code === 'not-signed-in' || error.code === 'not-found')) {
          rememberCame(false);
          setOut(true);
        }
      },
    );
  }, []);

  // Each step begins with its heading, for those who hear the page; the first one where the browser begins.
  const main = useRef<HTMLElement>(null);
  const at = step.at;
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.querySelector<HTMLElement>(`[data-step="${at}"] h1`)?.focus();
  }, [at]);

  const found = useCallback((typed: string, opens: GuestDoor) => {
    setStep({ at: 'who', code: typed, opens });
  }, []);
  const joined = useCallback((place: GuestPlace) => {
    forgetKey();
    rememberCame(true);
    if (place.state === 'in') goIn(place);
    else setStep({ at: 'waiting', place });
  }, []);

  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <span className={styles.brand}>
          <BrandMark />
          <span>Rådslag</span>
        </span>
        <LanguageSwitch />
      </header>
      <main className={styles.main} id="content" ref={main}>
        <div data-step={at} className={styles.step}>
          {inside && (step.at === 'code' || step.at === 'who') && (
            <p className={styles.inside}>
              <span>{t('inside', { title: inside.title })}</span>
              <a href={wayIn(inside)}>{t('goOn')}</a>
            </p>
          )}
          {out && step.at === 'code' && <p className={styles.inside}>{t('out')}</p>}
          {step.at === 'code' && <CodeForm code={code} onCode={setCode} onFound={found} />}
          {step.at === 'who' && (
            <WhoForm
              code={step.code}
              opens={step.opens}
              onJoined={joined}
              onDead={() => setStep({ at: 'code' })}
              onBack={() => {
                setCode('');
                setStep({ at: 'code' });
              }}
            />
          )}
          {step.at === 'waiting' && (
            <Waiting
              place={step.place}
              onIn={goIn}
              onRefused={() => {
                rememberCame(false);
                setStep({ at: 'refused' });
              }}
            />
          )}
          {step.at === 'refused' && (
            <div className={styles.form}>
              <h1 tabIndex={-1}>{t('refused.title')}</h1>
              <p className={styles.lead}>{t('refused.text')}</p>
              <div className={styles.push}>
                <button type="button" className={styles.again} onClick={() => setStep({ at: 'code' })}>
                  {t('refused.again')}
                </button>
              </div>
            </div>
          )}
        </div>
      </main>
    </div>
  );
}
