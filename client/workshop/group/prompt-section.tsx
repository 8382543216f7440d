/**
 * Why this file exists: one question of the group: what it asks, what the group has answered, and where one writes. Only
 * the question one is at has an editor; the others are drawn as they are.
 */
import { PencilLine } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { Authorship } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { Prompt } from '#shared/workshop/workshop.ts';
import type { RoomClient } from '../../collab/index.ts';
import type { MentionPerson } from '../../editor/index.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/problem.tsx';
import styles from './group.module.css';
import { LineComposer } from './line-composer.tsx';
import { UnsentLine } from './unsent-line.tsx';

const NotesEditor = lazy(() => import('../../editor/index.ts').then((m) => ({ default: m.NotesEditor })));
const NotesView = lazy(() => import('../../editor/index.ts').then((m) => ({ default: m.NotesView })));

const nowhere = () => null;

export interface PromptSectionProps {
  prompt: Prompt;
  /** From 1. */
  number: number;
  room: RoomClient;
  ownId: Id;
  /** Has the editor. */
  open: boolean;
  /** Goes there at once when it opens. */
  focus: boolean;
  canWrite: boolean;
  /** The group's time is over: what was not sent is not taken any more. */
  over: boolean;
  /** A line at a time, for phones. */
  lines: boolean;
  /** How many others write here now. */
  writers: number;
  participants: readonly MentionPerson[];
  loadAuthorship(): Promise<Authorship>;
  /** What became of a sentence, when the group's time is up. */
  behind?: ((element: Y.XmlElement) => ReactNode) | undefined;
  onOpen(): void;
  onClose(): void;
  onAt(): void;
  onTyping(typing: boolean): void;
}

export function PromptSection(props: PromptSectionProps) {
  const { prompt, number, room, open, focus, canWrite, lines, writers } = props;
  const { t } = useTranslation('group');
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const id = `prompt-${number}`;
  useFocusOnEditor(body, open && focus);
  const label = t('prompt.of', { number, heading: prompt.heading });

  return (
    <section className={open ? `${styles.prompt} ${styles.here}` : styles.prompt} aria-labelledby={id}>
      <p className={styles.side}>
        <b aria-hidden="true">{number}</b>
        {prompt.minutes > 0 && <span>{t('prompt.minutes', { count: prompt.minutes })}</span>}
        {writers > 0 && <span className={styles.writers}>{t('prompt.writers', { count: writers })}</span>}
      </p>
      <div>
        <h2 id={id} ref={heading} tabIndex={-1}>
          <span className="sr">{number}. </span>
          {prompt.heading}
        </h2>
        {prompt.help && <p className={styles.help}>{prompt.help}</p>}
        <div ref={body} className={styles.body} data-prompt={prompt.id}>
          <Suspense fallback={<Skeleton label={t('loading')} lines={2} />}>
            {open && canWrite ? (
              <NotesEditor
                room={room}
                fragment={prompt.id}
                label={label}
                participants={props.participants}
                loadAuthorship={props.loadAuthorship}
                onLeave={() => heading.current?.focus()}
                onTyping={props.onTyping}
              />
            ) : (
              // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; the button below says and does the same.
              // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
              <div
                className={canWrite && !lines ? `${styles.drawn} ${styles.clickable}` : styles.drawn}
                onClick={(event) => {
                  // Choosing words to copy, and following a link, is not asking to write.
                  const link = event.target instanceof Element && event.target.closest('a') !== null;
                  if (canWrite && !lines && !link && getSelection()?.isCollapsed !== false) props.onOpen();
                }}
              >
                <NotesView
                  fragment={room.doc.getXmlFragment(prompt.id)}
                  label={label}
                  originLabel={nowhere}
                  behind={props.behind}
                />
              </div>
            )}
          </Suspense>
        </div>
        {props.over && <UnsentLine ownId={props.ownId} promptId={prompt.id} />}
        {canWrite && lines && !open && (
          <LineComposer
            room={room}
            ownId={props.ownId}
            promptId={prompt.id}
            number={number}
            onTyping={props.onTyping}
            onFocus={props.onAt}
          />
        )}
        {canWrite && !open && (
          <p className={styles.toOpen}>
            <Button variant={lines ? 'link' : 'quiet'} size="small" onClick={props.onOpen} aria-describedby={id}>
              {!lines && <PencilLine size={16} strokeWidth={1.75} aria-hidden />}
              {t(lines ? 'line.more' : 'prompt.openShort')}
            </Button>
          </p>
        )}
        {canWrite && lines && open && (
          <p className={styles.toOpen}>
            <Button variant="link" size="small" onClick={props.onClose}>
              {t('line.less')}
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}

/** Goes into the editor once it is there, behind the last word. */
function useFocusOnEditor(body: React.RefObject<HTMLElement | null>, wanted: boolean): void {
  useEffect(() => {
    const root = body.current;
    if (!wanted || !root) return;
    const enter = (): boolean => {
      const editor = root.querySelector<HTMLElement>('[contenteditable="true"]');
      if (!editor) return false;
      editor.focus();
      const selection = getSelection();
      selection?.selectAllChildren(editor);
      selection?.collapseToEnd();
      return true;
    };
    if (enter()) return;
    const observer = new MutationObserver(() => {
      if (enter()) observer.disconnect();
    });
    observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['contenteditable'] });
    return () => observer.disconnect();
  }, [body, wanted]);
}
