/**
 * Why this file exists: the notice of a meeting: as it will be or as it was sent in the middle, and at its left what there is
 * to do with it: one's own reply, and for those who run the meeting whom it calls, what it says, how far it has come.
 */
import { ChevronLeft, Send } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { languageTag } from '#shared/minutes/words.ts';
import type { NoticeView } from '#shared/notice/api.ts';
import { noticePrint } from '#shared/notice/print.ts';
import { isOfficer } from '#shared/policy.ts';
import { useAgenda } from '../agenda/use-agenda.ts';
import { useMeeting, useSession } from '../api/hooks.ts';
import { noticeApi } from '../api/notice.ts';
import { ApiFailure } from '../api/request.ts';
import { may } from '../meeting/may.ts';
import { MeetingBar } from '../meeting/meeting-bar.tsx';
import { SavingTrouble } from '../meeting/saving-trouble.tsx';
import { useAgendaRoom } from '../meeting/use-meeting-room.ts';
import minutes from '../minutes/minutes.module.css';
import { Paper } from '../minutes/paper.tsx';
import { paths } from '../navigation.ts';
import { Button } from '../ui/button.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen, SkipLink, useArrival, useTitle } from '../ui/screen.tsx';
import styles from './notice.module.css';
import { PeopleSection } from './people-section.tsx';
import { PrepareSection } from './prepare-section.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { ReplyForm } from './reply-form.tsx';
import { replyWords } from './reply-words.ts';
import { type NoticeActions, useDraftOf, useNoticeActions, useNoticeView } from './use-notice.ts';
import { VersionsSection } from './versions-section.tsx';

export function NoticePage({ meetingId }: { meetingId: Id }) {
  const { t } = useTranslation('notice');
  const meeting = useMeeting(meetingId);
  const view = useNoticeView(meetingId);
  const room = useAgendaRoom(meetingId);
  const error = meeting.error ?? view.error;
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  if (!meeting.data || !view.data)
    return (
      <Screen title={t('title')}>
        {error ? (
          <Problem error={error} onRetry={() => void Promise.all([meeting.refetch(), view.refetch()])} />
        ) : (
          <Skeleton label={t('loading')} lines={9} />
        )}
      </Screen>
    );
  return <Opened meeting={meeting.data} view={view.data} doc={room?.doc ?? null} />;
}

interface OpenedProps {
  meeting: Meeting;
  view: NoticeView;
  doc: Parameters<typeof useAgenda>[0];
}

function Opened({ meeting, view, doc }: OpenedProps) {
  const { t } = useTranslation('notice');
  const actions = useNoticeActions(meeting.id);
  useDraftOf(meeting.id, useAgenda(doc, meeting));
  const [wanted, setWanted] = useState<'draft' | 'latest'>('draft');
  const [publishing, setPublishing] = useState(false);
  const heading = useArrival<HTMLHeadingElement>();
  useTitle(t('titleOf', { meeting: meeting.title }));
  const { office, latest } = view;
  const shown = office && (wanted === 'draft' || !latest) ? office.draft : latest;
  const print = useMemo(() => (shown ? noticePrint(shown) : null), [shown]);
  const next = (latest?.number ?? 0) + 1;
  return (
    <div className={minutes.screen}>
      <SkipLink />
      <MeetingBar meeting={meeting} officer={isOfficer(meeting.myRoles)} />
      <SavingTrouble />
      <section className={minutes.strip} aria-label={t('bar')}>
        <div>
          <Link className={minutes.back} href={paths.meeting(meeting.id)}>
            <ChevronLeft size={15} strokeWidth={1.75} aria-hidden />
            {t('back')}
          </Link>
          <h1 ref={heading} tabIndex={-1}>
            {t('title')}
          </h1>
        </div>
        {office && latest && <Shown number={latest.number} shown={wanted} onShow={setWanted} />}
        {office && (
          <div className={minutes.buttons}>
            <Button variant="primary" aria-haspopup="dialog" onClick={() => setPublishing(true)}>
              <Send size={18} strokeWidth={1.75} aria-hidden />
              {next === 1 ? t('publish') : t('publishNew', { number: next })}
            </Button>
          </div>
        )}
      </section>
      <div className={`${minutes.columns} ${styles.columns}`}>
        <div className={`${minutes.rail} ${styles.rail}`}>
          {latest && <OwnReply meeting={meeting} view={view} actions={actions} />}
          {office && <PrepareSection meeting={meeting} office={office} actions={actions} />}
          {office && <PeopleSection meeting={meeting} office={office} latest={latest} actions={actions} />}
          <VersionsSection meeting={meeting} view={view} />
        </div>
        <main id="content" className={minutes.desk} tabIndex={-1}>
          {print && shown ? (
            <Paper
              print={print}
              label={t(shown === latest ? 'paperLatest' : 'paper')}
              lang={languageTag(shown.language)}
            />
          ) : (
            <Notice>
              <p>{t('none')}</p>
              <p className="muted">{t('noneHint')}</p>
            </Notice>
          )}
        </main>
      </div>
      {publishing && office && (
        <PublishDialog
          meeting={meeting}
          office={office}
          busy={actions.pending}
          onClose={() => setPublishing(false)}
          onPublish={(mail) =>
            actions.run(
              (lang) => noticeApi.publish(meeting.id, lang, { after: next - 1, mail }),
              t('published', { number: next }),
              () => {
                setPublishing(false);
                setWanted('latest');
              },
            )
          }
        />
      )}
    </div>
  );
}

function Shown({
  number,
  shown,
  onShow,
}: {
  number: number;
  shown: 'draft' | 'latest';
  onShow(which: 'draft' | 'latest'): void;
}) {
  const { t } = useTranslation('notice');
  const id = useId();
  return (
    <div className={minutes.style}>
      <label htmlFor={id}>{t('shown')}</label>
      <select id={id} value={shown} onChange={({ target }) => onShow(target.value === 'latest' ? 'latest' : 'draft')}>
        <option value="draft">{t('shownDraft')}</option>
        <option value="latest">{t('shownLatest', { number })}</option>
      </select>
    </div>
  );
}

function OwnReply({ meeting, view, actions }: { meeting: Meeting; view: NoticeView; actions: NoticeActions }) {
  const { t } = useTranslation('notice');
  const { mine, asked, latest, office } = view;
  const ownId = useSession().data?.person.id;
  const id = useId();
  if (!latest || (!asked && office)) return null;
  if (!asked) return <p className="muted">{t('notAsked')}</p>;
  const others = meeting.participants.filter(
    ({ personId, roles }) => personId !== ownId && roles.some((role) => role !== 'guest' && role !== 'screen'),
  );
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('reply.title')}</h2>
      {mine && <p role="status">{t('strip.said', { said: replyWords(t, mine, latest.header.sittings) })}</p>}
      {may(meeting, 'reply-notice') && (
        <ReplyForm
          key={mine?.at ?? 0}
          sittings={latest.header.sittings}
          before={mine}
          others={others}
          busy={actions.pending}
          onReply={(reply) => actions.run((lang) => noticeApi.reply(meeting.id, lang, reply), t('said.kept'))}
        />
      )}
    </section>
  );
}
