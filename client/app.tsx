/**
 * Why this file exists: which screen an address shows. Screens are loaded when they are first needed; signing in waits for
 * none of them.
 */
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import type { Id } from '#shared/ids.ts';
import { TEMPLATES } from '#shared/terms.ts';
import { SignInScreen } from './account/sign-in-screen.tsx';
import { useSession } from './api/hooks.ts';
import { ApiFailure } from './api/request.ts';
import { cameBefore, rememberCame } from './guests/remembered.ts';
import { setLanguage } from './i18n/index.ts';
import { idOrNull, isWall, paths, signInPath } from './navigation.ts';
import { listenForShortcuts } from './ui/keyboard.ts';
import { NotFound } from './ui/not-found.tsx';
import { Problem, Skeleton } from './ui/problem.tsx';
import { Screen } from './ui/screen.tsx';
import { ToastProvider } from './ui/toast.tsx';

const LinkScreen = lazy(() => import('./account/link-screen.tsx').then((m) => ({ default: m.LinkScreen })));
const HomeScreen = lazy(() => import('./home/home-screen.tsx').then((m) => ({ default: m.HomeScreen })));
const NewMeetingScreen = lazy(() =>
  import('./meeting/new/new-meeting-screen.tsx').then((m) => ({ default: m.NewMeetingScreen })),
);
const SetupScreen = lazy(() => import('./meeting/setup/setup-screen.tsx').then((m) => ({ default: m.SetupScreen })));
const PeopleScreen = lazy(() => import('./people/people-screen.tsx').then((m) => ({ default: m.PeopleScreen })));
const OperationsScreen = lazy(() =>
  import('./operations/operations-screen.tsx').then((m) => ({ default: m.OperationsScreen })),
);
const SettingsScreen = lazy(() =>
  import('./settings/settings-screen.tsx').then((m) => ({ default: m.SettingsScreen })),
);
const SummaryScreen = lazy(() => import('./summary/summary-screen.tsx').then((m) => ({ default: m.SummaryScreen })));
const GroupsScreen = lazy(() =>
  import('./workshop/setup/groups-screen.tsx').then((m) => ({ default: m.GroupsScreen })),
);
const AttendancePage = lazy(() => import('./attendance/page.tsx').then((m) => ({ default: m.AttendancePage })));
const MeetingPage = lazy(() => import('./meeting/page.tsx').then((m) => ({ default: m.MeetingPage })));
const HarvestPage = lazy(() => import('./harvest/page.tsx').then((m) => ({ default: m.HarvestPage })));
const MinutesPage = lazy(() => import('./minutes/minutes-page.tsx').then((m) => ({ default: m.MinutesPage })));
const ImportPage = lazy(() => import('./imports/page.tsx').then((m) => ({ default: m.ImportPage })));
const NoticePage = lazy(() => import('./notice/notice-page.tsx').then((m) => ({ default: m.NoticePage })));
const AnswerScreen = lazy(() => import('./notice/answer-screen.tsx').then((m) => ({ default: m.AnswerScreen })));
const LeadPage = lazy(() => import('./stage/lead-page.tsx').then((m) => ({ default: m.LeadPage })));
const GroupScreen = lazy(() => import('./workshop/group/group-screen.tsx').then((m) => ({ default: m.GroupScreen })));
const ProjectorPage = lazy(() => import('./projector/page.tsx').then((m) => ({ default: m.ProjectorPage })));
const EnterScreen = lazy(() => import('./projector/enter-screen.tsx').then((m) => ({ default: m.EnterScreen })));
const KeyboardMap = lazy(() => import('./ui/keyboard-map.tsx').then((m) => ({ default: m.KeyboardMap })));
const LibraryLanguage = lazy(() => import('./ui/library-language.tsx').then((m) => ({ default: m.LibraryLanguage })));
const DeviceRooms = lazy(() => import('./account/device-rooms.tsx').then((m) => ({ default: m.DeviceRooms })));

function Waiting() {
  const { t } = useTranslation('common');
  return (
    <Screen title="">
      <Skeleton label={t('loading')} />
    </Screen>
  );
}

/** Lets the signed-in in; others go to the sign-in page and come back. */
function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession();
  const [location] = useLocation();
  const language = session.data?.language;
  const guestOf = session.data?.guestOf;
  useEffect(() => {
    // Where one belongs when the session is over.
    if (guestOf !== undefined) rememberCame(guestOf !== null);
  }, [guestOf]);
  useEffect(() => {
    if (language) void setLanguage(language);
  }, [language]);
  // A guest is at home in the one meeting, and nowhere else.
  if (guestOf && !`${location}/`.startsWith(`${paths.meeting(guestOf)}/`))
    return <Redirect to={paths.meeting(guestOf)} replace />;
  if (session.data)
    return (
      <DeviceRooms person={session.data.person}>
        <LibraryLanguage>{children}</LibraryLanguage>
        <KeyboardMap />
      </DeviceRooms>
    );
  if (session.error instanceof ApiFailure && session.error.code === 'not-signed-in')
    return cameBefore() && !isWall(location) ? <ToGuests /> : <Redirect to={signInPath(location)} replace />;
  if (session.error)
    return (
      <Screen title="">
        <Problem error={session.error} onRetry={() => void session.refetch()} />
      </Screen>
    );
  return <Waiting />;
}

