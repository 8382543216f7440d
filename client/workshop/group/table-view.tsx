/** Why this file exists: who is at the table, each with what they do now. */
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../ui/avatar.tsx';
import styles from './group.module.css';
import type { AtTheTable } from './people.ts';

export function TableView({ people }: { people: readonly AtTheTable[] }) {
  const { t } = useTranslation('group');
  const members = people.filter((person) => !person.visitor).length;
  const doing = (person: AtTheTable): string => {
    const state =
      person.writesIn !== null
        ? t('people.writesIn', { number: person.writesIn })
        : person.state === 'writing'
          ? t('people.writes')
          : person.state === 'away'
            ? t('people.away')
            : '';
    const words = [
      person.organisation,
      person.guest ? t('people.guest') : '',
      person.visitor ? t('people.visitor') : '',
      state,
    ];
    return words.filter(Boolean).join(' · ');
  };
  return (
    <section aria-labelledby="group-people">
      <h2 id="group-people">{t('people.heading', { count: members })}</h2>
      {people.length === 0 && <p className="muted">{t('people.none')}</p>}
      <ul className={styles.people}>
        {people.map((person) => (
          <li key={person.id} className={person.state === 'away' ? styles.away : undefined}>
            <Avatar name={person.name} colour={person.colour} state={person.state} />
            <span>
              {person.self ? t('people.you', { name: person.name }) : person.name}
              <small>{doing(person)}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
