/**
 * Why this file exists: how much of what was said is in the summary: one mark for each contribution, filled when it is
 * used; what is not; and the summary as it grows, as a place to drop into.
 */
import { ArrowUpRight, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { DropZone } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SourcedBlock } from '#shared/workshop/coverage.ts';
import { paths } from '../navigation.ts';
import { Button, ButtonRow, buttonClass } from '../ui/button.tsx';
import styles from './board.module.css';
import { useBoard } from './board-context.ts';
import { GroupSquare, groupColour } from './group-square.tsx';
import { droppedKeys, SLIP_TYPE, SlipList } from './slip-list.tsx';

export function CoveragePanel() {
  const { t } = useTranslation('harvest');
  const { data } = useBoard();
  return (
    <aside className={styles.side} aria-labelledby="h-coverage">
      <div className={styles.columnHead}>
        <h2 id="h-coverage">{t('coverage.title')}</h2>
      </div>
      {data.coverage ? <Figures /> : <p className={styles.quiet}>{t('coverage.unknown')}</p>}
      {data.coverage && <Outline />}
    </aside>
  );
}

function Figures() {
  const { t } = useTranslation('harvest');
  const { data, marks, act, ask } = useBoard();
  const [walking, setWalking] = useState(false);
  const { used } = data.coverage!;
  const counted = data.contributions.filter(({ key }) => !data.harvest.hidden.has(key));
  const unused = counted.filter(({ key }) => !used.has(key));
  const groups = [...marks.values()].map((mark) => ({
    mark,
    list: counted.filter(({ groupId }) => groupId === mark.groupId),
  }));
  return (
    <div className={styles.coverage}>
      <p className={styles.figure}>
        {counted.length - unused.length} <span>{t('coverage.figure', { total: counted.length })}</span>
      </p>
      <div className={styles.rows}>
        {groups
          .filter(({ list }) => list.length > 0)
          .map(({ mark, list }) => {
            const count = list.filter(({ key }) => used.has(key)).length;
            return (
              <div key={mark.groupId} className={styles.coverRow}>
                <GroupSquare mark={mark} />
                <span
                  className={styles.ticks}
                  role="img"
                  aria-label={t('coverage.group', { name: mark.name, used: count, total: list.length })}
                  style={{ '--c': groupColour(mark.colour) } as React.CSSProperties}
                >
                  {list.map(({ key, text }) => (
                    // The same can be done from each contribution's menu, which has words.
                    // biome-ignore lint/a11y/useKeyWithClickEvents: a short cut for the mouse.
                    // biome-ignore lint/a11y/noStaticElementInteractions: as above.
                    <i
                      key={key}
                      className={used.has(key) ? styles.filled : undefined}
                      title={text.slice(0, 140)}
                      onClick={() => ask({ what: 'trace', key })}
                    />
                  ))}
                </span>
                <span className={styles.ratio} aria-hidden="true">
                  {count}/{list.length}
                </span>
              </div>
            );
          })}
      </div>
      <p className={styles.quiet}>
        {unused.length === 0 ? counted.length > 0 && t('coverage.all') : t('coverage.unused', { count: unused.length })}{' '}
        {unused.length > 0 && (
          <button
            type="button"
            className={buttonClass({ variant: 'link' })}
            aria-expanded={walking}
            onClick={() => setWalking(!walking)}
          >
            {t('coverage.walk')}
            <ChevronDown size={13} strokeWidth={2} aria-hidden className={styles.inlineIcon} />
          </button>
        )}
      </p>
      {walking && unused.length > 0 && (
        <div className={styles.unused}>
          <SlipList label={t('coverage.walk')} slips={unused} into={null} empty={t('coverage.all')} where />
        </div>
      )}
      {unused.length > 0 && data.mayPromote && (
        <ButtonRow>
          <Button size="small" onClick={act.appendix}>
            {t('coverage.appendix')}
          </Button>
        </ButtonRow>
      )}
    </div>
  );
}

/** The summary's blocks that were made from contributions, by prompt; slips are dropped among them. */
function Outline() {
  const { t } = useTranslation('harvest');
  const { data, workshop, meeting, promptName } = useBoard();
  return (
    <>
      <div className={styles.columnHead}>
        <h2>{t('summary.title')}</h2>
        <Link
          className={buttonClass({ variant: 'quiet', size: 'small' })}
          href={paths.summary(meeting.id, workshop.itemId)}
        >
          {t('summary.open')}
          <ArrowUpRight size={15} strokeWidth={1.75} aria-hidden />
        </Link>
      </div>
      <ol className={styles.outline}>
        {workshop.prompts.map(({ id }) => (
          <OutlinePart
            key={id}
            promptId={id}
            heading={promptName(id)}
            blocks={data.blocks.filter((b) => b.promptId === id)}
          />
        ))}
      </ol>
    </>
  );
}

function OutlinePart({ promptId, heading, blocks }: { promptId: string; heading: string; blocks: SourcedBlock[] }) {
  const { t } = useTranslation('harvest');
  const { act, data } = useBoard();
  const content = (
    <>
      <h3>{heading}</h3>
      {blocks.length === 0 && <p className={styles.wait}>{t('summary.empty')}</p>}
      {blocks.map((block) => (
        <OutlineBlock key={block.id} block={block} />
      ))}
    </>
  );
  if (!data.mayPromote) return <li>{content}</li>;
  return (
    <li>
      <DropZone
        className={styles.dropPart!}
        aria-label={t('summary.drop', { heading })}
        getDropOperation={(types) => (types.has(SLIP_TYPE) ? 'move' : 'cancel')}
        onDrop={(event) => void droppedKeys(event.items).then((keys) => act.promote(keys, promptId))}
      >
        {content}
      </DropZone>
    </li>
  );
}

function OutlineBlock({ block }: { block: SourcedBlock }) {
  const { t } = useTranslation('harvest');
  const { data, marks, ask } = useBoard();
  const groups = [...marks.values()].filter((mark) => block.sources.some((key) => key.startsWith(`${mark.groupId}:`)));
  const known = block.sources.filter((key) => data.byKey.has(key));
  return (
    <div className={styles.block}>
      <p>{block.text}</p>
      <p className={styles.from}>
        <span>{t('summary.from')}</span>
        {groups.map((mark) => (
          <GroupSquare key={mark.groupId} mark={mark} />
        ))}
        {known[0] && (
          <button
            type="button"
            className={buttonClass({ variant: 'link' })}
            aria-label={`${t('contributions', { count: block.sources.length })}: ${block.text}`}
            onClick={() => ask({ what: 'trace', key: known[0]! })}
          >
            {t('contributions', { count: block.sources.length })}
          </button>
        )}
      </p>
    </div>
  );
}
