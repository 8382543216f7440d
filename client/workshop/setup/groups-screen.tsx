/**
 * Why this file exists: the page where a workshop is made and its groups are laid out: questions and rules at one side,
 * the groups with their people in the middle. Who does not lead sees the groups, and chooses one when that is allowed.
 */
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { currentRound, type Round } from '#shared/workshop/workshop.ts';
import { UserMenu } from '../../account/user-menu.tsx';
import { useMeeting, useSession } from '../../api/hooks.ts';
import { ApiFailure } from '../../api/request.ts';
import { may } from '../../meeting/may.ts';
import { paths } from '../../navigation.ts';
import { NotFound } from '../../ui/not-found.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem, Skeleton } from '../../ui/problem.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useWorkshopItem } from '../use-item.ts';
import { useWorkshop } from '../use-workshop.ts';
import { AssignBar } from './assign-bar.tsx';
import { BalanceTable } from './balance-table.tsx';
import { Board } from './board.tsx';
import { CreateWorkshop } from './create-workshop.tsx';
import { GroupSets } from './group-sets.tsx';
import { OwnChoice } from './own-choice.tsx';
import { PromptsSection } from './prompts-section.tsx';
import { Rounds } from './rounds.tsx';
import { Rules } from './rules.tsx';
import styles from './setup.module.css';
import { useSetup } from './use-setup.ts';

export function GroupsScreen({ meetingId, itemId }: { meetingId: Id; itemId: Id }) {
  const { t } = useTranslation('workshop');
  const meeting = useMeeting(meetingId);
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  if (meeting.data) return <OfItem meeting={meeting.data} itemId={itemId} />;
  return (
    <Screen title="" end={<UserMenu />}>
      {meeting.error ? (
        <Problem error={meeting.error} onRetry={() => void meeting.refetch()} />
      ) : (
        <Skeleton label={t('loading')} />
      )}
    </Screen>
  );
}

function OfItem({ meeting, itemId }: { meeting: Meeting; itemId: Id }) {
  const { t } = useTranslation('workshop');
  const workshop = useWorkshop(meeting.id, itemId);
  const { node, known, title } = useWorkshopItem(meeting, itemId);
  const canEdit = may(meeting, 'run-workshop');
  if (known && !node) return <NotFound />;
  return (
    <Screen title={t('pageTitle', { item: title })} end={<UserMenu />}>
      <Link className={styles.back} href={paths.item(meeting.id, itemId)}>
        <ChevronLeft size={18} strokeWidth={1.75} aria-hidden />
        {t('back')}
      </Link>
      <div className={styles.title}>
        {node?.number && <span aria-hidden="true">{node.number}</span>}
        <h1>
          <span className="sr">{node?.number && `${node.number} `}</span>
          {title}
        </h1>
      </div>
      {workshop.data ? (
        <Opened meeting={meeting} workshop={workshop.data} canEdit={canEdit} />
      ) : workshop.data === undefined ? (
        workshop.error ? (
          <Problem error={workshop.error} onRetry={() => void workshop.refetch()} />
        ) : (
          <Skeleton label={t('loading')} lines={9} />
        )
      ) : !canEdit ? (
        <Notice>{t('noneYet')}</Notice>
      ) : node && node.item.kind !== 'dialogue' ? (
        <Notice>{t('notDialogue')}</Notice>
      ) : (
        <CreateWorkshop meetingId={meeting.id} itemId={itemId} />
      )}
    </Screen>
  );
}

function Opened({ meeting, workshop, canEdit }: { meeting: Meeting; workshop: WorkshopView; canEdit: boolean }) {
  const [opened, setOpened] = useState<Id | null>(null);
  const round = workshop.rounds.find(({ id }) => id === opened) ?? currentRound(workshop);
  return (
    <>
      <Rounds workshop={workshop} round={round as Round} canEdit={canEdit} onOpen={setOpened} />
      <OfRound key={round.id} meeting={meeting} workshop={workshop} round={round as Round} canEdit={canEdit} />
    </>
  );
}

function OfRound({
  meeting,
  workshop,
  round,
  canEdit,
}: {
  meeting: Meeting;
  workshop: WorkshopView;
  round: Round;
  canEdit: boolean;
}) {
  const { t } = useTranslation('workshop');
  const session = useSession();
  const setup = useSetup(meeting, workshop, round, canEdit);
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        {canEdit ? (
          <AssignBar setup={setup} />
        ) : (
          session.data && <OwnChoice setup={setup} ownId={session.data.person.id} />
        )}
        <section aria-labelledby="groups">
          <h2 id="groups" className="sr">
            {t('groups')}
          </h2>
          <Board setup={setup} canEdit={canEdit} />
        </section>
        {canEdit && <BalanceTable setup={setup} />}
      </div>
      <aside className={styles.side}>
        <PromptsSection workshop={workshop} canEdit={canEdit} />
        {canEdit && <Rules setup={setup} />}
        {canEdit && <GroupSets setup={setup} />}
      </aside>
    </div>
  );
}
