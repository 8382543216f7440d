/**
 * Why this file exists: the list under the caret for `/` and `@`. Plain DOM, because focus must stay in the text; the
 * editor points at the chosen row with aria-activedescendant.
 */
import { autoUpdate, computePosition, flip, offset, shift } from '@floating-ui/dom';
import type { SuggestionProps } from '@tiptap/suggestion';

/** One row of the list. */
export interface PopupRow {
  id: string;
  label: string;
  /** What else is shown, muted: an organisation, a Markdown shortcut. */
  hint: string;
}

export interface PopupHandlers<Row extends PopupRow> {
  onStart(props: SuggestionProps<Row, Row>): void;
  onUpdate(props: SuggestionProps<Row, Row>): void;
  onKeyDown(props: { event: KeyboardEvent }): boolean;
  onExit(): void;
}

let number = 0;

/** Makes the list for one suggestion; `label` names it to screen readers, `none` is said when nothing matches. */
export function popup<Row extends PopupRow>(label: string, none: string): PopupHandlers<Row> {
  let list: HTMLElement | null = null;
  let stopPlacing = () => {};
  let current: SuggestionProps<Row, Row> | null = null;
  let selected = 0;

  const editorDom = () => current?.editor.view.dom ?? null;

  const paint = () => {
    if (!list || !current) return;
    const { items } = current;
    selected = Math.min(selected, Math.max(0, items.length - 1));
    const prefix = list.id;
    list.replaceChildren(
      ...items.map((row, index) => {
        const option = document.createElement('div');
        option.id = `${prefix}-${index}`;
        option.className = 'rs-popup-row';
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', String(index === selected));
        const name = document.createElement('span');
        name.textContent = row.label;
        const hint = document.createElement('span');
        hint.className = 'rs-popup-hint';
        hint.textContent = row.hint;
        option.append(name, hint);
        option.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          current?.command(row);
        });
        option.addEventListener('pointermove', () => {
          if (selected === index) return;
          selected = index;
          mark();
        });
        return option;
      }),
    );
    if (items.length === 0) {
      const empty = document.createElement('div');
      empty.className = 'rs-popup-none';
      empty.textContent = none;
      list.append(empty);
    }
    mark();
  };

  const mark = () => {
    if (!list) return;
    for (const [index, option] of [...list.querySelectorAll('[role=option]')].entries()) {
      option.setAttribute('aria-selected', String(index === selected));
      if (index === selected) {
        option.scrollIntoView({ block: 'nearest' });
        editorDom()?.setAttribute('aria-activedescendant', option.id);
      }
    }
    if (current?.items.length === 0) editorDom()?.removeAttribute('aria-activedescendant');
  };

  const place = () => {
    const element = list;
    if (!element || !current) return;
    const anchor = {
      getBoundingClientRect: () => current?.clientRect?.() ?? new DOMRect(),
      contextElement: current.editor.view.dom,
    };
    stopPlacing = autoUpdate(anchor, element, () => {
      void computePosition(anchor, element, {
        strategy: 'fixed',
        placement: 'bottom-start',
        middleware: [offset(6), flip({ padding: 8 }), shift({ padding: 8 })],
      }).then(({ x, y }) => {
        element.style.left = `${x}px`;
        element.style.top = `${y}px`;
      });
    });
  };

  return {
    onStart(props) {
      current = props;
      selected = 0;
      number += 1;
      list = document.createElement('div');
      list.id = `rs-popup-${number}`;
      list.className = 'rs-popup';
      list.setAttribute('role', 'listbox');
      list.setAttribute('aria-label', label);
      document.body.append(list);
      const dom = props.editor.view.dom;
      dom.setAttribute('aria-controls', list.id);
      dom.setAttribute('aria-haspopup', 'listbox');
      paint();
      place();
    },
    onUpdate(props) {
      if (props.query !== current?.query) selected = 0;
      current = props;
      paint();
    },
    onKeyDown({ event }) {
      if (!list || !current) return false;
      const count = current.items.length;
      if (event.key === 'ArrowDown' && count > 0) selected = (selected + 1) % count;
      else if (event.key === 'ArrowUp' && count > 0) selected = (selected + count - 1) % count;
      else if ((event.key === 'Enter' || event.key === 'Tab') && count > 0 && !event.isComposing) {
        const row = current.items[selected];
        if (row) current.command(row);
        return true;
      } else return false;
      mark();
      return true;
    },
    onExit() {
      stopPlacing();
      const dom = editorDom();
      dom?.removeAttribute('aria-activedescendant');
      dom?.removeAttribute('aria-controls');
      dom?.removeAttribute('aria-haspopup');
      list?.remove();
      list = null;
      current = null;
    },
  };
}
