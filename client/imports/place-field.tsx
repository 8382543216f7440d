/** Why this file exists: where in the agenda what is taken in goes: a day, a section, behind which of its points. */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { ImportInput } from '#shared/imports/api.ts';
import { useAgenda } from '../agenda/use-agenda.ts';
import { useAgendaRoom } from '../meeting/use-meeting-room.ts';
import { SelectField } from '../ui/field.tsx';

type Place = ImportInput['place'];
export const AT_THE_END: Place = { sitting: '', section: '', after: '' };

interface PlaceFieldProps {
  meeting: Meeting;
  place: Place;
  onChange(place: Place): void;
}

/** One list of the places there are, as the agenda is now. */
export function PlaceField({ meeting, place, onChange }: PlaceFieldProps) {
  const { t } = useTranslation('imports');
  const room = useAgendaRoom(meeting.id);
  const agenda = useAgenda(room?.doc ?? null, meeting);
  const name = ({ number, item }: (typeof agenda.rows)[number]) => [number, item.title].filter(Boolean).join(' ');
  const places = agenda.groups.flatMap(({ sitting, nodes }, day) => {
    const of = { sitting, section: '' as const };
    const last = agenda.groups.length > 1 ? t('place.lastOfDay', { day: day + 1 }) : t('place.last');
    return [
      { place: { ...of, after: '' as const }, words: last },
      ...nodes.flatMap((node) => [
        { place: { ...of, after: node.item.id }, words: t('place.after', { title: name(node) }) },
        ...(node.item.kind === 'section'
          ? [
              {
                place: { sitting, section: node.item.id, after: '' as const },
                words: t('place.in', { title: name(node) }),
              },
            ]
          : []),
      ]),
    ];
  });
  const key = (one: Place) => `${one.sitting}/${one.section}/${one.after}`;
  const chosen =
    places.find((one) => key(one.place) === key(place)) ??
    places.filter((one) => one.place.after === '' && one.place.section === '').at(-1);
  return (
    <SelectField
      label={t('place.label')}
      value={chosen ? key(chosen.place) : ''}
      onChange={({ target }) => {
        const found = places.find((one) => key(one.place) === target.value);
        if (found) onChange(found.place);
      }}
    >
      {places.map((one) => (
        <option key={key(one.place)} value={key(one.place)}>
          {one.words}
        </option>
      ))}
    </SelectField>
  );
}
