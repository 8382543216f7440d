/**
 * Why this file exists: the protocol as it will be printed, live: the paper in the middle, at the left what is missing in
 * it item by item and before it can be closed, above it the style and the files.
 */
import { ChevronDown, ChevronLeft, Download, Printer } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import type { Id } from '#shared/ids.ts';
import { MINUTES_STYLES, type MinutesStyle } from '#shared/minutes/document.ts';
import { minutesPrint } from '#shared/minutes/print.ts';
import { languageTag } from '#shared/minutes/words.ts';
import { isOfficer } from '#shared/policy.ts';
import { HEAD } from '#shared/signoff/parts.ts';
import { sealedPrint } from '#shared/signoff/print.ts';
import { useMeeting, useSession } from '../api/hooks.ts';
import { minutesFile } from '../api/minutes.ts';
import { ApiFailure } from '../api/request.ts';
import { may } from '../meeting/may.ts';
import { MeetingBar } from '../meeting/meeting-bar.tsx';
import { SavingTrouble } from '../meeting/saving-trouble.tsx';
import { useAgendaRoom } from '../meeting/use-meeting-room.ts';
import { paths } from '../navigation.ts';
import { PartMargin } from '../signoff/part-margin.tsx';
import { SignOffRecord } from '../signoff/record.tsx';
import { SealedDownloads, SignButtons, SignOffStanding } from '../signoff/sign-bar.tsx';
import { useSealed, useSignOff } from '../signoff/use-signoff.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Problem, Skeleton, useProblemText } from '../ui/problem.tsx';
import { Screen, SkipLink, useArrival, useTitle } from '../ui/screen.tsx';
import { useToasts } from '../ui/toast.tsx';
import styles from './minutes.module.css';
import { anchorOf, Paper } from './paper.tsx';
import { Rail } from './rail.tsx';
import { useMinutes, useMinutesStyle } from './use-minutes.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';

export function MinutesPage({ meetingId }: { meetingId: Id }) {
  const { t } = useTranslation('minutes');
  const meeting = useMeeting(meetingId);
  // Held while mounted: that is where the meeting tells of its changes.
  useAgendaRoom(meetingId);
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  if (!meeting.data)
    return (
      <Screen title={t('title')}>
        {meeting.error ? (
          <Problem error={meeting.error} onRetry={() => void meeting.refetch()} />
        ) : (
          <Skeleton label={t('loading')} lines={9} />
        )}
      </Screen>
    );
  return <Minutes meeting={meeting.data} />;
}