/** The guests' page is another program: it is loaded, not shown. */
function ToGuests() {
  useEffect(() => location.replace(paths.join), []);
  return <Waiting />;
}

export function App() {
  useEffect(listenForShortcuts, []);
  return (
    <ToastProvider>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path={paths.signIn}>
            <SignInScreen />
          </Route>
          <Route path={paths.link}>
            <LinkScreen />
          </Route>
          <Route path={paths.answer}>
            <AnswerScreen />
          </Route>
          <Route path={paths.projectorLink}>
            <EnterScreen />
          </Route>
          <Route>
            <SignedIn>
              <Switch>
                <Route path={paths.home}>
                  <HomeScreen />
                </Route>
                <Route path={paths.settings}>
                  <SettingsScreen />
                </Route>
                <Route path={paths.people}>
                  <PeopleScreen />
                </Route>
                <Route path={paths.operations}>
                  <OperationsScreen />
                </Route>
                <Route path="/nytt/:template">
                  {({ template }) => {
                    const known = TEMPLATES.find((name) => name === template);
                    return known ? <NewMeetingScreen template={known} /> : <NotFound />;
                  }}
                </Route>
                <Route path="/m/:id/installningar">
                  {({ id }) => {
                    const meetingId = idOrNull(id);
                    return meetingId ? <SetupScreen key={meetingId} meetingId={meetingId} /> : <NotFound />;
                  }}
                </Route>
                <Route path="/m/:id/p/:item/grupp/:group">
                  {({ id, item, group }) => {
                    const [meetingId, itemId, groupId] = [idOrNull(id), idOrNull(item), idOrNull(group)];
                    if (!meetingId || !itemId || !groupId) return <NotFound />;
                    const of = { meetingId, itemId, groupId };
                    return <GroupScreen key={`${meetingId}:${itemId}`} {...of} />;
                  }}
                </Route>
                <Route path="/m/:id/p/:item/versioner">{({ id, item }) => meetingPage(id, item, 'item')}</Route>
                <Route path="/m/:id/p/:item/sammanfattning">{({ id, item }) => ofItem(SummaryScreen, id, item)}</Route>
                <Route path="/m/:id/p/:item/grupper">{({ id, item }) => ofItem(GroupsScreen, id, item)}</Route>
                <Route path="/m/:id/p/:item/leda">{({ id, item }) => ofItem(LeadPage, id, item)}</Route>
                <Route path="/m/:id/p/:item/skord">{({ id, item }) => ofItem(HarvestPage, id, item)}</Route>
                <Route path="/m/:id/p/:item">{({ id, item }) => meetingPage(id, item)}</Route>
                <Route path="/m/:id/narvaro">
                  {({ id }) => {
                    const meetingId = idOrNull(id);
                    return meetingId ? <AttendancePage key={meetingId} meetingId={meetingId} /> : <NotFound />;
                  }}
                </Route>
                <Route path="/m/:id/storbild">
                  {({ id }) => {
                    const meetingId = idOrNull(id);
                    return meetingId ? <ProjectorPage key={meetingId} meetingId={meetingId} /> : <NotFound />;
                  }}
                </Route>
                <Route path="/m/:id/protokoll">
                  {({ id }) => {
                    const meetingId = idOrNull(id);
                    return meetingId ? <MinutesPage key={meetingId} meetingId={meetingId} /> : <NotFound />;
                  }}
                </Route>
                <Route path="/m/:id/importera">
                  {({ id }) => {
                    const meetingId = idOrNull(id);
                    return meetingId ? <ImportPage key={meetingId} meetingId={meetingId} /> : <NotFound />;
                  }}
                </Route>
                <Route path="/m/:id/kallelse">
                  {({ id }) => {
                    const meetingId = idOrNull(id);
                    return meetingId ? <NoticePage key={meetingId} meetingId={meetingId} /> : <NotFound />;
                  }}
                </Route>
                <Route path="/m/:id/versioner">{({ id }) => meetingPage(id, undefined, 'agenda')}</Route>
                <Route path="/m/:id">{({ id }) => meetingPage(id, undefined)}</Route>
                <Route>
                  <NotFound />
                </Route>
              </Switch>
            </SignedIn>
          </Route>
        </Switch>
      </Suspense>
    </ToastProvider>
  );
}

function meetingPage(id: string, item: string | undefined, versionsOf: 'item' | 'agenda' | null = null): ReactNode {
  const meetingId = idOrNull(id);
  if (!meetingId) return <NotFound />;
  return <MeetingPage key={meetingId} meetingId={meetingId} itemId={idOrNull(item)} versionsOf={versionsOf} />;
}

/** A page of one item, by the ids in its address. */
function ofItem(Page: ComponentType<{ meetingId: Id; itemId: Id }>, id: string, item: string): ReactNode {
  const [meetingId, itemId] = [idOrNull(id), idOrNull(item)];
  return meetingId && itemId ? <Page key={itemId} meetingId={meetingId} itemId={itemId} /> : <NotFound />;
}
