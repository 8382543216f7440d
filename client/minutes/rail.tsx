/**
 * Why this file exists: what is missing in the protocol, item by item, and what is left before it can be closed. Each row
 * leads to its place on the paper. When it is sealed nothing is missing any more, and the rows are its contents.
 */
import { Check, CircleAlert, CircleUser, Gavel, Paperclip, PenLine, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { MinutesView } from '#shared/minutes/api.ts';
import { ASPECTS, type Aspect } from '#shared/minutes/completeness.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import styles from './minutes.module.css';
import { anchorOf } from './paper.tsx';
import { Warnings } from './warnings.tsx';

const ICONS = {
  attendance: Users,
  presenters: CircleUser,
  outcome: Gavel,
  summary: PenLine,
  attachments: Paperclip,
} satisfies Record<Aspect, typeof Users>;

export function Rail({ view: { document, completeness, checks, warnings } }: { view: MinutesView }) {
  const { t } = useTranslation('minutes');
  const items = new Map(document.items.map((item) => [item.id, item]));
  const left = checks.filter(({ ok }) => !ok);
  return (
    <nav className={styles.rail} aria-label={t('rail')}>
      <h2>{t('complete')}</h2>
      {completeness.length === 0 ? (
        <p className={styles.hint}>{t('noItems')}</p>
      ) : (
        <table className={styles.marks}>
          <thead>
            <tr>
              <th scope="col">{t('item')}</th>
              {ASPECTS.map((aspect) => {
                const Icon = ICONS[aspect];
                return (
                  <th key={aspect} scope="col" title={t(`aspect.${aspect}`)}>
                    <span className="sr">{t(`aspect.${aspect}`)}</span>
                    <Icon size={16} strokeWidth={1.75} aria-hidden />
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {completeness.map(({ itemId, marks }) => {
              const item = items.get(itemId);
              return (
                <tr key={itemId}>
                  <ItemRow id={itemId} number={item?.number ?? ''} title={item?.title ?? ''} />
                  {ASPECTS.map((aspect) => {
                    const mark = marks[aspect];
                    return (
                      <td key={aspect}>
                        <span className={styles.mark} data-mark={mark} />
                        <span className="sr">{t(`mark.${mark}`)}</span>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <section className={styles.checks} aria-labelledby="minutes-left">
        <h2 id="minutes-left">{left.length === 0 ? t('left.none') : t('left.some', { count: left.length })}</h2>
        <ul>
          {[...left, ...checks.filter(({ ok }) => ok)].map(({ check, ok, items: where }) => (
            <li key={check} data-open={!ok || undefined}>
              {ok ? (
                <Check size={16} strokeWidth={1.75} aria-hidden />
              ) : (
                <CircleAlert size={16} strokeWidth={1.75} aria-hidden />
              )}
              <span>
                {t(`check.${check}.${ok ? 'ok' : 'open'}`)}
                {!ok && where.length > 0 && <Where of={where} numbers={(id) => items.get(id)?.number ?? ''} />}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {warnings.length > 0 && <Warnings document={document} warnings={warnings} />}
    </nav>
  );
}

/** The rows of a protocol that is sealed. */
export function Contents({ of }: { of: MinutesDocument }) {
  const { t } = useTranslation('minutes');
  return (
    <nav className={styles.rail} aria-label={t('contents')}>
      <h2>{t('contents')}</h2>
      <table className={styles.marks}>
        <tbody>
          {of.items.map(({ id, number, title }) => (
            <tr key={id}>
              <ItemRow id={id} number={number} title={title} />
            </tr>
          ))}
        </tbody>
      </table>
    </nav>
  );
}

function ItemRow({ id, number, title }: { id: Id; number: string; title: string }) {
  const { t } = useTranslation('minutes');
  return (
    <th scope="row">
      <a href={`#${anchorOf(id)}`}>
        <span>{number}</span>
        <span className={styles.cut}>{title || t('untitled')}</span>
      </a>
    </th>
  );
}

/** More than so many items are counted, not named. */
const NAMED = 8;

function Where({ of, numbers }: { of: readonly Id[]; numbers(id: Id): string }) {
  const { t } = useTranslation('minutes');
  const named = of.slice(0, NAMED);
  return (
    <span className={styles.where}>
      {t('where', { count: of.length })}{' '}
      {named.map((id, n) => (
        <span key={id}>
          {n > 0 && ', '}
          <a href={`#${anchorOf(id)}`}>{numbers(id) || '–'}</a>
        </span>
      ))}
      {of.length > named.length && ` ${t('more', { count: of.length - named.length })}`}
    </span>
  );
}
