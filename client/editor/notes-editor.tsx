/**
 * Why this file exists: the notes of one room in whatever state they are. Writing only when the room is in step and the
 * right is there; else the last known words with the reason; a skeleton when nothing is known. Never an empty editor that
 * is not truly empty.
 */
import { Lock } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Authorship } from '#shared/api.ts';
import { CLOSE } from '#shared/wire.ts';
import { type RoomClient, type RoomState, useRoomState } from '../collab/index.ts';
import './editor.css';
import { LiveEditor } from './live-editor.tsx';
import type { MentionPerson } from './mentions.ts';
import { NotesView } from './notes-view.tsx';
import type { OriginLabel } from './origins.ts';
import type { SourceMarks } from './sources.ts';

/** Who locked the item, why and when; as in the meeting's item state. */
export interface LockInfo {
  by: string;
  reason: string;
  /** Milliseconds. */
  at: number;
}

export interface NotesEditorProps {
  /** From `useRoom`; `null` while it opens. */
  room: RoomClient | null;
  /** Name of the root fragment, `NOTES_FRAGMENT` for an item. */
  fragment: string;
  /** Accessible name, e.g. "Anteckningar till punkt 5". */
  label: string;
  /** False keeps it a reading view whatever the right. */
  editable?: boolean;
  locked?: LockInfo | null;
  participants: readonly MentionPerson[];
  /** Words for the item a copied block came from; keep its identity while the agenda is the same. */
  originLabel?: OriginLabel;
  /** Shows which groups blocks were made from; keep its identity while the groups are the same. */
  sources?: SourceMarks | null;
  /** Below where several texts stand under each other and only the one that is written in shows its tools. */
  toolbar?: 'above' | 'below';
  loadAuthorship?: () => Promise<Authorship>;
  /** Esc in the text: move focus to the item's heading. */
  onLeave?: () => void;
  /** This person began or stopped typing here. */
  onTyping?: (typing: boolean) => void;
}

/** Whether the person may write in the room now: also while offline, once it has been in step. */
export function mayType(state: RoomState): boolean {
  return (
    state.everSynced && (state.access === 'write' || state.accessReason === 'storage') && state.closedCode === null
  );
}

const nowhere: OriginLabel = () => null;

export function NotesEditor(props: NotesEditorProps) {
  const { room, fragment, label, editable = true, locked = null } = props;
  const state = useRoomState(room);
  const shared = useMemo(() => room?.doc.getXmlFragment(fragment) ?? null, [room, fragment]);
  if (room === null || state === null || shared === null || !state.known)
    return <Unknown label={label} offline={state?.connection === 'offline'} state={state} />;
  if (editable && locked === null && mayType(state))
    return (
      <div className="rs-notes">
        <LiveEditor
          room={room}
          fragment={fragment}
          label={label}
          participants={props.participants}
          originLabel={props.originLabel ?? nowhere}
          sources={props.sources}
          toolbar={props.toolbar}
          loadAuthorship={props.loadAuthorship}
          onLeave={props.onLeave}
          onTyping={props.onTyping}
        />
      </div>
    );
  return (
    <div className={locked ? 'rs-notes rs-locked' : 'rs-notes'}>
      {locked ? <LockLine locked={locked} /> : <Reason state={state} />}
      <NotesView
        fragment={shared}
        label={label}
        originLabel={props.originLabel ?? nowhere}
        sources={props.sources ?? null}
      />
    </div>
  );
}

function Unknown({ label, offline, state }: { label: string; offline: boolean; state: RoomState | null }) {
  const { t } = useTranslation('editor');
  const closed = state !== null && state.closedCode !== null;
  return (
    <section className="rs-notes" aria-label={label} aria-busy={!closed}>
      {closed ? (
        <Reason state={state} />
      ) : (
        <p className="rs-line" role="status">
          {t(offline ? 'state.offlineUnknown' : 'state.loading')}
        </p>
      )}
      {closed ? null : (
        <div className="rs-skeleton" aria-hidden>
          <i />
          <i />
          <i />
        </div>
      )}
    </section>
  );
}

function LockLine({ locked }: { locked: LockInfo }) {
  const { t, i18n } = useTranslation('editor');
  const time = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'sv-SE', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(locked.at);
  return (
    <p className="rs-line">
      <Lock aria-hidden size={16} strokeWidth={1.75} />
      <span>
        <b>{locked.reason === '' ? t('locked.title') : locked.reason}</b> {t('locked.by', { name: locked.by })},{' '}
        {t('locked.since', { time })}
      </span>
    </p>
  );
}

function Reason({ state }: { state: RoomState }) {
  const { t } = useTranslation('editor');
  if (state.closedCode === CLOSE.reload)
    return (
      <p className="rs-line" role="status">
        <span>{t('state.reload')}</span>{' '}
        <button type="button" className="rs-plain" onClick={() => location.reload()}>
          {t('state.reloadAction')}
        </button>
      </p>
    );
  let sentence: string | null = null;
  if (state.closedCode !== null) sentence = t('reason.not-participant');
  else if (!state.everSynced) sentence = t(state.connection === 'offline' ? 'state.offlineKnown' : 'state.connecting');
  else if (state.access !== 'write') sentence = t(`reason.${state.accessReason || 'read'}`);
  if (sentence === null) return null;
  return (
    <p className="rs-line" role="status">
      {sentence}
    </p>
  );
}
