/** Why this file exists: a projector that belongs to nobody is opened by a link, which is shown once and can be ended. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import styles from './remote.module.css';
import { useEndLink, useMakeLink } from './use-projector.ts';

export function ProjectorLinkSection({ meeting, linkedAt }: { meeting: Meeting; linkedAt: number | null }) {
  const { t, i18n } = useTranslation('projector');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const { toast } = useToasts();
  const make = useMakeLink(meeting.id);
  const end = useEndLink(meeting.id);
  const [copied, setCopied] = useState(false);
  const onError = (error: Error) => toast({ message: text(error) });
  const url = make.data?.url;

  const copy = async (address: string) => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      // Over plain http there is no clipboard: the field is there to be copied from.
    }
  };
  return (
    <section className={styles.link} aria-labelledby="projector-link">
      <h3 id="projector-link">{t('remote.link.title')}</h3>
      {url ? (
        <>
          <p>{t('remote.link.shown')}</p>
          <div className={styles.linkBox}>
            <input aria-label={common('link')} readOnly value={url} onFocus={(event) => event.target.select()} />
            <Button onClick={() => void copy(url)}>{common(copied ? 'copied' : 'copy')}</Button>
          </div>
        </>
      ) : (
        <p>
          {linkedAt === null
            ? t('remote.link.none')
            : t('remote.link.inUse', { time: clock(linkedAt, i18n.language, meeting.timeZone) })}
        </p>
      )}
      <ButtonRow>
        <Button
          disabled={make.isPending}
          onClick={() => {
            setCopied(false);
            make.mutate(undefined, { onError });
          }}
        >
          {t(linkedAt === null ? 'remote.link.make' : 'remote.link.another')}
        </Button>
        {linkedAt !== null && (
          <Button
            variant="quiet"
            disabled={end.isPending}
            onClick={() =>
              end.mutate(undefined, {
                onError,
                onSuccess: () => {
                  make.reset();
                  toast({ message: t('remote.link.ended') });
                },
              })
            }
          >
            {t('remote.link.end')}
          </Button>
        )}
      </ButtonRow>
      <p className="sr" role="status">
        {copied ? common('copied') : ''}
      </p>
    </section>
  );
}
