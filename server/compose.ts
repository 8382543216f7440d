/**
 * Why this file exists: the one place where the parts are put together. Only this file, the demo and the tests know
 * which storage and which relay the use cases run on.
 */
import { sql } from 'kysely';
import { destination, type Logger, pino } from 'pino';
import type { Id } from '#shared/ids.ts';
import { itemAccess } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import pkg from '../package.json' with { type: 'json' };
import { createAttachments } from './attachments/attachments.ts';
import { attachmentBytes, attachmentsForMinutes, labelsForSummaries } from './attachments/for-minutes.ts';
import { createJanitor } from './attachments/janitor.ts';
import { createLook } from './attachments/look-thread.ts';
import { createAttendances } from './attendance/attendance.ts';
import { ensureBuilt } from './build.ts';
import type { Config } from './config.ts';
import { createActions } from './decisions/actions.ts';
import { createBodies } from './decisions/bodies.ts';
import { createDecisionContext } from './decisions/context.ts';
import { createDecisions } from './decisions/decisions.ts';
import { createFileThreads, type FileThreads } from './documents/file-thread.ts';
import { createFloors } from './floor/floor.ts';
import { createCodeGate } from './guests/code-gate.ts';
import { createGuests } from './guests/guests.ts';
import { createApp, servedRoutes } from './http/app.ts';
import { createHeapWatch } from './http/capacity.ts';
import { createDoor } from './http/collab.ts';
import { createDevLinks } from './http/dev-links.ts';
import { createLineStats, createLines, type LineLimits, type LineStats } from './http/lines.ts';
import { listen, type PatienceTimes } from './http/listen.ts';
import { defaultOrigin, type Site, siteFrom } from './http/site.ts';
import { createSocketWatch, type WatchTimes } from './http/socket-watch.ts';
import { createUpgrades } from './http/upgrade.ts';
import { createDocumentImports } from './imports/documents.ts';
import { createReadWord } from './imports/docx-process.ts';
import { createMinutesImport } from './imports/minutes.ts';
import { createAccess } from './meetings/access.ts';
import type { MeetingDeps } from './meetings/context.ts';
import { createKeeper } from './meetings/keeper.ts';
import { createInvitations, createMeetings } from './meetings/meetings.ts';
import { shapeOf } from './meetings/room-shapes.ts';
import { createVersions } from './meetings/versions.ts';
import { createMemoryKeeper } from './memory-keeper.ts';
import type { ComposeDeps } from './minutes/compose.ts';
import { createMinutes, MINUTES_TOPIC } from './minutes/minutes.ts';
import { createParts } from './minutes/parts.ts';
import { createMinutesWatch, type MinutesWatch } from './minutes/watch.ts';
import { createNotices, NOTICE_TOPIC } from './notice/notice.ts';
import type { NoticeStore } from './notice/ports.ts';
import { createMailQueue, type MailQueue } from './notice/queue.ts';
import { createSmtp } from './notice/smtp.ts';
import { createMailWriter } from './notice/write.ts';
import { createHistory, type History } from './operations/history.ts';
import { createMetrics } from './operations/metrics.ts';
import { createOperations } from './operations/operations.ts';
import { createReadiness } from './operations/readiness.ts';
import { createPace } from './pace.ts';
import { createAccounts } from './people/accounts.ts';
import { createGate } from './people/gate.ts';
import { createLinks } from './people/links.ts';
import { createOrganisations } from './people/organisations.ts';
import { createPasswords, type PasswordCost } from './people/passwords.ts';
import { createPeople } from './people/people.ts';
import { createSessions } from './people/sessions.ts';
import { createThrottle } from './people/throttle.ts';
import { createProjector } from './projector/projector.ts';
import type { RelayLimits } from './relay/limits.ts';
import { levelOf } from './relay/log.ts';
import type { Authorize, CheckpointStore, Clock, Relay, UpdateStore } from './relay/ports.ts';
import { createRelay } from './relay/relay.ts';
import { createStats, type RelayStats } from './relay/stats.ts';
import type { Backups, Services } from './services.ts';
import { createSignOffContext } from './signoff/context.ts';
import { WORKSPACE_SIGNATURES } from './signoff/ports.ts';
import { signingOf } from './signoff/signing.ts';
import { createSignOffs } from './signoff/signoffs.ts';
import { sqlActionStore } from './storage/action-store.ts';
import { sqlAttachmentStore } from './storage/attachment-store.ts';
import { sqlAttendanceStore } from './storage/attendance-store.ts';
import { databaseFile, lastBackup } from './storage/backup.ts';
import { sqlDecisionStore } from './storage/decision-store.ts';
import { type DoorFacts, openDoorFacts } from './storage/door-facts.ts';
import { emptyLog } from './storage/empty-log.ts';
import { sqlFloorStore } from './storage/floor-store.ts';
import { lockFolder } from './storage/folder-lock.ts';
import { sqlGroupSetStore } from './storage/group-set-store.ts';
import { sqlGuestStore } from './storage/guest-store.ts';
import { sqlImportedStore } from './storage/imported-store.ts';
import { sqlLinkStore } from './storage/link-store.ts';
import { sqlMeetingStore } from './storage/meeting-store.ts';
import { migrate } from './storage/migrate.ts';
import { migrations } from './storage/migrations.ts';
import { sqlMinutesStore } from './storage/minutes-store.ts';
import { createNightlyBackup } from './storage/nightly-backup.ts';
import { sqlMailStore, sqlNoticeStore } from './storage/notice-store.ts';
import { sqlOrganisationStore } from './storage/organisation-store.ts';
import { sqlPeopleStore } from './storage/people-store.ts';
import { sqlProjectorStore } from './storage/projector-store.ts';
import { sqlSessionStore } from './storage/session-store.ts';
import { sqlSignOffStore } from './storage/signoff-store.ts';
import { type Database, kyselyOver, openSqlite } from './storage/sqlite.ts';
import { sqlSummaryStore } from './storage/summary-store.ts';
import { SqliteUpdateStore } from './storage/update-store.ts';
import { sqlVoteStore } from './storage/vote-store.ts';
import { sqlWorkshopLiveStore } from './storage/workshop-live-store.ts';
import { sqlWorkshopStore } from './storage/workshop-store.ts';
import { createSummaries } from './summaries/summaries.ts';
import { workshopAuthorship } from './workshops/authorship.ts';
import { createCases } from './workshops/cases.ts';
import { createClockKeeper } from './workshops/clock-keeper.ts';
import { keepWhatCloses } from './workshops/closing.ts';
import { createWorkshopContext } from './workshops/context.ts';
import { createGroupSets } from './workshops/group-sets.ts';
import { createLatecomers } from './workshops/latecomers.ts';
import { createVotes } from './workshops/votes.ts';
import { createWorkshops } from './workshops/workshops.ts';

