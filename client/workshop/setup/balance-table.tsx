/** Why this file exists: how organisations and categories are spread, as a table: what is uneven is seen at once. */
import { useTranslation } from 'react-i18next';
import { balanceOf, unevenness } from '#shared/workshop/balance.ts';
import styles from './setup.module.css';
import type { Setup } from './use-setup.ts';

export function BalanceTable({ setup: { meeting, people, groups } }: { setup: Setup }) {
  const { t } = useTranslation('workshop');
  const { t: common } = useTranslation('common');
  const balance = balanceOf(
    people.map(({ personId, organisationId, category }) => ({ id: personId, organisationId, category })),
    groups,
  );
  const organisationName = (id: string) =>
    meeting.organisations.find((organisation) => organisation.id === id)?.name ?? t('noOrganisation');
  const rows = [
    ...[...(balance[0]?.organisations.keys() ?? [])].map((id) => ({
      key: `o${id}`,
      name: organisationName(id),
      counts: balance.map(({ organisations }) => organisations.get(id) ?? 0),
    })),
    ...[...(balance[0]?.categories.keys() ?? [])].map((category) => ({
      key: `c${category}`,
      name: common(`category.${category}`),
      counts: balance.map(({ categories }) => categories.get(category) ?? 0),
    })),
  ];
  return (
    <details className={styles.balance}>
      <summary>{t('balance')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys as well. */}
      <section className={styles.scroll} aria-label={t('balance')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {groups.map((group) => (
                <th key={group.id} scope="col">
                  {group.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, counts }) => (
              <tr key={key} className={unevenness(counts) > 1 ? styles.uneven : undefined}>
                <th scope="row">{name}</th>
                {counts.map((count, at) => (
                  <td key={groups[at]?.id}>{count}</td>
                ))}
              </tr>
            ))}
            <tr className={styles.sum}>
              <th scope="row">{t('sum')}</th>
              {groups.map((group) => (
                <td key={group.id}>{group.members.length}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
    </details>
  );
}
