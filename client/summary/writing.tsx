/** Why this file exists: a summary that is open: a heading for each prompt, its text, and beside it what was said and what is said of it. */
import { Layers, ListPlus, MessageSquare } from 'lucide-react';
import { lazy, memo, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import type { SummaryView } from '#shared/summary/api.ts';
import { readSections } from '#shared/summary/document.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import { setPresence, usePresence, useRoom, useRoomState } from '../collab/index.ts';
import type { NotesEditorProps } from '../editor/index.ts';
import { groupMarks } from '../harvest/group-marks.ts';
import { useSourceMarks } from '../harvest/source-marks.ts';
import { useHarvest } from '../harvest/use-harvest.ts';
import { useShortcuts } from '../ui/keyboard.ts';
import { Skeleton } from '../ui/problem.tsx';
import { Comments, useCommentsState } from './comments.tsx';
import { Downloads } from './downloads.tsx';
import { FinaliseButton } from './finalise-dialog.tsx';
import { Door, Frame, useNarrow } from './frame.tsx';
import { Revisions } from './revisions.tsx';
import { topBlockOf, useWantedSentence } from './sentence.ts';
import { type Part, partsOf, Side } from './side.tsx';
import { SideContext, unusedOf, usedOf } from './side-data.ts';
import styles from './summary.module.css';
import { sectionRoot, useCaret } from './use-caret.ts';
import { useHighlights } from './use-comments.ts';
import { usePut } from './use-put.ts';

const NotesEditor = lazy(() => import('../editor/index.ts').then((m) => ({ default: m.NotesEditor })));
const ICON = { size: 22, strokeWidth: 1.75, 'aria-hidden': true } as const;

export interface SummaryProps {
  meeting: Meeting;
  workshop: WorkshopView;
  summary: SummaryView;
}

type TextProps = Pick<NotesEditorProps, 'room' | 'participants' | 'sources' | 'onTyping'> & {
  id: Id;
  heading: string;
  editable: boolean;
};

/**
 * One section's text. The page is drawn anew whenever the caret moves; the editor is not, or it could put back a caret it
 * has not heard of yet.
 */
const SectionText = memo(function SectionText({ id, heading, ...rest }: TextProps) {
  const { t } = useTranslation('summary');
  return (
    <Suspense fallback={<Skeleton label={t('loading')} lines={2} />}>
      <NotesEditor
        fragment={id}
        label={t('editorLabel', { heading })}
        toolbar="below"
        onLeave={() => document.getElementById(`section-${id}`)?.focus()}
        {...rest}
      />
    </Suspense>
  );
});

/** A room that is closed to somebody does not come back by itself: it is entered once one may. */
export function Writing(props: SummaryProps) {
  const { meeting, workshop, summary } = props;
  const { t } = useTranslation('summary');
  if (summary.mayRead) return <Open {...props} />;
  return (
    <Frame meeting={meeting} itemId={workshop.itemId} workshop={workshop} about={[t('draft')]}>
      <div className={styles.body}>
        <p className={styles.lead}>{t('notYet')}</p>
        <Revisions meeting={meeting} workshop={workshop} summary={summary} />
      </div>
    </Frame>
  );
}

function Open({ meeting, workshop, summary }: SummaryProps) {
  const { t } = useTranslation('summary');
  const { meetingId, itemId, prompts } = workshop;
  const room = useRoom(roomName({ kind: 'summary', meetingId, itemId }));
  const state = useRoomState(room);
  const people = usePresence(room);
  const data = useHarvest(workshop);
  const narrow = useNarrow();
  const [part, setPart] = useState<Part>(summary.mayComment && !summary.mayWrite ? 'comments' : 'behind');
  const [sheet, setSheet] = useState(false);
  /** The section one writes in, or wrote in last: its tools are there. */
  const [active, setActive] = useState<Id | null>(null);
  const text = useRef<HTMLDivElement>(null);
  const side = useRef<HTMLDivElement>(null);

  const doc = room?.doc ?? null;
  const promptIds = useMemo(() => prompts.map(({ id }) => id), [prompts]);
  const { keys, setKeys, picked, setPicked, here } = useCaret(text, doc, promptIds);
  const put = usePut(workshop, data, here);
  const marks = useMemo(() => groupMarks(workshop), [workshop]);
  const beside = useMemo(
    () => ({ workshop, timeZone: meeting.timeZone, data, marks, keys, put }),
    [workshop, meeting.timeZone, data, marks, keys, put],
  );

  const open = useCallback(
    (one: Part) => {
      setPart(one);
      setSheet(narrow);
    },
    [narrow],
  );
  const showSources = useCallback(
    (of: readonly ContributionKey[]) => {
      setKeys(of);
      open('behind');
    },
    [setKeys, open],
  );
  const squares = useSourceMarks(workshop, showSources);
  const comments = useCommentsState();
  const rootOf = (promptId: Id) => sectionRoot(text.current, promptIds.indexOf(promptId));
  useHighlights(summary.threads, comments.chosen, doc, rootOf);

  const toSide = useCallback(() => {
    setSheet(narrow);
    side.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }, [narrow]);
  useShortcuts(useMemo(() => [{ key: 'k', label: t('keys.side'), run: toSide }], [t, toSide]));
  const toText = () => {
    const at = Math.max(0, promptIds.indexOf(active ?? ''));
    (sectionRoot(text.current, at) as HTMLElement | null)?.focus();
  };

  const mentions = useMemo(
    () => meeting.participants.map(({ personId: id, name, colour }) => ({ id, name, colour })),
    [meeting.participants],
  );
  const onTyping = useCallback((typing: boolean) => room && setPresence(room, { typing }), [room]);

  useWantedSentence((blockId) => {
    if (!room || !state?.known) return null;
    for (const [n, { id }] of prompts.entries()) {
      const at = topBlockOf(room.doc.getXmlFragment(id), blockId);
      if (at >= 0) return sectionRoot(text.current, n)?.children[at] ?? null;
    }
    return null;
  });

  const writers = people.filter(({ typing }) => typing).length;
  const used = usedOf(data);
  const threads = summary.threads.filter(({ resolved }) => resolved === null).length;
  const about = [
    t('draft'),
    ...(writers > 0 ? [t('writers', { count: writers })] : []),
    ...(used && used.all > 0 ? [t('coverage', used)] : []),
  ];
  return (
    <Frame
      meeting={meeting}
      itemId={itemId}
      workshop={workshop}
      about={about}
      action={
        summary.mayFinalise &&
        room &&
        state && (
          <FinaliseButton
            workshop={workshop}
            summary={summary}
            room={room}
            typing={people.filter((person) => person.typing && !person.self).map(({ user }) => user.name)}
            coverage={used}
            emptySections={() =>
              readSections(room.doc, prompts)
                .filter(({ blocks }) => blocks.length === 0)
                .map(({ heading }) => heading)
            }
          />
        )
      }
      side={
        <SideContext value={beside}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: Esc leads back to where one was writing. */}
          <div
            ref={side}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !narrow && summary.mayWrite) toText();
            }}
          >
            <Side
              part={part}
              onPart={setPart}
              threads={threads}
              comments={
                doc && (
                  <Comments
                    state={comments}
                    workshop={workshop}
                    summary={summary}
                    timeZone={meeting.timeZone}
                    officer={isOfficer(meeting.myRoles)}
                    picked={picked}
                    onDone={() => setPicked(null)}
                    rootOf={rootOf}
                    doc={doc}
                    onShown={() => setSheet(false)}
                  />
                )
              }
            />
          </div>
        </SideContext>
      }
      doors={
        <>
          <Door icon={<Layers {...ICON} />} label={t('doors.behind')} onOpen={() => open('behind')} />
          {partsOf(data).includes('unused') && (
            <Door
              icon={<ListPlus {...ICON} />}
              label={t('side.unused', { count: unusedOf(data).length })}
              onOpen={() => open('unused')}
            />
          )}
          <Door
            icon={<MessageSquare {...ICON} />}
            label={t('doors.comments', { count: threads })}
            onOpen={() => open('comments')}
          />
        </>
      }
      sheetOpen={sheet}
      onCloseSheet={() => setSheet(false)}
    >
      <div className={styles.body}>
        {!summary.mayWrite && <p className={styles.lead}>{t(summary.mayComment ? 'readOnly' : 'readOnlyQuiet')}</p>}
        <div ref={text} className={summary.mayWrite ? undefined : styles.reading}>
          {prompts.map(({ id, heading }) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: only notes where one is.
            <section
              key={id}
              className={styles.section}
              data-section
              data-active={active === id ? '' : undefined}
              onFocus={() => setActive(id)}
            >
              <h2 id={`section-${id}`} tabIndex={-1}>
                {heading}
              </h2>
              <SectionText
                room={room}
                id={id}
                heading={heading}
                editable={summary.mayWrite}
                participants={mentions}
                sources={squares}
                onTyping={onTyping}
              />
            </section>
          ))}
        </div>
        <Revisions meeting={meeting} workshop={workshop} summary={summary} />
        <Downloads of={{ meetingId, itemId }} n={null} />
      </div>
    </Frame>
  );
}
