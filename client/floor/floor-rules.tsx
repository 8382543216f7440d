/** Why this file exists: those who run the meeting close the list, put people on it who have no phone, and set its rules. */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { FloorView } from '#shared/floor/api.ts';
import { speaksInMeeting } from '#shared/policy.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, SelectField } from '../ui/field.tsx';
import styles from './floor.module.css';
import type { FloorActions } from './use-floor.ts';

const SPEECHES = [60, 90, 120, 180, 240, 300, 420, 600, 900] as const;
const REJOINDERS = [30, 45, 60, 90, 120, 180] as const;

export interface FloorRulesProps {
  meeting: Meeting;
  floor: FloorView;
  actions: FloorActions;
}

/** "1,5 min" would be read as a number: whole minutes as minutes, the rest as seconds. */
function useSeconds(): (seconds: number) => string {
  const { t } = useTranslation('floor');
  return (seconds) =>
    seconds % 60 === 0 ? t('time.minutes', { count: seconds / 60 }) : t('time.seconds', { count: seconds });
}

const withPresent = (choices: readonly number[], present: number): number[] =>
  [...new Set(present > 0 ? [...choices, present] : choices)].sort((a, b) => a - b);

export function FloorRules({ meeting, floor, actions }: FloorRulesProps) {
  const { t, i18n } = useTranslation('floor');
  const words = useSeconds();
  const waits = new Set(floor.waiting.filter(({ kind }) => kind === 'speech').map(({ personId }) => personId));
  const others = meeting.participants
    .filter(({ personId, roles }) => speaksInMeeting(roles, floor.guests) && !waits.has(personId))
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  return (
    <div className={styles.rules}>
      {!floor.drawn && meeting.phase === 'ongoing' && (
        <SelectField
          label={t('run.add')}
          value=""
          onChange={(event) => event.target.value && actions.ask('speech', event.target.value)}
        >
          <option value="">{t('run.addChoose')}</option>
          {others.map(({ personId, name }) => (
            <option key={personId} value={personId}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <Button aria-pressed={floor.drawn} onClick={() => actions.update({ drawn: !floor.drawn })}>
        {t(floor.drawn ? 'run.lift' : 'run.draw')}
      </Button>
      <details>
        <summary>{t('run.rules')}</summary>
        <div className={styles.times}>
          <SelectField
            label={t('run.speech')}
            value={floor.speechSeconds}
            onChange={(event) => {
              const speechSeconds = Number(event.target.value);
              // A reply is never longer: it follows.
              const shorter = speechSeconds > 0 && speechSeconds < floor.rejoinderSeconds;
              actions.update({ speechSeconds, ...(shorter && { rejoinderSeconds: speechSeconds }) });
            }}
          >
            <option value={0}>{t('run.unlimited')}</option>
            {withPresent(SPEECHES, floor.speechSeconds).map((seconds) => (
              <option key={seconds} value={seconds}>
                {words(seconds)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t('run.rejoinder')}
            value={floor.rejoinderSeconds}
            onChange={(event) => actions.update({ rejoinderSeconds: Number(event.target.value) })}
          >
            {withPresent(REJOINDERS, floor.rejoinderSeconds)
              .filter((seconds) => floor.speechSeconds === 0 || seconds <= floor.speechSeconds)
              .map((seconds) => (
                <option key={seconds} value={seconds}>
                  {words(seconds)}
                </option>
              ))}
          </SelectField>
        </div>
        <CheckField
          label={t('run.newFirst')}
          checked={floor.newSpeakersFirst}
          onChange={(event) => actions.update({ newSpeakersFirst: event.target.checked })}
        />
        <CheckField
          label={t('run.guests')}
          checked={floor.guests}
          onChange={(event) => actions.update({ guests: event.target.checked })}
        />
      </details>
    </div>
  );
}
