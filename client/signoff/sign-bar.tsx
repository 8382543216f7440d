/**
 * Why this file exists: at the top of the protocol stands how far the signing has come, and the one thing to do next:
 * approve what is left, lock it, or, when it is locked, take it along.
 */
import { Check, ChevronDown, Download, Lock } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import type { Id } from '#shared/ids.ts';
import type { SignOffView } from '#shared/signoff/api.ts';
import { sealedFile } from '../api/signoff.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { SealDialog } from './seal-dialog.tsx';
import styles from './signoff.module.css';
import { takeFile } from './take-file.ts';
import { useStep } from './use-signoff.ts';

/** How far it has come, in words. */
export function SignOffStanding({ view }: { view: SignOffView }) {
  const { t } = useTranslation('signoff');
  if (view.revision)
    return (
      <p className={styles.standing}>
        <Lock size={15} strokeWidth={1.75} aria-hidden />
        <a href="#sealed">{t('sealed', { hash: view.revision.sha256.slice(0, 12) })}</a>
      </p>
    );
  if (view.signers.length === 0) return null;
  const done = view.parts.filter(({ approved }) => approved).length;
  const open = view.left.suggestions.length;
  return (
    <p className={styles.standing} role="status">
      {t('standing', { done, all: view.parts.length })}
      {open > 0 && ` · ${t('open', { count: open })}`}
    </p>
  );
}

interface SignButtonsProps {
  meetingId: Id;
  me: Id;
  view: SignOffView;
  lang: 'sv' | 'en';
}

export function SignButtons({ meetingId, me, view, lang }: SignButtonsProps) {
  const { t } = useTranslation('signoff');
  const { toast } = useToasts();
  const text = useProblemText();
  const step = useStep(meetingId);
  const [sealing, setSealing] = useState(false);
  const mine = view.parts.filter(({ approvals }) => !approvals.some((one) => one.personId === me && one.current));
  return (
    <>
      {view.may.sign && mine.length > 0 && (
        <Button
          disabled={step.isPending}
          onClick={() =>
            step.mutate(
              { do: 'approve', parts: mine.map(({ id, hash }) => ({ id, hash })) },
              { onError: (error) => toast({ message: text(error) }) },
            )
          }
        >
          <Check size={18} strokeWidth={1.75} aria-hidden />
          {mine.length === view.parts.length ? t('approveAll') : t('approveRest', { count: mine.length })}
        </Button>
      )}
      {view.may.seal && (
        <Button onClick={() => setSealing(true)}>
          <Lock size={18} strokeWidth={1.75} aria-hidden />
          {t('seal')}
        </Button>
      )}
      {sealing && <SealDialog meetingId={meetingId} view={view} lang={lang} onClose={() => setSealing(false)} />}
    </>
  );
}

/** The sealed protocol in every format, and all of it in one archive. */
export function SealedDownloads({ meetingId, n }: { meetingId: Id; n: number }) {
  const { t } = useTranslation('signoff');
  const { t: minutes } = useTranslation('minutes');
  return (
    <Menu
      label={minutes('download.menu')}
      button={
        <AriaButton className={buttonClass({})}>
          <Download size={18} strokeWidth={1.75} aria-hidden />
          {minutes('download.button')}
          <ChevronDown size={15} strokeWidth={1.75} aria-hidden />
        </AriaButton>
      }
      actions={[
        ...EXPORT_FORMATS.map((format) => ({
          id: format,
          label: minutes(`download.${format}`),
          onAction: () => takeFile(sealedFile(meetingId, n, format)),
        })),
        null,
        { id: 'zip', label: t('package'), onAction: () => takeFile(sealedFile(meetingId, n, 'zip')) },
      ]}
    />
  );
}
