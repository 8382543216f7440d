/** Why this file exists: who is here, by organisation, what they do, and the way to go along with one of them. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { Avatar, OrgCode } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import type { Delegation } from './assembly.ts';
import styles from './people-panel.module.css';
import { type ItemName, personLine } from './person-state.ts';

export interface PeoplePanelProps {
  delegations: readonly Delegation[];
  itemName: ItemName;
  ownId: Id;
  /** Whom one follows now. */
  following: Id | null;
  onFollow(personId: Id | null): void;
  onWhoIsHere(): void;
  /** Under the heading. */
  below?: ReactNode;
  /** What can be said of somebody in their row. */
  mark?(person: Participant): ReactNode;
}

export function PeoplePanel(props: PeoplePanelProps) {
  const { delegations, itemName, ownId, following, onFollow, onWhoIsHere, below, mark } = props;
  const { t } = useTranslation('presence');
  const { t: common } = useTranslation('common');
  const here = delegations.reduce((sum, delegation) => sum + delegation.here, 0);
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <h2>
          {t('here')} <span className="muted num">{here}</span>
        </h2>
        <Button size="small" variant="quiet" onClick={onWhoIsHere}>
          {t('who')}
        </Button>
      </div>
      {below}
      <ul className={styles.orgs}>
        {delegations.map(({ organisation, seats, here: present }) => (
          <li key={organisation?.id ?? 'none'}>
            <h3>
              {organisation && <OrgCode shortName={organisation.shortName} />}
              {organisation?.name ?? t('noOrganisation')}
              <span className={styles.seats}>{t('ofSeats', { here: present, seats: seats.length })}</span>
            </h3>
            {present === 0 && organisation && (
              <p className={styles.vacant}>
                <span aria-hidden="true">–</span>
                {t('nobody')}
              </p>
            )}
            <ul>
              {seats.map((seat) => {
                const { participant, present: page } = seat;
                const line = personLine(seat, itemName, t, common);
                const mayFollow = page !== null && participant.personId !== ownId;
                const followed = following === participant.personId;
                return (
                  <li key={participant.personId} className={page ? styles.person : `${styles.person} ${styles.absent}`}>
                    <Avatar
                      name={participant.name}
                      colour={participant.colour}
                      state={!page || page.hidden ? 'away' : line.writing ? 'writing' : 'reading'}
                    />
                    <span className={styles.name}>
                      {participant.name}
                      {participant.party && ` (${participant.party})`}
                      {participant.roles.includes('guest') && <span className="muted"> ({common('role.guest')})</span>}
                      {participant.personId === ownId && <span className="muted"> {t('you')}</span>}
                      {line.text && <small className={line.writing ? styles.writing : undefined}>{line.text}</small>}
                      {!page && <span className="sr">{t('notHere')}</span>}
                    </span>
                    {mayFollow && (
                      <Button
                        size="small"
                        variant="quiet"
                        className={followed ? styles.following : styles.follow}
                        aria-pressed={followed}
                        aria-label={t(followed ? 'unfollowName' : 'followName', { name: participant.name })}
                        onClick={() => onFollow(followed ? null : participant.personId)}
                      >
                        {t(followed ? 'following' : 'follow')}
                      </Button>
                    )}
                    {mark && <span className={styles.mark}>{mark(participant)}</span>}
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
