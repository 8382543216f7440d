/** Why this file exists: one contribution beside the text: whose group, what it says, who wrote it when, and the way into the text. */
import { Check, CornerDownRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type ContributionKey, parseKey } from '#shared/workshop/contribution-keys.ts';
import type { Contribution } from '#shared/workshop/contributions.ts';
import { GroupSquare } from '../harvest/group-square.tsx';
import { paths } from '../navigation.ts';
import { IconButton } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { shortcutsOn } from '../ui/keyboard.ts';
import styles from './side.module.css';
import { useSide } from './side-data.ts';

const PUTS = '[data-put]';
/** As on the harvest's board. */
const PUT_KEY = 's';

/** Contributions under each other; arrow keys walk their buttons, S presses one. */
export function ItemList({ contributions }: { contributions: readonly Contribution[] }) {
  const list = useRef<HTMLUListElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const { key, target } = event;
    if (!target.matches(PUTS)) return;
    if (key === PUT_KEY && shortcutsOn()) target.click();
    else {
      const all = [...(list.current?.querySelectorAll<HTMLElement>(PUTS) ?? [])];
      const at = all.indexOf(target);
      const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[key];
      if (next === undefined) return;
      all[next]?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ul ref={list} className={styles.items} onKeyDown={onKeyDown}>
      {contributions.map((one) => (
        <Item key={one.key} contribution={one} />
      ))}
    </ul>
  );
}

/** What a paragraph was made from, in its order; also what is gone, or not open to the reader. */
export function SourceList({ keys }: { keys: readonly ContributionKey[] }) {
  const { t } = useTranslation('harvest');
  const { data, marks } = useSide();
  return (
    <ul className={styles.items}>
      {keys.map((key) => {
        const contribution = data.byKey.get(key);
        if (contribution) return <Item key={key} contribution={contribution} hit />;
        const mark = marks.get(parseKey(key)?.groupId ?? '');
        return (
          <li key={key} className={`${styles.item} ${styles.hit}`}>
            {mark && <GroupSquare mark={mark} />}
            <p className={styles.quiet}>{data.ready ? t('sources.gone') : '…'}</p>
            <small>{mark?.name}</small>
          </li>
        );
      })}
    </ul>
  );
}

function Item({ contribution, hit = false }: { contribution: Contribution; hit?: boolean }) {
  const { t, i18n } = useTranslation('summary');
  const { workshop, timeZone, data, marks, put } = useSide();
  const mark = marks.get(contribution.groupId);
  const number = workshop.prompts.findIndex(({ id }) => id === contribution.promptId) + 1;
  const { names, at } = data.written(contribution);
  const used = data.coverage?.used.has(contribution.key) ?? false;
  const where = t('item.where', { group: mark?.name ?? '', number });
  const facts = [names.join(', '), at > 0 && clock(at, i18n.language, timeZone)].filter(Boolean).join(' · ');
  let end: ReactNode = null;
  if (!hit && used)
    end = (
      <span className={styles.used} title={t('item.used')}>
        <Check size={16} strokeWidth={1.75} aria-hidden />
        <span className="sr">{t('item.used')}</span>
      </span>
    );
  else if (!hit && put)
    end = (
      <IconButton
        variant="plain"
        size="small"
        label={t('item.put', { text: contribution.text })}
        data-put
        aria-keyshortcuts={PUT_KEY}
        // The caret stays in the text.
        onMouseDown={(event) => event.preventDefault()}
        onClick={(event) => {
          if (document.activeElement === event.currentTarget) passOn(event.currentTarget);
          put(contribution);
        }}
      >
        <CornerDownRight size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    );
  return (
    <li className={hit ? `${styles.item} ${styles.hit}` : styles.item}>
      {mark && <GroupSquare mark={mark} />}
      <p className={styles.words}>{contribution.text}</p>
      {end ?? <span />}
      <small title={workshop.prompts[number - 1]?.heading}>
        {hit ? (
          <Link href={paths.group(workshop.meetingId, workshop.itemId, contribution.groupId)}>{where}</Link>
        ) : (
          where
        )}
        {facts !== '' && ` · ${facts}`}
      </small>
    </li>
  );
}

/** What is put in leaves its list: the focus goes to the next one, or to what the list belongs to. */
function passOn(button: HTMLElement): void {
  const panel = button.closest<HTMLElement>('[role="tabpanel"]');
  const all = [...(panel?.querySelectorAll<HTMLElement>(PUTS) ?? [])];
  const at = all.indexOf(button);
  const next = all[at + 1] ?? all[at - 1];
  if (next) next.focus();
  else document.getElementById(panel?.getAttribute('aria-labelledby') ?? '')?.focus();
}
