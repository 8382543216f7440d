/** Why this file exists: a workshop is made in one press: a template with good questions, three groups, a time. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { newId } from '#shared/ids.ts';
import { api } from '../../api/api.ts';
import { currentLanguage } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import { templatePrompts, WORKSHOP_TEMPLATE_NAMES, type WorkshopTemplate } from '../templates.ts';
import { useWorkshopChange } from '../use-workshop.ts';
import { minutesOf, type PromptDraft, PromptFields, promptsInput } from './prompts-editor.tsx';
import styles from './setup.module.css';

export function CreateWorkshop({ meetingId, itemId }: { meetingId: Id; itemId: Id }) {
  const { t } = useTranslation('workshop');
  const text = useProblemText();
  const promptsOf = (name: WorkshopTemplate): PromptDraft[] =>
    templatePrompts(name, t).map((prompt) => ({
      ...prompt,
      id: newId(),
      isNew: true,
    }));
  const sum = (prompts: readonly PromptDraft[]) => prompts.reduce((minutes, prompt) => minutes + prompt.minutes, 0);
  const [template, setTemplate] = useState<WorkshopTemplate>('direction');
  const [prompts, setPrompts] = useState(() => promptsOf('direction'));
  const [own, setOwn] = useState<{ minutes: number } | null>(null);
  const [groups, setGroups] = useState(3);
  const [missing, setMissing] = useState(false);
  const minutes = own?.minutes ?? (sum(prompts) || 20);
  const create = useWorkshopChange(() =>
    api.workshop.create(
      { meetingId, itemId },
      { prompts: promptsInput(prompts), groups, minutes, language: currentLanguage() },
    ),
  );
  return (
    <form
      className={styles.create}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (prompts.some(({ heading }) => heading.trim() === '')) return setMissing(true);
        create.mutate(undefined);
      }}
    >
      <fieldset className={styles.templates}>
        <legend>{t('templates')}</legend>
        {WORKSHOP_TEMPLATE_NAMES.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="template"
              checked={template === name}
              onChange={() => {
                setTemplate(name);
                setPrompts(promptsOf(name));
                setMissing(false);
              }}
            />
            <span>
              <b>{t(`template.${name}.name`)}</b>
              <small>{t(`template.${name}.hint`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={styles.createNumbers}>
        <TextField
          label={t('groupCount')}
          type="number"
          inputMode="numeric"
          min={1}
          max={60}
          value={groups}
          onChange={(event) => setGroups(Math.max(1, Math.min(60, Math.round(Number(event.target.value) || 1))))}
        />
        <TextField
          label={t('minutesAll')}
          hint={t('minutesAllHint')}
          type="number"
          inputMode="numeric"
          min={0}
          max={1440}
          value={minutes}
          onChange={(event) => setOwn({ minutes: minutesOf(event.target.value) })}
        />
      </div>
      {create.error && <Notice tone="refuse">{text(create.error)}</Notice>}
      <div className={styles.deeds}>
        <Button variant="primary" type="submit" disabled={create.isPending}>
          {t('create')}
        </Button>
        <span className="muted">{t('createHint')}</span>
      </div>
      <section aria-labelledby="prompts">
        <h2 id="prompts">{t('prompts')}</h2>
        <PromptFields prompts={prompts} showMissing={missing} onChange={setPrompts} />
      </section>
    </form>
  );
}
