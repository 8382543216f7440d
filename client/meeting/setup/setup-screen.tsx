/** Why this file exists: everything about a meeting that is not its words: head, days, people, and the meeting as a whole. */
import { ChevronLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { UserMenu } from '../../account/user-menu.tsx';
import { api } from '../../api/api.ts';
import { useMeeting, useMeetingChange } from '../../api/hooks.ts';
import { ApiFailure } from '../../api/request.ts';
import { BodySection } from '../../body/body-section.tsx';
import { GuestsPanel } from '../../guests/guests-panel.tsx';
import { paths } from '../../navigation.ts';
import { Button, ButtonRow } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { NotFound } from '../../ui/not-found.tsx';
import { Notice } from '../../ui/notice.tsx';
import page from '../../ui/page.module.css';
import { Problem, Skeleton, useProblemText } from '../../ui/problem.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { may } from '../may.ts';
import { HeaderForm } from './header-form.tsx';
import { ParticipantsSection } from './participants-section.tsx';
import styles from './setup.module.css';

export function SetupScreen({ meetingId }: { meetingId: Id }) {
  const { t } = useTranslation('common');
  const meeting = useMeeting(meetingId);
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  return (
    <Screen title={meeting.data?.title ?? ''} width="reading" end={<UserMenu />}>
      {meeting.data ? (
        <Loaded meeting={meeting.data} />
      ) : meeting.error ? (
        <Problem error={meeting.error} onRetry={() => void meeting.refetch()} />
      ) : (
        <Skeleton label={t('loading')} />
      )}
    </Screen>
  );
}

function Loaded({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('setup');
  const { t: guest } = useTranslation('guest');
  const { t: imports } = useTranslation('imports');
  const text = useProblemText();
  const { toast } = useToasts();
  const openAgenda = useMeetingChange((agendaOpen: boolean) => api.updateMeeting(meeting.id, { agendaOpen }));
  return (
    <>
      <Link className={styles.back} href={paths.meeting(meeting.id)}>
        <ChevronLeft size={18} strokeWidth={1.75} aria-hidden />
        {t('back')}
      </Link>
      <h1 className={page.title}>{meeting.title}</h1>
      {meeting.archivedAt !== null ? (
        <Notice tone="warm">{t('isArchived')}</Notice>
      ) : meeting.cancelledAt !== null ? (
        <Notice tone="warm">{t('isCancelled')}</Notice>
      ) : (
        !may(meeting, 'edit-header') && <Notice>{t('readOnly')}</Notice>
      )}
      <HeaderForm meeting={meeting} canEdit={may(meeting, 'edit-header')} />
      {may(meeting, 'edit-header') && (
        <div className={styles.section}>
          <CheckField
            label={t('agendaOpen')}
            hint={t('agendaOpenHint')}
            checked={meeting.agendaOpen}
            disabled={openAgenda.isPending}
            onChange={(event) =>
              openAgenda.mutate(event.target.checked, { onError: (error) => toast({ message: text(error) }) })
            }
          />
        </div>
      )}
      {may(meeting, 'import-document') && (
        <p className={styles.section}>
          <Link href={paths.imports(meeting.id)}>{imports('link')}</Link>
        </p>
      )}
      <BodySection meeting={meeting} />
      <ParticipantsSection meeting={meeting} canEdit={may(meeting, 'edit-participants')} />
      {may(meeting, 'see-guests') && (
        <section className={styles.section} aria-labelledby="guests">
          <h2 id="guests">{guest('panel.heading')}</h2>
          <GuestsPanel meeting={meeting} />
        </section>
      )}
      <Whole meeting={meeting} />
    </>
  );
}

/** Copy, cancel, archive: each can be taken back, so none asks first. */
function Whole({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('setup');
  const text = useProblemText();
  const { toast } = useToasts();
  const [, navigate] = useLocation();
  const failed = (error: unknown) => toast({ message: text(error) });
  const copy = useMeetingChange(() => api.copyMeeting(meeting.id));
  const cancel = useMeetingChange((on: boolean) =>
    on ? api.cancelMeeting(meeting.id) : api.uncancelMeeting(meeting.id),
  );
  const archive = useMeetingChange((on: boolean) =>
    on ? api.archiveMeeting(meeting.id) : api.unarchiveMeeting(meeting.id),
  );
  const cancelled = meeting.cancelledAt !== null;
  const archived = meeting.archivedAt !== null;
  const setCancelled = (on: boolean) =>
    cancel.mutate(on, {
      onError: failed,
      onSuccess: () =>
        toast({ message: t(on ? 'cancelled' : 'notCancelled'), undo: () => cancel.mutate(!on, { onError: failed }) }),
    });
  const setArchived = (on: boolean) =>
    archive.mutate(on, {
      onError: failed,
      onSuccess: () =>
        toast({ message: t(on ? 'archived' : 'notArchived'), undo: () => archive.mutate(!on, { onError: failed }) }),
    });
  if (!may(meeting, 'copy') && !may(meeting, 'archive')) return null;
  return (
    <section className={styles.section} aria-labelledby="whole">
      <h2 id="whole">{t('whole')}</h2>
      <ButtonRow>
        {may(meeting, 'copy') && (
          <Button
            title={t('copyHint')}
            disabled={copy.isPending}
            onClick={() =>
              copy.mutate(undefined, { onError: failed, onSuccess: (made) => navigate(paths.setup(made.id)) })
            }
          >
            {t('copy')}
          </Button>
        )}
        {may(meeting, 'cancel') && (
          <Button disabled={cancel.isPending} onClick={() => setCancelled(!cancelled)}>
            {t(cancelled ? 'uncancel' : 'cancelMeeting')}
          </Button>
        )}
        {may(meeting, 'archive') && (
          <Button disabled={archive.isPending} onClick={() => setArchived(!archived)}>
            {t(archived ? 'unarchive' : 'archive')}
          </Button>
        )}
      </ButtonRow>
      {may(meeting, 'copy') && <p className="muted">{t('copyHint')}</p>}
    </section>
  );
}
