/**
 * Why this file exists: where the others write. A thin stroke with a knob that takes no space and never covers words; the
 * name hangs in the margin where there is one, else it shows for two seconds after a move. On a touch screen the carets
 * in the block that is being composed are taken away: phones' keyboards double and delete words beside them.
 */
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { DecorationSet } from '@tiptap/pm/view';
import { yCursorPlugin, yCursorPluginKey } from '@tiptap/y-tiptap';
import i18next from 'i18next';
import { type RoomClient, readUser } from '../collab/index.ts';
import { readScreen } from './sync-guard.ts';

const MOVING = 2_000;

/** The token of a person's colour, 0–11. */
export function colourOf(colour: number): string {
  return `var(--p${colour + 1})`;
}

/** A guest is called one wherever the name stands alone. */
function shownName({ name, guest }: { name: string; guest?: true }): string {
  return guest ? `${name} (${i18next.t('common:role.guest')})` : name;
}

function caret(user: unknown, clientId: number): HTMLElement {
  const person = readUser(user);
  const element = document.createElement('span');
  element.className = 'rs-caret moving';
  element.dataset.client = String(clientId);
  element.setAttribute('aria-hidden', 'true');
  element.style.setProperty('--c', colourOf(person?.colour ?? 8));
  const name = document.createElement('b');
  name.textContent = person ? shownName(person) : '';
  element.append(name);
  return element;
}

/** The carets of everybody else in the room. */
export function carets(room: RoomClient): Extension {
  return Extension.create({
    name: 'carets',
    priority: 999,
    addProseMirrorPlugins() {
      const stock: Plugin<DecorationSet> = yCursorPlugin(unheard(room.awareness), {
        cursorBuilder: caret,
        selectionBuilder: (user: unknown) => ({
          class: 'rs-selection',
          style: `--c: ${colourOf(readUser(user)?.colour ?? 8)}`,
        }),
        awarenessStateFilter: (own: number, other: number, state: { user?: unknown } | null) =>
          own !== other && state !== null && readUser(state.user) !== null,
      });
      const touch = typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;
      const { editor } = this;
      stock.props.decorations = (state) => {
        const set = yCursorPluginKey.getState(state) as DecorationSet | undefined;
        if (!set || !touch || !editor.view.composing) return set;
        const { $from } = state.selection;
        if ($from.depth === 0) return set;
        return set.remove(set.find($from.before(), $from.after()));
      };
      return [stock, repaintPlugin(room), movingPlugin(room)];
    },
  });
}

/**
 * The same presence, whose changes the stock plugin does not hear: it repaints the carets with the selection it knows. When
 * that happens between a click and the moment the editor hears of it, the click is undone and words land elsewhere.
 */
function unheard(awareness: RoomClient['awareness']): RoomClient['awareness'] {
  return Object.create(awareness, {
    on: { value: () => {} },
    off: { value: () => {} },
  }) as RoomClient['awareness'];
}

/** Repaints the carets when somebody has moved, after the screen has been read. */
function repaintPlugin(room: RoomClient): Plugin {
  return new Plugin({
    key: new PluginKey('repaintCarets'),
    view: (view) => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      const repaint = () => {
        timer = null;
        if (view.isDestroyed) return;
        readScreen(view);
        view.dispatch(view.state.tr.setMeta(yCursorPluginKey, { awarenessUpdated: true }));
      };
      const onChange = () => {
        timer ??= setTimeout(repaint);
      };
      room.awareness.on('change', onChange);
      return {
        destroy: () => {
          room.awareness.off('change', onChange);
          if (timer) clearTimeout(timer);
        },
      };
    },
  });
}

/** Marks a caret as moving for two seconds after its owner moved it. */
function movingPlugin(room: RoomClient): Plugin {
  return new Plugin({
    key: new PluginKey('movingCarets'),
    view: (view) => {
      const places = new Map<number, string>();
      const timers = new Map<number, ReturnType<typeof setTimeout>>();
      const show = (client: number) => {
        const find = () => view.dom.querySelector(`.rs-caret[data-client="${client}"]`);
        find()?.classList.add('moving');
        const known = timers.get(client);
        if (known) clearTimeout(known);
        timers.set(
          client,
          setTimeout(() => {
            timers.delete(client);
            find()?.classList.remove('moving');
          }, MOVING),
        );
      };
      const onChange = () => {
        for (const [client, state] of room.awareness.getStates()) {
          if (client === room.awareness.clientID) continue;
          const place = JSON.stringify(state.cursor ?? null);
          if (places.get(client) === place) continue;
          places.set(client, place);
          show(client);
        }
      };
      room.awareness.on('change', onChange);
      onChange();
      return {
        destroy: () => {
          room.awareness.off('change', onChange);
          for (const timer of timers.values()) clearTimeout(timer);
        },
      };
    },
  });
}
