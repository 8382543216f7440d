/** Why this file exists: one line to all groups or to one, always in the same place; what was said last stands under it. */
import { SendHorizontal } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { Button } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import styles from './lead.module.css';
import type { Lead } from './use-lead.ts';
import type { WallGroup } from './wall-group.ts';

/** The longest line that is sent, characters; as the server has it. */
const MAX_LINE = 300;

export interface SayBarProps {
  workshop: WorkshopView;
  groups: readonly WallGroup[];
  lead: Lead;
  /** `''` is all of them. */
  to: Id | '';
  onTo(to: Id | ''): void;
  field: RefObject<HTMLInputElement | null>;
}

export function SayBar({ workshop, groups, lead, to, onTo, field }: SayBarProps) {
  const { t, i18n } = useTranslation('stage');
  const { toast } = useToasts();
  const text = useProblemText();
  const [line, setLine] = useState('');
  const [sending, setSending] = useState(false);
  const target = groups.find(({ group }) => group.id === to) ?? null;
  const last = workshop.messages.reduce<WorkshopView['messages'][number] | null>(
    (newest, message) => (newest && newest.at >= message.at ? newest : message),
    null,
  );
  const lastTo = last && (groups.find(({ group }) => group.id === last.groupId)?.group.name ?? t('say.lastAll'));
  const send = async () => {
    const words = line.trim();
    if (words === '' || sending) return;
    setSending(true);
    try {
      await lead.say(target?.group.id ?? null, words);
      // What was typed while it was on its way is another line.
      setLine((now) => (now.trim() === words ? '' : now));
      toast({ message: t('say.sent') });
    } catch (error) {
      toast({ message: text(error) });
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      className={styles.say}
      aria-label={t('say.label')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <select aria-label={t('say.to')} value={target ? to : ''} onChange={(event) => onTo(event.target.value)}>
        <option value="">{t('say.all')}</option>
        {groups.map(({ group, number }) => (
          <option key={group.id} value={group.id}>
            {number} {group.name}
          </option>
        ))}
      </select>
      <input
        ref={field}
        value={line}
        maxLength={MAX_LINE}
        aria-label={t('say.label')}
        placeholder={target ? t('say.placeholderOne', { group: target.group.name }) : t('say.placeholderAll')}
        onChange={(event) => setLine(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <Button type="submit" disabled={sending || line.trim() === ''}>
        <SendHorizontal size={18} strokeWidth={1.75} aria-hidden />
        {t('say.send')}
      </Button>
      {last && (
        <p>
          <span>{t('say.last', { time: clock(last.at, i18n.language), to: lastTo })}</span> <q>{last.text}</q>
        </p>
      )}
    </form>
  );
}
