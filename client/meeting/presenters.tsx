/** Why this file exists: who presents the item: participants with title and organisation, or plain words for those who are none. */
import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { type AgendaItem, addPresenter, type Presenter, removePresenter } from '#shared/agenda.ts';
import type { Meeting, Participant } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { Button } from '../ui/button.tsx';
import { useToasts } from '../ui/toast.tsx';
import styles from './presenters.module.css';

/** "Kerstin Boman (C), kommunstyrelsens ordförande, Almvik". */
function described(presenter: Presenter, meeting: Meeting): { name: string; rest: string } {
  const person = meeting.participants.find((one) => one.personId === presenter.personId);
  if (!person) return { name: presenter.text, rest: '' };
  return { name: person.name, rest: descriptionOf(person, meeting) };
}

function descriptionOf(person: Participant, meeting: Meeting): string {
  const organisation = meeting.organisations.find((one) => one.id === person.organisationId)?.name ?? '';
  const party = person.party ? ` (${person.party})` : '';
  return (
    party +
    [person.title, organisation]
      .filter(Boolean)
      .map((part) => `, ${part}`)
      .join('')
  );
}

export function Presenters({
  meeting,
  item,
  doc,
  canWrite,
}: {
  meeting: Meeting;
  item: AgendaItem;
  doc: Y.Doc;
  canWrite: boolean;
}) {
  const { t } = useTranslation('meeting');
  const { toast } = useToasts();
  const [adding, setAdding] = useState(false);
  const shown = item.presenters
    .map((presenter) => ({ presenter, ...described(presenter, meeting) }))
    .filter(({ name }) => name !== '');

  const add = (words: string) => {
    const text = words.trim();
    setAdding(false);
    if (!text) return;
    const person = meeting.participants.find((one) => one.name === text);
    addPresenter(doc, item.id, person ? { personId: person.personId } : { text: text.slice(0, 200) }, newId());
  };
  const remove = (presenter: Presenter, name: string) => {
    removePresenter(doc, item.id, presenter.key);
    toast({
      message: t('presenter.removed', { name }),
      undo: () =>
        addPresenter(
          doc,
          item.id,
          presenter.personId ? { personId: presenter.personId } : { text: presenter.text },
          newId(),
        ),
    });
  };

  if (shown.length === 0 && !canWrite) return null;
  return (
    <div className={styles.presenters}>
      <span className="sr">{t('presenter.label')}</span>
      {shown.length > 0 && (
        <ul>
          {shown.map(({ presenter, name, rest }) => (
            <li key={presenter.key}>
              <b>{name}</b>
              {rest.slice(0, rest.lastIndexOf(' ') + 1)}
              {/* The cross stays on the line of the last word. */}
              <span className={styles.end}>
                {rest.slice(rest.lastIndexOf(' ') + 1)}
                {canWrite && (
                  <button
                    type="button"
                    className={styles.remove}
                    aria-label={t('presenter.remove', { name })}
                    onClick={() => remove(presenter, name)}
                  >
                    <X size={13} strokeWidth={1.75} aria-hidden />
                  </button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {canWrite &&
        (adding ? (
          <AddPresenter meeting={meeting} onAdd={add} onCancel={() => setAdding(false)} />
        ) : (
          <Button variant="link" onClick={() => setAdding(true)}>
            {t(shown.length > 0 ? 'presenter.more' : 'presenter.add')}
          </Button>
        ))}
    </div>
  );
}

/** A participant from the list, or any words. */
function AddPresenter({
  meeting,
  onAdd,
  onCancel,
}: {
  meeting: Meeting;
  onAdd(words: string): void;
  onCancel(): void;
}) {
  const { t } = useTranslation('meeting');
  const { t: common } = useTranslation('common');
  const id = useId();
  const [words, setWords] = useState('');
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(words);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears because its button was pressed.
        autoFocus
        aria-label={t('presenter.field')}
        placeholder={t('presenter.field')}
        list={id}
        maxLength={200}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <datalist id={id}>
        {meeting.participants.map((person) => (
          <option key={person.personId} value={person.name}>
            {descriptionOf(person, meeting)}
          </option>
        ))}
      </datalist>
      <Button type="submit" size="small">
        {common('add')}
      </Button>
      <Button size="small" variant="quiet" onClick={onCancel}>
        {common('cancel')}
      </Button>
    </form>
  );
}
