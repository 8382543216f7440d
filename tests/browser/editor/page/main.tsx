/**
 * Why this file exists: the notes alone on a page, over a real relay, under the program's own Content-Security-Policy:
 * what the browser tests of the editor drive.
 */
import i18next from 'i18next';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import type * as Y from 'yjs';
import { currentRegistry, setCollabPerson, useRoom, useRoomState, useSaving } from '../../../../client/collab/index.ts';
import { type LockInfo, NotesEditor } from '../../../../client/editor/index.ts';
import { editor as editorSv } from '../../../../client/i18n/sv/editor.ts';
import { saving as savingSv } from '../../../../client/i18n/sv/saving.ts';
import './page.css';

const params = new URLSearchParams(location.search);
const person = params.get('person') ?? 'astrid';
const roomName = params.get('room') ?? 'item:vinterm0te0000000000:punkt000000000000001';

await i18next.use(initReactI18next).init({
  lng: 'sv',
  resources: { sv: { editor: editorSv, saving: savingSv } },
  interpolation: { escapeValue: false },
});
setCollabPerson(person);

const PEOPLE = [
  { id: 'aaaaaaaaaaaaaaaaaaa1', name: 'Maj Lindgren', organisation: 'Almvik' },
  { id: 'aaaaaaaaaaaaaaaaaaa2', name: 'Torsten Ek', organisation: 'Brantsjö' },
  { id: 'aaaaaaaaaaaaaaaaaaa3', name: '<img src=x onerror=alert(1)>', organisation: '"><script>alert(2)</script>' },
];

/** What the tests may reach besides what people see. */
declare global {
  interface Window {
    rs: {
      doc(): Y.Doc;
      html(): string;
      state(): unknown;
      lock(lock: LockInfo | null): void;
      disconnect(): void;
      connect(): void;
    };
  }
}

function Page() {
  const room = useRoom(roomName);
  const state = useRoomState(room);
  const saving = useSaving();
  const [locked, setLocked] = useState<LockInfo | null>(null);
  const client = () => {
    const found = currentRegistry()?.peek(roomName);
    if (!found) throw new Error('no room');
    return found;
  };
  window.rs = {
    doc: () => client().doc,
    html: () => client().doc.getXmlFragment('notes').toString(),
    state: () => client().state,
    lock: setLocked,
    disconnect: () => client().provider.disconnect(),
    connect: () => client().provider.connect(),
  };
  return (
    <>
      <p id="saving">{saving.status}</p>
      <p id="connection">{state?.connection ?? 'none'}</p>
      <p id="device">{saving.deviceStorage}</p>
      <ul id="refused">
        {saving.refused.map((refusal) => (
          <li key={refusal.id}>{refusal.text}</li>
        ))}
      </ul>
      <NotesEditor
        room={room}
        fragment="notes"
        label="Anteckningar till punkt 5"
        locked={locked}
        participants={PEOPLE}
        loadAuthorship={() => fetch(`/authorship/${roomName}`).then((answer) => answer.json())}
        onLeave={() => document.getElementById('heading')?.focus()}
      />
    </>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
