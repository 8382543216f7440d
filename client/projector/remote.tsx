/** Why this file exists: those who run the meeting choose what the wall of the room shows, from where they are. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { PROJECTOR_VIEWS, type Projector, type ProjectorInput, type ProjectorView } from '#shared/projector/api.ts';
import { roomName } from '#shared/rooms.ts';
import { currentRound } from '#shared/workshop/workshop.ts';
import { useAgenda } from '../agenda/use-agenda.ts';
import { serverNow, useRoom } from '../collab/index.ts';
import { paths } from '../navigation.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { Dialog } from '../ui/dialog.tsx';
import { CheckField, SelectField } from '../ui/field.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { useWorkshop } from '../workshop/use-workshop.ts';
import { ProjectorLinkSection } from './link-section.tsx';
import styles from './remote.module.css';
import { useProjector, useShow } from './use-projector.ts';

const OF_ITEM: readonly ProjectorView[] = ['item', 'groups', 'wall', 'harvest', 'vote', 'wording'];
const BREAKS = [5, 10, 15, 20, 30, 45, 60] as const;

/** What is left out of a choice. */
const NOTHING = { itemId: null, groupIds: [], promptId: null, until: null };

/** What the wall shows, as a dialog. */
export function Remote({ meeting, onClose }: { meeting: Meeting; onClose(): void }) {
  const { t } = useTranslation('projector');
  const text = useProblemText();
  const { toast } = useToasts();
  const known = useProjector(meeting.id).data;
  const change = useShow(meeting.id);
  // What was just chosen counts until the server has answered.
  const shown = known && (change.isPending ? { ...known, ...NOTHING, ...change.variables } : known);
  const show = (input: ProjectorInput) => change.mutate(input, { onError: (error) => toast({ message: text(error) }) });
  return (
    <Dialog title={t('remote.title')} onClose={onClose} wide>
      <p>{t('remote.lead')}</p>
      {shown ? <Choices meeting={meeting} shown={shown} show={show} /> : <p role="status">{t('loading')}</p>}
      <p>
        <a href={paths.projector(meeting.id)} target="_blank" rel="noreferrer">
          {t('remote.open')}
        </a>
      </p>
      {shown && <ProjectorLinkSection meeting={meeting} linkedAt={shown.linkedAt} />}
    </Dialog>
  );
}

interface ChoicesProps {
  meeting: Meeting;
  shown: Projector;
  show(input: ProjectorInput): void;
}

function Choices({ meeting, shown, show }: ChoicesProps) {
  const { t } = useTranslation('projector');
  return (
    <>
      <fieldset className={styles.views}>
        <legend>{t('remote.shows')}</legend>
        {PROJECTOR_VIEWS.map((view) => (
          <label key={view} className={styles.choice}>
            <input
              type="radio"
              name="projector-view"
              checked={shown.view === view}
              onChange={() => show({ view, itemId: OF_ITEM.includes(view) ? shown.itemId : null })}
            />
            <span>{t(`view.${view}`)}</span>
          </label>
        ))}
      </fieldset>
      {OF_ITEM.includes(shown.view) && <ItemChoice meeting={meeting} shown={shown} show={show} />}
      {shown.view === 'wall' && <WallChoice meeting={meeting} shown={shown} show={show} />}
      {shown.view === 'break' && <BreakChoice meeting={meeting} shown={shown} show={show} />}
    </>
  );
}

function ItemChoice({ meeting, shown, show }: ChoicesProps) {
  const { t } = useTranslation('projector');
  const room = useRoom(roomName({ kind: 'agenda', meetingId: meeting.id }));
  const { rows } = useAgenda(room?.doc ?? null, meeting);
  return (
    <SelectField
      label={t('remote.item')}
      value={shown.itemId ?? ''}
      onChange={(event) => show({ view: shown.view, itemId: event.target.value || null })}
    >
      <option value="">{t('remote.current')}</option>
      {rows
        .filter(({ item }) => item.kind !== 'section' && item.kind !== 'break')
        .map(({ item, number }) => (
          <option key={item.id} value={item.id}>
            {[number, item.title.trim() || t('untitled')].filter(Boolean).join(' ')}
          </option>
        ))}
    </SelectField>
  );
}

function WallChoice(props: ChoicesProps) {
  const itemId = props.shown.itemId ?? props.meeting.currentItemId;
  return itemId === null ? null : <WallParts {...props} itemId={itemId} />;
}

function WallParts({ meeting, shown, show, itemId }: ChoicesProps & { itemId: Id }): ReactNode {
  const { t } = useTranslation('projector');
  const workshop = useWorkshop(meeting.id, itemId).data;
  if (!workshop) return null;
  const { view, itemId: chosenItem, groupIds, promptId } = shown;
  const again = { view, itemId: chosenItem, groupIds, promptId };
  return (
    <>
      <SelectField
        label={t('remote.prompt')}
        value={promptId ?? ''}
        onChange={(event) => show({ ...again, promptId: event.target.value || null })}
      >
        <option value="">{t('remote.allPrompts')}</option>
        {workshop.prompts.map(({ id, heading }) => (
          <option key={id} value={id}>
            {heading}
          </option>
        ))}
      </SelectField>
      <fieldset className={styles.groups}>
        <legend>{t('remote.groups')}</legend>
        <CheckField
          label={t('remote.all')}
          checked={groupIds.length === 0}
          onChange={() => show({ ...again, groupIds: [] })}
        />
        {currentRound(workshop).groups.map(({ id, name }) => (
          <CheckField
            key={id}
            label={name}
            checked={groupIds.includes(id)}
            onChange={(event) =>
              show({
                ...again,
                groupIds: event.target.checked ? [...groupIds, id] : groupIds.filter((one) => one !== id),
              })
            }
          />
        ))}
      </fieldset>
    </>
  );
}

function BreakChoice({ meeting, shown, show }: ChoicesProps) {
  const { t, i18n } = useTranslation('projector');
  const inMinutes = (minutes: number) => show({ view: 'break', until: serverNow() + minutes * 60_000 });
  return (
    <div>
      <p id="projector-break">{t('remote.break')}</p>
      <ButtonRow>
        {BREAKS.map((minutes) => (
          <Button key={minutes} size="small" onClick={() => inMinutes(minutes)}>
            {t('minutes', { count: minutes })}
          </Button>
        ))}
        <Button size="small" onClick={() => show({ view: 'break', until: null })}>
          {t('remote.noEnd')}
        </Button>
      </ButtonRow>
      <p role="status">
        {shown.until !== null && t('pause.until', { time: clock(shown.until, i18n.language, meeting.timeZone) })}
      </p>
    </div>
  );
}
