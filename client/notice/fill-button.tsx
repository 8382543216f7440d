/**
 * Why this file exists: what people answered is where the record of who was there begins. One press records what they
 * announced, for those of whom nobody has recorded anything; it can be taken back as every change of the record can.
 */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { AttendanceView } from '#shared/attendance/api.ts';
import { announcedByReplies } from '#shared/notice/replies.ts';
import type { AttendanceActions } from '../attendance/use-attendance.ts';
import { may } from '../meeting/may.ts';
import { Button } from '../ui/button.tsx';
import { useNoticeView } from './use-notice.ts';

export function FillButton({
  meeting,
  view,
  actions,
}: {
  meeting: Meeting;
  view: AttendanceView;
  actions: AttendanceActions;
}) {
  const { t } = useTranslation('notice');
  const allowed = may(meeting, 'keep-presence') && may(meeting, 'publish-notice');
  const { data } = useNoticeView(meeting.id, allowed);
  if (!allowed || !data?.office) return null;
  const recorded = new Set(view.entries.flatMap(({ id, personId }) => (id === '' ? [] : [personId])));
  const drafts = announcedByReplies(data.office.replies, meeting.sittings, recorded);
  if (drafts.size === 0) return null;
  return (
    <Button
      title={t('fill.hint')}
      disabled={actions.pending}
      onClick={() =>
        actions.change(
          // Nothing was recorded of them: whoever records something meanwhile goes before.
          { do: 'rewrite', people: [...drafts].map(([personId, entries]) => ({ personId, was: [], entries })) },
          t('fill.done', { count: drafts.size }),
        )
      }
    >
      {t('fill.button')}
    </Button>
  );
}