export interface StartOptions {
  config: Config;
  /** Mounts `GET /demo/:token` and gives {@link RunningServer.devLink}. Never from `npm start`. */
  devLinks?: boolean;
  /** Milliseconds since 1970; by default the machine's clock. Sessions and the throttle always live by the machine's. */
  clock?: Clock;
  /** Folder of the built client; by default it is built when it is missing or old. */
  dist?: string;
  /** Cheaper passwords for tests. */
  passwordCost?: PasswordCost;
  /** Overrides of the relay's limits, for tests and measurements. */
  limits?: Partial<RelayLimits>;
  /** Opens what keeps the rooms' updates in the database `file`; tests put a faulty disk here. */
  openUpdates?: (file: string) => UpdateStore & CheckpointStore;
  /** Overrides of how often and how long sockets are waited for, for tests. */
  times?: Partial<WatchTimes & PatienceTimes>;
  /** How often what is old is cleared away, milliseconds; for tests. */
  sweepMs?: number;
  /** Overrides of what one person may have of lines, for tests. */
  lineLimits?: Partial<LineLimits>;
  /** Where the log goes; by default to stderr, so that stdout belongs to whoever started the server. */
  logTo?: { write(line: string): void };
}

export interface RunningServer {
  /** The public origin, without a slash at the end. */
  url: string;
  /** Where it listens, as an origin; another than `url` behind a proxy. */
  address: string;
  services: Services;
  relay: Relay;
  /** What the relay counts about itself. */
  stats: RelayStats;
  /** What is counted of the rooms that come over plain HTTP. */
  lineStats: LineStats;
  log: Logger;
  /** Every route that is served, as "METHOD /path/:template". */
  routes: string[];
  /** A plain GET address that signs this person in, as often as one likes, and leads to `path`. Only with `devLinks`. */
  devLink(personId: Id, path: string): string;
  /** Flushes and closes everything; resolves when the data is on disk. */
  stop(): Promise<void>;
}

