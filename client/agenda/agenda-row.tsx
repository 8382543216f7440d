/** Why this file exists: one row of the agenda: number, title, planned clock, and a small line with the rest. */
import { GripVertical } from 'lucide-react';
import { Button, TreeItemContent } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { titleText } from '#shared/agenda.ts';
import { type Actual, clockText, type Planned } from '#shared/agenda-time.ts';
import type { Id } from '#shared/ids.ts';
import { Avatar } from '../ui/avatar.tsx';
import styles from './agenda.module.css';
import { RowMenu, type RowMenuProps } from './row-menu.tsx';
import { TitleField } from './title-field.tsx';

/** Somebody who is in an item now. */
export interface ItemPresence {
  id: string;
  name: string;
  colour: number;
  typing: boolean;
}

export interface AgendaRowProps extends RowMenuProps {
  doc: Y.Doc;
  planned: Planned | undefined;
  actual: Actual;
  timeZone: string;
  presenters: string;
  people: readonly ItemPresence[];
  editing: boolean;
  onEdited(id: Id, how: 'enter' | 'escape' | 'blur'): void;
  onComposing(composing: boolean): void;
}

const MOST_FACES = 3;

export function AgendaRow(props: AgendaRowProps) {
  const { doc, node, title, planned, actual, timeZone, presenters, people, editing, current, canWrite } = props;
  const { t, i18n } = useTranslation('agenda');
  const { item } = node;
  const text = editing ? titleText(doc, item.id) : null;
  const minutes = planned?.minutes ?? item.minutes;
  const spent = Math.floor(actual.elapsed / 60_000);
  const details = [
    item.kind !== 'section' && t(`kind.${item.kind}`) !== title && t(`kind.${item.kind}`),
    current
      ? minutes > 0
        ? t('elapsed', { minutes: spent, planned: minutes })
        : t('elapsedFree', { minutes: spent })
      : minutes > 0 && t('minutes', { count: minutes }),
    presenters,
    item.outcome === 'nothing-to-report' && t('nothingToReport'),
    node.merged.length > 0 &&
      t('withMerged', { titles: node.merged.map((one) => one.title.trim() || t('untitled')).join(', ') }),
  ].filter(Boolean);

  return (
    <TreeItemContent>
      <div className={styles.cells}>
        <div className={styles.grip}>
          {canWrite && (
            <Button slot="drag" className={styles.gripButton!} aria-label={t('drag', { title })}>
              <GripVertical size={14} strokeWidth={1.75} aria-hidden />
            </Button>
          )}
        </div>
        <span className={styles.number}>{node.number}</span>
        <div className={styles.body}>
          {text ? (
            <TitleField
              text={text}
              label={t('titleLabel')}
              placeholder={t('titlePlaceholder')}
              autoFocus
              onDone={(how) => props.onEdited(item.id, how)}
              onComposing={props.onComposing}
            />
          ) : (
            <span className={item.title.trim() ? styles.title : `${styles.title} ${styles.untitled}`}>{title}</span>
          )}
          {details.length > 0 && <span className={styles.details}>{details.join(' · ')}</span>}
          {current && minutes > 0 && (
            <span className={spent > minutes ? `${styles.timebar} ${styles.over}` : styles.timebar} aria-hidden="true">
              <span style={{ inlineSize: `${Math.min(100, (100 * spent) / minutes)}%` }} />
            </span>
          )}
          {people.length > 0 && (
            <span className={styles.people}>
              {people.slice(0, MOST_FACES).map((person) => (
                <Avatar
                  key={person.id}
                  name={person.name}
                  colour={person.colour}
                  state={person.typing ? 'writing' : 'reading'}
                  small
                />
              ))}
              <span className="sr">{people.map((person) => person.name).join(', ')}</span>
              {people.length > MOST_FACES && (
                <span className={styles.details}>{t('here', { count: people.length })}</span>
              )}
            </span>
          )}
        </div>
        <span className={styles.clock}>
          {planned?.start != null && item.kind !== 'section' && clockText(planned.start, timeZone, i18n.language)}
        </span>
        <div className={styles.rowMenu}>
          <RowMenu {...props} />
        </div>
      </div>
    </TreeItemContent>
  );
}
