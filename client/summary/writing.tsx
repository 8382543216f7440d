/** Why this file exists: a summary that is open: a heading for each prompt, its text, and beside it sources and comments. */
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { isOfficer } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import type { SummaryView } from '#shared/summary/api.ts';
import { readSections } from '#shared/summary/document.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import { setPresence, usePresence, useRoom, useRoomState } from '../collab/index.ts';
import { SourcesPanel, useSourceMarks } from '../harvest/sources-panel.tsx';
import { useHarvest } from '../harvest/use-harvest.ts';
import { Skeleton } from '../ui/problem.tsx';
import { Comments } from './comments.tsx';
import { Downloads } from './downloads.tsx';
import { FinaliseButton } from './finalise-dialog.tsx';
import { placeAt, placesOf, sourcesAtPlace } from './places.ts';
import { Revisions } from './revisions.tsx';
import { topBlockOf, useWantedSentence } from './sentence.ts';
import styles from './summary.module.css';
import type { Picked } from './use-comments.ts';

const NotesEditor = lazy(() => import('../editor/index.ts').then((m) => ({ default: m.NotesEditor })));

export interface SummaryProps {
  meeting: Meeting;
  workshop: WorkshopView;
  summary: SummaryView;
  title: string;
}

/** A room that is closed to somebody does not come back by itself: it is entered once one may. */
export function Writing(props: SummaryProps) {
  const { meeting, workshop, summary, title } = props;
  const { t } = useTranslation('summary');
  if (summary.mayRead) return <Open {...props} />;
  return (
    <>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.lead}>{t('notYet')}</p>
      <Revisions meeting={meeting} workshop={workshop} summary={summary} />
    </>
  );
}

function Open({ meeting, workshop, summary, title }: SummaryProps) {
  const { t } = useTranslation('summary');
  const { meetingId, itemId, prompts } = workshop;
  const room = useRoom(roomName({ kind: 'summary', meetingId, itemId }));
  const state = useRoomState(room);
  const people = usePresence(room);
  const harvest = useHarvest(workshop);
  const [keys, setKeys] = useState<readonly ContributionKey[] | null>(null);
  const [picked, setPicked] = useState<Picked | null>(null);
  const text = useRef<HTMLDivElement>(null);

  const squares = useSourceMarks(workshop, setKeys);
  const mentions = useMemo(
    () => meeting.participants.map(({ personId: id, name, colour }) => ({ id, name, colour })),
    [meeting.participants],
  );
  const onTyping = useCallback((typing: boolean) => room && setPresence(room, { typing }), [room]);

  useEffect(() => {
    // Where the caret or the selection is: what is behind those words, and what a comment would be about.
    const follow = () => {
      const selection = document.getSelection();
      const node = selection?.anchorNode;
      const at = node && prompts.findIndex((_, i) => sectionRoot(text.current, i)?.contains(node));
      if (!room || !selection || !node || at === undefined || at === null || at < 0) return;
      const root = sectionRoot(text.current, at);
      const promptId = prompts[at]!.id;
      const fragment = room.doc.getXmlFragment(promptId);
      if (!root) return;
      const place = placeAt(root, fragment, node, selection.anchorOffset);
      setKeys(place ? sourcesAtPlace(place) : []);
      const range = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
      const places = range && !range.collapsed ? placesOf(root, fragment, range) : null;
      if (places === null || places.words === '') setPicked(null);
      else setPicked({ promptId, from: places.from, to: places.to, quote: places.words.slice(0, 500) });
    };
    document.addEventListener('selectionchange', follow);
    return () => document.removeEventListener('selectionchange', follow);
  }, [room, prompts]);

  useWantedSentence((blockId) => {
    if (!room || !state?.known) return null;
    for (const [n, { id }] of prompts.entries()) {
      const at = topBlockOf(room.doc.getXmlFragment(id), blockId);
      if (at >= 0) return sectionRoot(text.current, n)?.children[at] ?? null;
    }
    return null;
  });

  const writers = people.filter(({ typing }) => typing).length;
  const about = [
    t('draft'),
    writers > 0 && t('writers', { count: writers }),
    harvest.coverage &&
      harvest.contributions.length > 0 &&
      t('coverage', { used: harvest.coverage.used.size, all: harvest.contributions.length }),
  ].filter(Boolean);
  return (
    <div className={styles.two}>
      <div className={styles.write}>
        <div className={styles.head}>
          <div>
            <h1 className={styles.title}>{title}</h1>
            <p className={styles.about}>{about.join(' · ')}</p>
          </div>
          {summary.mayFinalise && room && state && (
            <FinaliseButton
              workshop={workshop}
              summary={summary}
              room={room}
              typing={people.filter((person) => person.typing && !person.self).map(({ user }) => user.name)}
              coverage={harvest.coverage && { used: harvest.coverage.used.size, all: harvest.contributions.length }}
              emptySections={() =>
                readSections(room.doc, prompts)
                  .filter(({ blocks }) => blocks.length === 0)
                  .map(({ heading }) => heading)
              }
            />
          )}
        </div>
        {!summary.mayWrite && <p className={styles.lead}>{t(summary.mayComment ? 'readOnly' : 'readOnlyQuiet')}</p>}
        <div ref={text} className={summary.mayWrite ? undefined : styles.reading}>
          {prompts.map(({ id, heading }) => (
            <section key={id} className={styles.section} data-section>
              <h2>{heading}</h2>
              <Suspense fallback={<Skeleton label={t('loading')} lines={2} />}>
                <NotesEditor
                  room={room}
                  fragment={id}
                  label={t('editorLabel', { heading })}
                  editable={summary.mayWrite}
                  participants={mentions}
                  sources={squares}
                  onTyping={onTyping}
                />
              </Suspense>
            </section>
          ))}
        </div>
        <Revisions meeting={meeting} workshop={workshop} summary={summary} />
        <Downloads of={{ meetingId, itemId }} n={null} />
      </div>
      <div className={styles.side}>
        <SourcesPanel workshop={workshop} timeZone={meeting.timeZone} sources={keys} />
        {room && (
          <Comments
            workshop={workshop}
            summary={summary}
            timeZone={meeting.timeZone}
            officer={isOfficer(meeting.myRoles)}
            picked={picked}
            onDone={() => setPicked(null)}
            rootOf={(promptId) =>
              sectionRoot(
                text.current,
                prompts.findIndex(({ id }) => id === promptId),
              )
            }
            doc={room.doc}
          />
        )}
      </div>
    </div>
  );
}

/** Where the blocks of the nth prompt are drawn. */
function sectionRoot(text: Element | null, n: number): Element | null {
  return text?.querySelectorAll('[data-section]')[n]?.querySelector('.rs-doc') ?? null;
}