/** How long another process on the same folder is waited for, in milliseconds: one that is just being shut down. */
const HANDOVER_MS = 2_000;
/** How long requests that are going on may take when the server stops, in milliseconds. */
const STOP_PATIENCE_MS = 3_000;
const SWEEP_MS = 3600_000;

function logger(config: Config, to: StartOptions['logTo']): Logger {
  // Only our own fields: no host name, no process id. Requests are logged in http/request-log.ts.
  const options = { level: config.logLevel, base: undefined };
  return pino(options, to ?? destination({ fd: 2, sync: true }));
}

/** People, organisations, sessions, links and meetings over one database and one relay. */
function composeServices(
  db: Database,
  deps: {
    facts: DoorFacts;
    relay: Relay;
    stats: RelayStats;
    history: History;
    minutesWatch: MinutesWatch;
    checkpoints: CheckpointStore;
    clock: Clock;
    config: Config;
    secure: boolean;
    site(): Site;
    cost?: PasswordCost;
    warn(event: string, fields: Record<string, string>): void;
    failed(event: string, err: unknown): void;
  },
) {
  const { facts, relay, clock } = deps;
  const people = sqlPeopleStore(db);
  const organisations = sqlOrganisationStore(db);
  const meetings = sqlMeetingStore(db);
  const passwords = createPasswords(deps.cost);
  const gate = createGate();
  const { sessions, cookies } = createSessions({
    store: sqlSessionStore(db),
    reader: facts,
    relay,
    secure: deps.secure,
  });
  const workshops = sqlWorkshopStore(db);
  const workshopContext = createWorkshopContext({
    store: workshops,
    meetings,
    relay,
    checkpoints: deps.checkpoints,
    clock,
    warn: deps.warn,
  });
  const workshopLive = sqlWorkshopLiveStore(db);
  const placeLatecomer = createLatecomers(workshopContext);
  keepWhatCloses(workshopContext, workshopLive);
  const signOffStore = sqlSignOffStore(db);
  const importedStore = sqlImportedStore(db);
  const meetingDeps: MeetingDeps = {
    store: meetings,
    imported: (meetingId) => importedStore.origin(meetingId),
    people,
    organisations,
    relay,
    checkpoints: deps.checkpoints,
    clock,
    placeLatecomer,
    async signing(meetingId) {
      const { approvals, suggestions } = await signOffStore.get(meetingId);
      return approvals.length > 0 || suggestions.length > 0;
    },
    warn: deps.warn,
  };
  const decisionStore = sqlDecisionStore(db);
  const actionStore = sqlActionStore(db);
  const attendanceStore = sqlAttendanceStore(db);
  const decisionContext = createDecisionContext({
    store: decisionStore,
    actions: actionStore,
    meetings,
    organisations,
    relay,
    clock,
  });
  const backups: Backups = { last: () => lastBackup(deps.config.dataDir), nightly: deps.config.backup !== null };
  const meetingCases = createMeetings(meetingDeps);
  const files = createFileThreads();
  const summaries = sqlSummaryStore(db);
  const attachmentStore = sqlAttachmentStore(db);
  const attachmentPort = attachmentsForMinutes(attachmentStore, relay);
  const composing: ComposeDeps = {
    relay,
    summaries,
    workshops: (meetingId) => workshops.ofMeeting(meetingId),
    organisations: () => organisations.list(),
    imported: (meetingId) => importedStore.get(meetingId),
    parts: {
      ...createParts({
        attendance: { store: attendanceStore, relay, organisations: () => organisations.list(), clock },
        decisions: decisionStore,
        actions: actionStore,
        attachments: attachmentPort,
      }),
      signing: signingOf(() => signOffContext),
    },
  };
  const minutesStore = sqlMinutesStore(db);
  const signOffContext = createSignOffContext({
    store: signOffStore,
    meetings,
    minutes: minutesStore,
    composing,
    relay,
    files,
    signatures: WORKSPACE_SIGNATURES,
    attachments: attachmentBytes(attachmentStore),
    clock,
    mayWrite(personId, meetingId, itemId) {
      const found = facts.access(meetingId, itemId, { personId, sessionId: '', now: clock(), begunAfter: 0 });
      if (!found) return false;
      return itemAccess({ roles: found.roles, isAdmin: false }, found.state, found.locked).access === 'write';
    },
    phaseEnded: createKeeper(meetingDeps).phaseEnded,
  });
  const accounts = createAccounts({
    store: people,
    sessions,
    passwords,
    gate,
    relay,
    throttle: createThrottle(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  const noticeStore = sqlNoticeStore(db);
  const mailQueue = createMails({ ...deps, db, noticeStore, files });
  const attachments = createAttachments({
    store: attachmentStore,
    relay,
    pace: createPace({ atOnce: 60, everyMs: 200 }),
    look: createLook(),
    clock,
    changed: (meetingId) => deps.minutesWatch.written(roomName({ kind: 'agenda', meetingId })),
  });
  const services: Services = {
    sessions,
    people: createPeople({ store: people, sessions, relay, clock }),
    organisations: createOrganisations(organisations),
    accounts,
    links: createLinks({
      store: sqlLinkStore(db),
      people,
      sessions,
      passwords,
      gate,
      clock,
      origin: () => deps.site().origin,
      meetings: createInvitations(meetings),
    }),
    meetings: meetingCases,
    versions: createVersions(meetingDeps),
    workshops: createWorkshops(createCases(workshopContext, workshopLive, people)),
    groupSets: createGroupSets({ store: sqlGroupSetStore(db), meetings, clock }),
    summaries: createSummaries({
      store: summaries,
      workshops: workshopContext,
      people,
      files,
      attachmentLabels: async (meetingId) => labelsForSummaries(attachmentPort, await meetings.get(meetingId)),
    }),
    minutes: createMinutes({ ...composing, store: minutesStore, meetings, relay, files, watch: deps.minutesWatch }),
    signOffs: createSignOffs(signOffContext),
    notices: createNotices({
      store: noticeStore,
      relay,
      people,
      organisations: () => organisations.list(),
      parts: composing.parts,
      attachmentNumbers: attachments,
      files,
      pace: createPace({ atOnce: 30, everyMs: 1_000 }),
      clock,
      origin: () => deps.site().origin,
      mailFrom: deps.config.mail?.from ?? null,
      queued: () => mailQueue?.poke(),
    }),
    minutesImport: createMinutesImport({
      store: importedStore,
      meetings,
      show: (caller, meetingId) => meetingCases.get(caller, meetingId),
      settings: minutesStore,
      people,
      relay,
      compose: composing,
      clock,
    }),
    documentImports: createDocumentImports({ meetings, relay, readWord: createReadWord(), clock }),
    harvest: {
      authorship: (...asked) => workshopAuthorship({ relay, people, workshops: workshopContext }, ...asked),
    },
    votes: createVotes({ store: sqlVoteStore(db), workshops: workshopContext, relay, clock }),
    access: createAccess({ facts, relay: () => relay }),
    guests: createGuests({
      store: sqlGuestStore(db),
      people,
      organisations,
      workshops,
      sessions,
      accounts,
      gate: createCodeGate(),
      relay,
      clock,
      origin: () => deps.site().origin,
      arrived: placeLatecomer,
    }),
    decisions: createDecisions(decisionContext),
    actions: createActions(decisionContext),
    bodies: createBodies({ store: decisionStore, meetings, relay }),
    attendances: createAttendances({
      store: attendanceStore,
      decisions: async (meetingId) =>
        (await decisionStore.ofMeeting(meetingId)).map(({ id, itemId, at }) => ({ id, itemId, at })),
      relay,
      pace: createPace({ atOnce: 60, everyMs: 200 }),
      clock,
    }),
    attachments,
    floors: createFloors({ store: sqlFloorStore(db), relay, clock }),
    projector: createProjector({
      store: sqlProjectorStore(db),
      sessions,
      relay,
      clock,
      origin: () => deps.site().origin,
      takesPart: async (meetingId, personId) =>
        (await meetings.get(meetingId))?.participants.some((p) => p.personId === personId) ?? false,
    }),
    backups,
    operations: createOperations({
      stats: deps.stats,
      history: deps.history,
      relay,
      meetings: meetingCases,
      backups,
      clock,
      startedAt: Date.now(),
      version: pkg.version,
    }),
  };
  return {
    services,
    cookies,
    clockKeeper: createClockKeeper(workshopContext),
    janitor: createJanitor(attachmentStore, clock, deps.warn),
    mailQueue,
  };
}

/** The queue of mails; `null` where the house sends none. */
function createMails({
  db,
  noticeStore,
  files,
  relay,
  clock,
  config,
  ...deps
}: {
  db: Database;
  noticeStore: NoticeStore;
  files: FileThreads;
  relay: Relay;
  clock: Clock;
  config: Config;
  site(): Site;
  failed(event: string, err: unknown): void;
}): MailQueue | null {
  if (config.mail === null) return null;
  const { url, from } = config.mail;
  const origin = (): string => deps.site().origin;
  return createMailQueue({
    store: sqlMailStore(db),
    mail: createSmtp({ url, from, name: from.slice(from.lastIndexOf('@') + 1) }),
    write: createMailWriter({ store: noticeStore, files, clock, origin, mailFrom: from }),
    told: (meetingId) => relay.notice(roomName({ kind: 'agenda', meetingId }), NOTICE_TOPIC),
    failed: (err) => deps.failed('mails could not be sent', err),
  });
}

/** Opens the data, starts listening and resolves when requests are served. Rejects when any of it cannot be done. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config } = options;
  const clock: Clock = options.clock ?? (() => Date.now());
  const log = logger(config, options.logTo);
  const dist = options.dist ?? (await ensureBuilt(() => log.info('building the client, once')));

  const unlock = lockFolder(config.dataDir, HANDOVER_MS);
  const undo: (() => Promise<void> | void)[] = [unlock];
  const unwind = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const file = databaseFile(config.dataDir);
    const db = kyselyOver(openSqlite(file));
    undo.push(() => db.destroy());
    const ran = await migrate(db as never, migrations);
    if (ran.length > 0) log.info({ steps: ran }, 'brought the data forward');

    const facts = openDoorFacts(file);
    undo.push(() => facts.close());
    const updates = options.openUpdates?.(file) ?? new SqliteUpdateStore({ file, threaded: true });
    undo.push(() => updates.close());
    // The relay asks the use cases for rights, and they ask it to decide anew: one of them has to be named first.
    const authorize: Authorize = (principal, room) => services.access.authorize(principal, room);
    const stats = createStats();
    const lineStats = createLineStats();
    const minutesWatch = createMinutesWatch((meetingId) =>
      relay.notice(roomName({ kind: 'agenda', meetingId }), MINUTES_TOPIC),
    );
    undo.push(() => minutesWatch.stop());
    const relay: Relay = createRelay({
      store: updates,
      authorize,
      shapeOf,
      clock,
      stats,
      written: (room) => minutesWatch.written(room),
      log: (event, fields) => log[levelOf(event)](fields, event),
      ...(options.limits ? { limits: options.limits } : {}),
    });
    undo.push(() => relay.stop());
    const people = (): number => relay.present('').size;
    // By the machine's clock: what is seen here is when it happened, also where the meetings' clock is another.
    const history = createHistory({ stats, people, clock: () => Date.now() });
    undo.push(() => history.stop());
    const memory = createMemoryKeeper(stats);
    undo.push(() => memory.stop());

    let site: Site | null = config.publicUrl === null ? null : siteFrom(config.publicUrl);
    const requireSite = (): Site => {
      if (!site) throw new Error('The public address is known once the server listens');
      return site;
    };
    const { services, cookies, clockKeeper, janitor, mailQueue } = composeServices(db, {
      facts,
      relay,
      stats,
      history,
      minutesWatch,
      checkpoints: updates,
      clock,
      config,
      warn: (event, fields) => log.warn(fields, event),
      failed: (event, err) => log.error({ err }, event),
      secure: site?.secure ?? false,
      site: requireSite,
      ...(options.passwordCost ? { cost: options.passwordCost } : {}),
    });
    await janitor.sweep();
    // What a clock missed while no server ran is done before anybody is let in.
    await clockKeeper.start();
    undo.push(() => clockKeeper.stop());
    const devLinks = options.devLinks ? createDevLinks() : null;
    const watch = createSocketWatch(
      services.sessions,
      relay,
      (err) => log.error({ err }, 'sessions could not be read'),
      options.times,
    );
    undo.push(() => watch.stop());

    const healthy = async (): Promise<void> => {
      await sql`select 1`.execute(db);
    };
    let stopping: Promise<void> | null = null;
    let routes: string[] = [];
    const server = await listen({
      host: config.host,
      port: config.port,
      times: options.times,
      failed: (err) => log.error({ err }, 'sockets could not be taken'),
      serve: (port) => {
        site ??= siteFrom(defaultOrigin(config.host, port));
        const failed = (err: unknown): void => log.error({ err }, 'nobody could be let in');
        const lines = createLines({
          services,
          cookies,
          relay,
          watch,
          failed,
          full: createHeapWatch(),
          stats: lineStats,
          ...(options.lineLimits ? { limits: options.lineLimits } : {}),
        });
        const app = createApp({
          services,
          cookies,
          lines,
          site,
          log,
          version: pkg.version,
          dist,
          devLinks,
          healthy,
          readiness: createReadiness({ stats, healthy, stopping: () => stopping !== null }),
          metrics: createMetrics({ stats, lines: lineStats, people, backups: services.backups, version: pkg.version }),
          metricsToken: config.metricsToken,
          trustedProxy: config.trustedProxy,
          clock,
        });
        routes = servedRoutes(app);
        const door = createDoor({ services, cookies, relay, watch, failed });
        const upgrades = createUpgrades({ site, log, enter: door.enter });
        const close = (): void => {
          upgrades.close();
          lines.close();
        };
        return { app, upgrades: { handle: upgrades.handle, close }, terminate: door.terminate };
      },
    });
    if (mailQueue) {
      // Not before the address is known that its links are made from.
      undo.push(() => mailQueue.stop());
      await mailQueue.start();
    }
    const url = requireSite().origin;
    const address = defaultOrigin(config.host, server.port);
    if (!requireSite().secure)
      log.warn(
        { url },
        'PUBLIC_URL is plain http: passwords and cookies travel readable; use https beyond this machine',
      );

    const sweep = setInterval(() => {
      services.sessions.sweep().catch((err: unknown) => log.error({ err }, 'expired sessions could not be deleted'));
      janitor
        .sweep()
        .catch((err: unknown) => log.error({ err }, 'attachments could not be put in order'))
        .then(() => emptyLog(db))
        .catch((err: unknown) => log.error({ err }, 'the log beside the database could not be emptied'));
    }, options.sweepMs ?? SWEEP_MS);
    sweep.unref();

    if (config.backup) {
      const nightly = createNightlyBackup({
        ...config.backup,
        dataDir: config.dataDir,
        program: pkg.version,
        clock: () => Date.now(),
        made: ({ bytes }) => log.info({ bytes }, 'backup made'),
        failed: (err) => log.error({ err }, 'backup failed'),
      });
      undo.push(() => nightly.stop());
    }

    return {
      url,
      address,
      services,
      relay,
      stats,
      lineStats,
      log,
      routes,
      devLink(personId, path) {
        if (!devLinks) throw new Error('Only the demo makes such links');
        return url + devLinks.make(personId, path);
      },
      stop() {
        stopping ??= (async () => {
          clearInterval(sweep);
          await clockKeeper.stop();
          await mailQueue?.stop();
          // The sockets first, with "come again": then nothing keeps the HTTP server open.
          const closed = server.close(STOP_PATIENCE_MS);
          await relay.stop();
          await closed;
          await unwind();
        })();
        return stopping;
      },
    };
  } catch (error) {
    await unwind();
    throw error;
  }
}
