/** Why this file exists: who takes part, by organisation in the fixed order. */
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Meeting, Participant } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { givenRoles } from '#shared/policy.ts';
import { api } from '../../api/api.ts';
import { useMeetingChange, useSession } from '../../api/hooks.ts';
import { ApiFailure } from '../../api/request.ts';
import { MadeLinkDialog } from '../../people/made-link.tsx';
import { assemble } from '../../presence/assembly.ts';
import { Avatar, OrgCode } from '../../ui/avatar.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { AddParticipant } from './add-participant.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { type NewParticipant, ParticipantDialog } from './participant-dialog.tsx';
import styles from './setup.module.css';

export function ParticipantsSection({ meeting, canEdit }: { meeting: Meeting; canEdit: boolean }) {
  const { t } = useTranslation('setup');
  const text = useProblemText();
  const { toast } = useToasts();
  const [open, setOpen] = useState<Participant | NewParticipant | null>(null);
  const [link, setLink] = useState<{ name: string; url: string; expiresAt: number } | null>(null);
  const [leaving, setLeaving] = useState(false);
  const me = useSession().data?.person.id;
  const failed = (error: unknown) =>
    toast({ message: error instanceof ApiFailure && error.fields.roles ? t('lastOfficer') : text(error) });
  const add = useMeetingChange((input: Parameters<typeof api.addParticipant>[1]) =>
    api.addParticipant(meeting.id, input),
  );
  const remove = useMeetingChange((personId: Id) => api.removeParticipant(meeting.id, personId));
  const restore = useMeetingChange(async (was: Participant) => {
    await api.addParticipant(meeting.id, {
      personId: was.personId,
      roles: givenRoles(was.roles),
      absence: was.absence,
      capacity: was.capacity,
    });
    const { title, organisationId, category, party } = was;
    return api.updateParticipant(meeting.id, was.personId, { title, organisationId, category, party });
  });

  const takeOut = (was: Participant) =>
    remove.mutate(was.personId, {
      onError: failed,
      onSuccess: () =>
        toast({
          message: t('removed', { name: was.name }),
          // A guest comes back by the code, as somebody new.
          ...(was.roles.includes('guest') ? {} : { undo: () => restore.mutate(was, { onError: failed }) }),
        }),
    });
  const invite = (person: Participant) => {
    api.inviteParticipant(meeting.id, person.personId).then((made) => setLink({ name: person.name, ...made }), failed);
  };

  return (
    <section className={styles.section} aria-labelledby="participants">
      <h2 id="participants">{t('participants')}</h2>
      {canEdit && (
        <AddParticipant
          meeting={meeting}
          onAdd={(person) =>
            add.mutate(
              { personId: person.id, roles: [person.category === 'presenter' ? 'presenter' : 'member'] },
              {
                onError: failed,
                onSuccess: () =>
                  toast({
                    message: t('added', { name: person.name }),
                    undo: () => remove.mutate(person.id, { onError: failed }),
                  }),
              },
            )
          }
          onNew={(name) => setOpen({ name })}
        />
      )}
      {assemble(meeting, []).map(({ organisation, seats }) => (
        <div key={organisation?.id ?? 'none'} className={styles.organisation}>
          <h3>
            {organisation && <OrgCode shortName={organisation.shortName} />}
            <span>{organisation?.name ?? t('noOrganisation')}</span>
            <span>{t('count', { count: seats.length })}</span>
          </h3>
          <ul>
            {seats.map(({ participant }) => (
              <Row
                key={participant.personId}
                participant={participant}
                canEdit={canEdit}
                onEdit={() => setOpen(participant)}
                onInvite={() => invite(participant)}
                onRemove={() => (participant.personId === me ? setLeaving(true) : takeOut(participant))}
              />
            ))}
          </ul>
        </div>
      ))}
      {open && (
        <ParticipantDialog
          meeting={meeting}
          participant={open}
          onClose={() => setOpen(null)}
          onSaved={(name) => {
            if (!('personId' in open)) toast({ message: t('added', { name }) });
            setOpen(null);
          }}
        />
      )}
      {leaving && me && <LeaveDialog meeting={meeting} personId={me} onClose={() => setLeaving(false)} />}
      {link && (
        <MadeLinkDialog
          title={t('inviteTitle', { name: link.name })}
          text={(time) => t('inviteText', { name: link.name, time })}
          link={link}
          onClose={() => setLink(null)}
        />
      )}
    </section>
  );
}

function Row({
  participant,
  canEdit,
  onEdit,
  onInvite,
  onRemove,
}: {
  participant: Participant;
  canEdit: boolean;
  onEdit(): void;
  onInvite(): void;
  onRemove(): void;
}) {
  const { t } = useTranslation('setup');
  const { t: common } = useTranslation('common');
  const isGuest = participant.roles.includes('guest') && !participant.hasAccount;
  const roles = participant.roles.map((role) => common(`role.${role}`)).join(', ');
  return (
    <li className={styles.person}>
      <Avatar name={participant.name} colour={participant.colour} />
      <span>
        {participant.name}
        {participant.party && ` (${participant.party})`}
        <small>
          {[participant.title, roles, participant.hasAccount || isGuest ? '' : t('noAccount')]
            .filter(Boolean)
            .join(' · ')}
          {participant.absence && <span className={styles.absence}> · {participant.absence}</span>}
        </small>
      </span>
      {canEdit && (
        <Menu
          label={t('actions', { name: participant.name })}
          button={
            <AriaButton
              className={buttonClass({ variant: 'quiet' }, true)}
              aria-label={t('actions', { name: participant.name })}
            >
              <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
            </AriaButton>
          }
          actions={[
            // What a guest is was said by the guest, and lasts as long as they are here.
            ...(isGuest ? [] : [{ id: 'edit', label: t('editPerson'), onAction: onEdit }]),
            ...(participant.hasAccount || isGuest ? [] : [{ id: 'invite', label: t('invite'), onAction: onInvite }]),
            { id: 'remove', label: t('removePerson'), onAction: onRemove },
          ]}
        />
      )}
    </li>
  );
}
