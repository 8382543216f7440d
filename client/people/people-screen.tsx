/** Why this file exists: the registers: who there is, and which organisations in which order. For administrators. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Ellipsis, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Organisation, Person } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { UserMenu } from '../account/user-menu.tsx';
import { api } from '../api/api.ts';
import { keys, useOrganisations, usePeople, useSession } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import { Avatar, OrgCode } from '../ui/avatar.tsx';
import { Button, buttonClass, IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import page from '../ui/page.module.css';
import { Problem, Skeleton, useProblemText } from '../ui/problem.tsx';
import { Screen } from '../ui/screen.tsx';
import { useToasts } from '../ui/toast.tsx';
import { MadeLinkDialog } from './made-link.tsx';
import { OrganisationDialog } from './organisation-dialog.tsx';
import styles from './people.module.css';
import { PersonDialog } from './person-dialog.tsx';

export function PeopleScreen() {
  const { t } = useTranslation('people');
  const session = useSession();
  return (
    <Screen title={t('title')} width="reading" end={<UserMenu />}>
      <h1 className={page.title}>{t('title')}</h1>
      {session.data?.person.isAdmin ? (
        <>
          <PeopleSection />
          <OrganisationsSection />
        </>
      ) : (
        <p className={page.lead}>{t('adminsOnly')}</p>
      )}
    </Screen>
  );
}

function PeopleSection() {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation('common');
  const people = usePeople();
  const organisations = useOrganisations();
  const queries = useQueryClient();
  const text = useProblemText();
  const { toast } = useToasts();
  const [open, setOpen] = useState<Person | 'new' | null>(null);
  const [link, setLink] = useState<{
    kind: 'invitation' | 'password';
    name: string;
    url: string;
    expiresAt: number;
  } | null>(null);
  const failed = (error: unknown) =>
    toast({ message: error instanceof ApiFailure && error.fields.isAdmin ? t('lastAdmin') : text(error) });
  const change = useMutation({
    mutationFn: ({ id, patch }: { id: Id; patch: Parameters<typeof api.updatePerson>[1] }) =>
      api.updatePerson(id, patch),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.people }),
    onError: failed,
  });
  const setAdmin = (person: Person, isAdmin: boolean) =>
    change.mutate(
      { id: person.id, patch: { isAdmin } },
      {
        onSuccess: () =>
          toast({
            message: t(isAdmin ? 'givenAdmin' : 'takenAdmin', { name: person.name }),
            undo: () => change.mutate({ id: person.id, patch: { isAdmin: !isAdmin } }),
          }),
      },
    );
  const setDisabled = (person: Person, disabled: boolean) =>
    change.mutate(
      { id: person.id, patch: { disabled } },
      {
        onSuccess: () =>
          toast({
            message: t(disabled ? 'disabled' : 'enabled', { name: person.name }),
            undo: () => change.mutate({ id: person.id, patch: { disabled: !disabled } }),
          }),
      },
    );
  const makeLink = (person: Person, kind: 'invitation' | 'password') => {
    const made = kind === 'invitation' ? api.invitePerson(person.id) : api.passwordLink(person.id);
    made.then((value) => setLink({ kind, name: person.name, ...value }), failed);
  };
  const codeOf = (id: Id | null) => organisations.data?.find((organisation) => organisation.id === id);

  return (
    <section className={page.section} aria-labelledby="people">
      <div className={styles.head}>
        <h2 id="people" className={page.heading}>
          {t('people')}
        </h2>
        <Button onClick={() => setOpen('new')}>
          <Plus size={18} strokeWidth={1.75} aria-hidden />
          {t('newPerson')}
        </Button>
      </div>
      {people.isPending && <Skeleton label={common('loading')} />}
      {people.error && !people.data && <Problem error={people.error} onRetry={() => void people.refetch()} />}
      <ul className={styles.rows}>
        {people.data?.map((person) => {
          const organisation = codeOf(person.organisationId);
          const state = [
            person.isAdmin ? t('isAdmin') : '',
            person.disabled ? t('isDisabled') : person.hasAccount ? '' : t('noAccount'),
          ].filter(Boolean);
          return (
            <li key={person.id} className={person.disabled ? `${styles.row} ${styles.disabled}` : styles.row}>
              <Avatar name={person.name} colour={person.colour} state={person.disabled ? 'away' : 'reading'} />
              <span className={styles.who}>
                <b>
                  {person.name}
                  {person.party && ` (${person.party})`}
                </b>
                <small>
                  {[person.title, organisation?.name, common(`category.${person.category}`), person.email, ...state]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
              {organisation && (
                <span className={styles.code}>
                  <OrgCode shortName={organisation.shortName} />
                </span>
              )}
              <Menu
                label={t('actions', { name: person.name })}
                button={
                  <AriaButton
                    className={buttonClass({ variant: 'quiet' }, true)}
                    aria-label={t('actions', { name: person.name })}
                  >
                    <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
                  </AriaButton>
                }
                actions={[
                  { id: 'edit', label: common('edit'), onAction: () => setOpen(person) },
                  person.hasAccount
                    ? { id: 'password', label: t('passwordLink'), onAction: () => makeLink(person, 'password') }
                    : { id: 'invite', label: t('invite'), onAction: () => makeLink(person, 'invitation') },
                  null,
                  {
                    id: 'admin',
                    label: t(person.isAdmin ? 'takeAdmin' : 'giveAdmin'),
                    onAction: () => setAdmin(person, !person.isAdmin),
                  },
                  {
                    id: 'disable',
                    label: t(person.disabled ? 'enable' : 'disable'),
                    onAction: () => setDisabled(person, !person.disabled),
                  },
                ]}
              />
            </li>
          );
        })}
      </ul>
      {open && <PersonDialog person={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      {link && (
        <MadeLinkDialog
          title={t(`${link.kind}.title`, { name: link.name })}
          text={(time) => t(`${link.kind}.text`, { name: link.name, time })}
          link={link}
          onClose={() => setLink(null)}
        />
      )}
    </section>
  );
}

function OrganisationsSection() {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation('common');
  const organisations = useOrganisations();
  const queries = useQueryClient();
  const text = useProblemText();
  const { toast } = useToasts();
  const [open, setOpen] = useState<Organisation | 'new' | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const order = useMutation({
    mutationFn: api.orderOrganisations,
    onSuccess: (ordered) => queries.setQueryData(keys.organisations, ordered),
    onError: (error) => toast({ message: text(error) }),
  });
  const all = organisations.data ?? [];
  const move = (index: number, by: -1 | 1) => {
    const ids = all.map((organisation) => organisation.id);
    const [id] = ids.splice(index, 1);
    if (!id) return;
    ids.splice(index + by, 0, id);
    order.mutate(ids, {
      // The row has moved; the hand that moved it stays on it.
      onSuccess: () =>
        requestAnimationFrame(() => {
          const row = list.current?.querySelector(`[data-row="${id}"]`);
          const same = row?.querySelector<HTMLElement>(`[data-move="${by}"]:not(:disabled)`);
          (same ?? row?.querySelector<HTMLElement>('[data-move]:not(:disabled)'))?.focus();
        }),
    });
  };
  return (
    <section className={page.section} aria-labelledby="organisations">
      <div className={styles.head}>
        <h2 id="organisations" className={page.heading}>
          {t('organisations')}
        </h2>
        <Button onClick={() => setOpen('new')}>
          <Plus size={18} strokeWidth={1.75} aria-hidden />
          {t('newOrganisation')}
        </Button>
      </div>
      <p className="muted">{t('organisationsHint')}</p>
      {organisations.error && !organisations.data && (
        <Problem error={organisations.error} onRetry={() => void organisations.refetch()} />
      )}
      {organisations.isPending && <Skeleton label={common('loading')} lines={4} />}
      {organisations.data?.length === 0 && <p>{t('noOrganisations')}</p>}
      <ul className={styles.rows} ref={list}>
        {all.map((organisation, index) => (
          <li key={organisation.id} className={styles.row} data-row={organisation.id}>
            <OrgCode shortName={organisation.shortName} />
            <span className={styles.who}>
              <b>{organisation.name}</b>
              <small>{t('seats', { count: organisation.seats })}</small>
            </span>
            <span className={styles.moves}>
              <IconButton
                label={t('up', { name: organisation.name })}
                data-move={-1}
                disabled={index === 0 || order.isPending}
                onClick={() => move(index, -1)}
              >
                <ArrowUp size={18} strokeWidth={1.75} aria-hidden />
              </IconButton>
              <IconButton
                label={t('down', { name: organisation.name })}
                data-move={1}
                disabled={index === all.length - 1 || order.isPending}
                onClick={() => move(index, 1)}
              >
                <ArrowDown size={18} strokeWidth={1.75} aria-hidden />
              </IconButton>
              <Button
                size="small"
                variant="quiet"
                onClick={() => setOpen(organisation)}
                aria-label={t('editNamed', { name: organisation.name })}
              >
                {common('edit')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {open && <OrganisationDialog organisation={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </section>
  );
}
