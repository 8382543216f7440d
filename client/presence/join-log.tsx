/** Why this file exists: those who do not see people come and go hear of it: politely, and seldom. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PresentPerson } from '../collab/index.ts';

/** Comings and goings within this time become one sentence. */
const GATHER_MS = 5000;

/** A live region; silent about oneself and about who was here from the start. */
export function JoinLog({ present }: { present: readonly PresentPerson[] }) {
  const { t } = useTranslation('presence');
  const [spoken, setSpoken] = useState('');
  const known = useRef<Map<string, string> | null>(null);
  const names = JSON.stringify(
    present.filter((person) => !person.self).map((person) => [person.user.id, person.user.name]),
  );
  useEffect(() => {
    const now = new Map(JSON.parse(names) as [string, string][]);
    if (known.current === null) {
      known.current = now;
      return;
    }
    const timer = setTimeout(() => {
      const before = known.current ?? new Map<string, string>();
      const came = [...now].filter(([id]) => !before.has(id)).map(([, name]) => name);
      const went = [...before].filter(([id]) => !now.has(id)).map(([, name]) => name);
      known.current = now;
      const parts = [
        came.length > 0 ? t('came', { names: came.join(', ') }) : '',
        went.length > 0 ? t('went', { names: went.join(', ') }) : '',
      ];
      setSpoken(parts.filter(Boolean).join(' '));
    }, GATHER_MS);
    return () => clearTimeout(timer);
  }, [names, t]);
  return (
    <p className="sr" role="status">
      {spoken}
    </p>
  );
}