function Minutes({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation('minutes');
  const lang = i18n.language === 'en' ? 'en' : 'sv';
  // For those who may not choose for everybody: one's own copy in another style.
  const [own, setOwn] = useState<MinutesStyle | null>(null);
  const asked = useMemo(() => ({ lang, ...(own ? { style: own } : {}) }) as const, [lang, own]);
  const minutes = useMinutes(meeting.id, asked);
  const view = minutes.data;
  const signOff = useSignOff(meeting.id, may(meeting, 'export-minutes')).data;
  const sealed = useSealed(meeting.id, signOff?.revision?.n).data;
  // What is sealed is shown as it was sealed.
  const document = sealed?.document ?? view?.document;
  const print = useMemo(() => {
    if (sealed) return sealedPrint(sealed.document, { sha256: sealed.revision.sha256, of: 'whole' });
    return document ? minutesPrint(document) : null;
  }, [document, sealed]);
  const me = useSession().data?.person.id ?? '';
  // A signer approves what everybody sees, not one's own copy in another style.
  const beside = useMemo(() => {
    if (!signOff || !document || signOff.revision || own !== null || signOff.signers.length === 0) return undefined;
    return (anchor: string) => {
      const part = signOff.parts.find(({ id }) => anchor === (id === HEAD ? '' : anchorOf(id)));
      if (!part) return null;
      return (
        <PartMargin
          meetingId={meeting.id}
          me={me}
          timeZone={meeting.timeZone}
          view={signOff}
          part={part}
          document={document}
        />
      );
    };
  }, [signOff, document, own, meeting.id, meeting.timeZone, me]);
  const heading = useArrival<HTMLHeadingElement>();
  const desk = useRef<HTMLElement>(null);
  // Who has approved what stands beside the parts and may make them higher.
  const shown = useMemo(() => ({ print, signOff }), [print, signOff]);
  useSteadyScroll(desk, shown);
  useTitle(t('titleOf', { meeting: meeting.title }));
  return (
    <div className={styles.screen}>
      <SkipLink />
      <MeetingBar meeting={meeting} officer={isOfficer(meeting.myRoles)} />
      <SavingTrouble />
      <section className={styles.strip} aria-label={t('strip')}>
        <div>
          <Link className={styles.back} href={paths.meeting(meeting.id)}>
            <ChevronLeft size={15} strokeWidth={1.75} aria-hidden />
            {t('back')}
          </Link>
          <h1 ref={heading} tabIndex={-1}>
            {t('title')}
          </h1>
        </div>
        {view && (
          <>
            {signOff && <SignOffStanding view={signOff} />}
            {!sealed && (
              <StyleChoice
                meeting={meeting}
                shown={view.document.style}
                mayEdit={view.mayEdit}
                asked={asked}
                onOwn={setOwn}
              />
            )}
            <div className={styles.buttons}>
              {sealed ? (
                <SealedDownloads meetingId={meeting.id} n={sealed.revision.n} />
              ) : (
                <Downloads meetingId={meeting.id} asked={{ lang, style: view.document.style }} />
              )}
              {signOff && <SignButtons meetingId={meeting.id} me={me} view={signOff} lang={lang} />}
              <Button onClick={() => window.print()}>
                <Printer size={18} strokeWidth={1.75} aria-hidden />
                {t('print')}
              </Button>
            </div>
          </>
        )}
      </section>
      <div className={styles.columns}>
        {view && <Rail view={view} />}
        <main id="content" className={styles.desk} ref={desk} tabIndex={-1} data-signing={beside ? '' : undefined}>
          {document && print ? (
            <>
              {minutes.error && <Problem error={minutes.error} onRetry={() => void minutes.refetch()} />}
              <Paper print={print} label={t('paper')} lang={languageTag(document.language)} beside={beside} />
              {signOff && <SignOffRecord meeting={meeting} view={signOff} document={document} />}
            </>
          ) : minutes.error ? (
            may(meeting, 'export-minutes') ? (
              <Problem error={minutes.error} onRetry={() => void minutes.refetch()} />
            ) : (
              <p>{t('notYours')}</p>
            )
          ) : (
            <Skeleton label={t('loading')} lines={9} />
          )}
        </main>
      </div>
    </div>
  );
}

interface StyleChoiceProps {
  meeting: Meeting;
  shown: MinutesStyle;
  mayEdit: boolean;
  asked: Parameters<typeof useMinutesStyle>[1];
  onOwn(style: MinutesStyle): void;
}

function StyleChoice({ meeting, shown, mayEdit, asked, onOwn }: StyleChoiceProps) {
  const { t } = useTranslation('minutes');
  const { toast } = useToasts();
  const text = useProblemText();
  const id = useId();
  const choose = useMinutesStyle(meeting.id, asked);
  return (
    <div className={styles.style}>
      <label htmlFor={id}>{mayEdit ? t('style.label') : t('style.own')}</label>
      <select
        id={id}
        value={choose.isPending ? (choose.variables ?? shown) : shown}
        onChange={({ target }) => {
          const style = MINUTES_STYLES.find((name) => name === target.value);
          if (!style) return;
          if (mayEdit) choose.mutate(style, { onError: (error) => toast({ message: text(error) }) });
          else onOwn(style);
        }}
      >
        {MINUTES_STYLES.map((style) => (
          <option key={style} value={style}>
            {t(`style.${style}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Downloads({ meetingId, asked }: { meetingId: Id; asked: Parameters<typeof minutesFile>[2] }) {
  const { t } = useTranslation('minutes');
  const take = (href: string): void => {
    // The server sends it to be kept; the page stays.
    const link = document.createElement('a');
    link.href = href;
    link.download = '';
    link.click();
  };
  return (
    <Menu
      label={t('download.menu')}
      button={
        <AriaButton className={buttonClass({})}>
          <Download size={18} strokeWidth={1.75} aria-hidden />
          {t('download.button')}
          <ChevronDown size={15} strokeWidth={1.75} aria-hidden />
        </AriaButton>
      }
      actions={EXPORT_FORMATS.map((format) => ({
        id: format,
        label: t(`download.${format}`),
        onAction: () => take(minutesFile(meetingId, format, asked)),
      }))}
    />
  );
}
