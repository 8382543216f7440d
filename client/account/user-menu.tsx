/** Why this file exists: who one is, and the ways to one's own things; signing out asks first if this device holds unsent text. */
import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/api.ts';
import { useSession } from '../api/hooks.ts';
import { clearDevice, setCollabPerson, type UnsentRoom, unsentRooms } from '../collab/index.ts';
import { cameBefore, rememberCame } from '../guests/remembered.ts';
import { paths } from '../navigation.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { showKeyboardMap } from '../ui/keyboard-map.tsx';
import { Menu } from '../ui/menu.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import styles from './user-menu.module.css';

const ClaimDialog = lazy(() => import('../guests/claim-dialog.tsx').then((m) => ({ default: m.ClaimDialog })));

/** `short`: where much else stands beside it, the name is only said until there is room for it. */
export function UserMenu({ short }: { short?: boolean }) {
  const { t } = useTranslation('common');
  const { t: guest } = useTranslation('guest');
  const session = useSession();
  const [, navigate] = useLocation();
  const [unsent, setUnsent] = useState<UnsentRoom[] | null>(null);
  const signOut = useSignOut();
  const person = session.data?.person;
  const isGuest = session.data?.guestOf != null;
  const [claiming, setClaiming] = useState(false);
  if (!person) return null;

  return (
    <>
      <Menu
        label={t('menu.open', { name: person.name })}
        button={
          <AriaButton className={`${buttonClass({ variant: 'quiet' })} ${styles.button}`}>
            <Avatar name={person.name} colour={person.colour} small />
            <span className={`${styles.name} ${short ? styles.short : ''}`}>{person.name}</span>
            <span className="sr">{t('menu.yours')}</span>
            <ChevronDown size={15} strokeWidth={1.75} aria-hidden />
          </AriaButton>
        }
        actions={[
          isGuest
            ? { id: 'claim', label: guest('claim.menu'), onAction: () => setClaiming(true) }
            : { id: 'settings', label: t('menu.settings'), onAction: () => navigate(paths.settings) },
          ...(person.isAdmin
            ? [
                { id: 'people', label: t('menu.people'), onAction: () => navigate(paths.people) },
                { id: 'operations', label: t('menu.operations'), onAction: () => navigate(paths.operations) },
              ]
            : []),
          { id: 'keys', label: t('menu.keys'), keys: '?', onAction: showKeyboardMap },
          null,
          {
            id: 'out',
            label: t('menu.signOut'),
            onAction: () => {
              void unsentRooms(person.id).then((rooms) =>
                rooms.length > 0 ? setUnsent(rooms) : signOut.run(person.id),
              );
            },
          },
        ]}
      />
      {claiming && (
        <Suspense fallback={null}>
          <ClaimDialog guestId={person.id} onClose={() => setClaiming(false)} />
        </Suspense>
      )}
      {(unsent || signOut.error !== null) && (
        <SignOutDialog
          unsent={unsent ?? []}
          error={signOut.error}
          onStay={() => {
            setUnsent(null);
            signOut.forget();
          }}
          onLeave={() => void signOut.run(person.id)}
        />
      )}
    </>
  );
}

/** Signs out at the server first: what is on the device goes only when that is true. */
function useSignOut() {
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  return {
    error,
    forget: () => setError(null),
    run: async (personId: string) => {
      try {
        await api.signOut();
      } catch (failure) {
        setError(failure);
        return;
      }
      setCollabPerson(null);
      await clearDevice(personId);
      queries.clear();
      const wasGuest = cameBefore();
      rememberCame(false);
      location.assign(wasGuest ? paths.join : paths.signIn);
    },
  };
}

function SignOutDialog({
  unsent,
  error,
  onStay,
  onLeave,
}: {
  unsent: UnsentRoom[];
  error: unknown;
  onStay(): void;
  onLeave(): void;
}) {
  const { t } = useTranslation('auth');
  const text = useProblemText();
  return (
    <Dialog title={t(unsent.length > 0 ? 'signOut.unsentTitle' : 'signOut.title')} onClose={onStay}>
      {unsent.length > 0 && <p>{t('signOut.unsent', { count: unsent.length })}</p>}
      {error !== null && <Notice tone="refuse">{text(error)}</Notice>}
      <DialogActions>
        <Button variant="primary" data-autofocus onClick={onStay}>
          {t('signOut.stay')}
        </Button>
        <Button onClick={onLeave}>{t(unsent.length > 0 ? 'signOut.leaveAnyway' : 'signOut.again')}</Button>
      </DialogActions>
    </Dialog>
  );
}
