/**
 * Why this file exists: writing. Mounted only when the room is in step and the person may write; bound to one fragment of
 * one room for as long as it lives.
 */
import { EditorContent, useEditor } from '@tiptap/react';
import { use, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { Authorship } from '#shared/api.ts';
import { ACCEPTED_ENDINGS } from '#shared/attachments/kinds.ts';
import type { RoomClient } from '../collab/index.ts';
import { type AttachmentSource, AttachmentSourceContext, chooseFiles } from './attachment-source.ts';
import { addAt, insertChip } from './attachments.ts';
import { authorsOf, blockAt } from './authorship.ts';
import { editorExtensions } from './extensions.ts';
import { applyInsert, INSERTS, type InsertRow } from './insert-menu.ts';
import { LinkForm } from './link-form.tsx';
import type { MentionPerson } from './mentions.ts';
import { ORIGINS_CHANGED, type OriginLabel } from './origins.ts';
import { cleanPastedHtml } from './paste.ts';
import { SOURCES_CHANGED, type SourceMarks } from './sources.ts';
import { readScreen } from './sync-guard.ts';
import { Toolbar } from './toolbar.tsx';
import { type Answer, WhoWrote } from './who-wrote.tsx';

export interface LiveEditorProps {
  room: RoomClient;
  fragment: string;
  label: string;
  participants: readonly MentionPerson[];
  originLabel: OriginLabel;
  sources?: SourceMarks | null | undefined;
  /** Where the toolbar stands, for the eye and for the Tab key alike. */
  toolbar?: 'above' | 'below' | undefined;
  loadAuthorship?: (() => Promise<Authorship>) | undefined;
  onLeave?: (() => void) | undefined;
  onTyping?: ((typing: boolean) => void) | undefined;
}

/** How long after the last key somebody still counts as typing. */
const TYPING = 3_000;

const HINTS: Record<(typeof INSERTS)[number], string> = {
  heading: '##',
  bulletList: '-',
  orderedList: '1.',
  taskList: '[ ]',
  blockquote: '>',
  table: '',
};

/** What `/` offers of attachments: each by number and name, and a new one. */
function attachmentRows(source: AttachmentSource | null, texts: { upload: string; words: string }): InsertRow[] {
  if (!source) return [];
  const rows = source.all().map(
    ({ id, label, name }): InsertRow => ({
      id: `attachment:${id}`,
      label,
      hint: name,
      words: `${texts.words} ${name.toLocaleLowerCase('sv')}`,
      run: (editor) => insertChip(editor, id, editor.state.selection.from),
    }),
  );
  if (source.mayAdd())
    rows.push({
      id: 'attachment',
      label: texts.upload,
      hint: '',
      words: texts.words,
      run: (editor) => {
        const at = editor.state.selection.from;
        chooseFiles(ACCEPTED_ENDINGS, (files) => addAt(editor, source, files, at));
      },
    });
  return rows;
}

export function LiveEditor({
  room,
  fragment,
  label,
  participants,
  originLabel,
  sources = null,
  toolbar = 'above',
  loadAuthorship,
  onLeave,
  onTyping,
}: LiveEditorProps) {
  const { t, i18n } = useTranslation('editor');
  const attachments = use(AttachmentSourceContext);
  const attachmentSource = useRef(attachments);
  const people = useRef(participants);
  const originLabels = useRef(originLabel);
  const sourceMarks = useRef(sources);
  const handlers = useRef({ onLeave, onTyping, loadAuthorship });
  useEffect(() => {
    attachmentSource.current = attachments;
    people.current = participants;
    originLabels.current = originLabel;
    sourceMarks.current = sources;
    handlers.current = { onLeave, onTyping, loadAuthorship };
  });
  const [linking, setLinking] = useState(false);
  const [who, setWho] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const authorship = useRef<Authorship | null>(null);
  const wrapper = useRef<HTMLDivElement>(null);

  const toggleWho = useCallback(() => {
    if (!handlers.current.loadAuthorship) return;
    setWho((on) => !on);
    setAnswer(null);
  }, []);

  const editor = useEditor(
    {
      extensions: editorExtensions({
        room,
        fragment,
        people: () => people.current,
        originLabel: () => originLabels.current,
        sources: () => sourceMarks.current,
        inserts: () => [
          ...INSERTS.map(
            (id): InsertRow => ({
              id,
              label: t(id),
              hint: HINTS[id],
              words: t(`insert.words.${id}`),
              run: (editor) => void applyInsert(editor, id),
            }),
          ),
          ...attachmentRows(attachmentSource.current, {
            upload: t('attachment.upload'),
            words: t('insert.words.attachment'),
          }),
        ],
        attachments: () => attachmentSource.current,
        texts: {
          placeholder: t('placeholder'),
          insertLabel: t('insert.label'),
          insertNone: t('insert.none'),
          mentionLabel: t('mention.label'),
          mentionNone: t('mention.none'),
          attachment: {
            word: t('attachment.word'),
            missing: t('attachment.missing'),
            missingHint: t('attachment.missingHint'),
          },
        },
        leave: () => {
          if (handlers.current.onLeave) handlers.current.onLeave();
          else (document.activeElement as HTMLElement | null)?.blur();
        },
        whoWrote: toggleWho,
        editLink: () => setLinking(true),
      }),
      // Binding to the room may write to it (what no editor can show is removed), which is no business of a render.
      immediatelyRender: false,
      injectCSS: false,
      shouldRerenderOnTransaction: false,
      editorProps: {
        attributes: {
          class: 'rs-doc',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': label,
          'aria-description': t('help'),
          spellcheck: 'true',
        },
        transformPastedHTML: cleanPastedHtml,
      },
    },
    [room, fragment, i18n.language],
  );

  useEffect(() => {
    // The agenda has changed: what is said of a copied block's origin follows it.
    originLabels.current = originLabel;
    if (!editor || editor.isDestroyed) return;
    // A caret the editor has not heard of would be put back by the repaint.
    readScreen(editor.view);
    editor.view.dispatch(editor.state.tr.setMeta(ORIGINS_CHANGED, true).setMeta('addToHistory', false));
  }, [editor, originLabel]);

  useEffect(() => {
    sourceMarks.current = sources;
    if (!editor || editor.isDestroyed) return;
    readScreen(editor.view);
    editor.view.dispatch(editor.state.tr.setMeta(SOURCES_CHANGED, true).setMeta('addToHistory', false));
  }, [editor, sources]);

  useEffect(() => {
    if (!editor) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const onUpdate = ({ transaction }: { transaction: { docChanged: boolean; getMeta(key: string): unknown } }) => {
      // Others' changes and undone repairs are not typing.
      if (!transaction.docChanged || transaction.getMeta('addToHistory') === false) return;
      if (timer) clearTimeout(timer);
      else handlers.current.onTyping?.(true);
      timer = setTimeout(() => {
        timer = null;
        handlers.current.onTyping?.(false);
      }, TYPING);
    };
    editor.on('transaction', onUpdate);
    return () => {
      editor.off('transaction', onUpdate);
      if (timer) {
        clearTimeout(timer);
        handlers.current.onTyping?.(false);
      }
    };
  }, [editor]);

  useEffect(() => {
    if (!who || !editor) return;
    let gone = false;
    const show = (position: number) => {
      const known = authorship.current;
      if (gone || known === null) return;
      const $position = editor.state.doc.resolve(Math.min(position, editor.state.doc.content.size));
      const path: number[] = [];
      for (let depth = 0; depth <= $position.depth; depth++)
        if (!$position.node(depth).isTextblock) path.push($position.index(depth));
      const block = blockAt(room.doc.getXmlFragment(fragment), path);
      const authors = block instanceof Y.XmlElement ? authorsOf(block, known) : [];
      setAnswer(authors.length > 0 ? { kind: 'authors', authors } : { kind: 'none' });
    };
    const onSelection = () => show(editor.state.selection.head);
    const onPointer = (event: PointerEvent) => {
      const found = editor.view.posAtCoords({ left: event.clientX, top: event.clientY });
      if (found) show(found.pos);
    };
    setAnswer({ kind: 'loading' });
    handlers.current
      .loadAuthorship?.()
      .then((loaded) => {
        authorship.current = loaded;
        onSelection();
      })
      .catch(() => {
        if (!gone) setAnswer({ kind: 'failed' });
      });
    const { dom } = editor.view;
    editor.on('selectionUpdate', onSelection);
    dom.addEventListener('pointermove', onPointer);
    return () => {
      gone = true;
      editor.off('selectionUpdate', onSelection);
      dom.removeEventListener('pointermove', onPointer);
    };
  }, [who, editor, room, fragment]);

  if (!editor) return null;
  const tools = (
    <Toolbar
      editor={editor}
      onLink={() => setLinking(true)}
      onWho={loadAuthorship ? toggleWho : null}
      whoPressed={who}
    />
  );
  return (
    <div ref={wrapper} className="rs-editor">
      {toolbar === 'above' ? tools : null}
      {linking ? <LinkForm editor={editor} onClose={() => setLinking(false)} /> : null}
      {who ? <WhoWrote answer={answer} /> : null}
      <EditorContent editor={editor} />
      {toolbar === 'below' ? tools : null}
    </div>
  );
}
