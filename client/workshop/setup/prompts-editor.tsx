/** Why this file exists: the questions every group answers are worded, moved, added and taken away here. */
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Id, newId } from '#shared/ids.ts';
import type { Prompt } from '#shared/workshop/workshop.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import styles from './setup.module.css';

/** A prompt being written; `isNew` when the server does not know its id. */
export interface PromptDraft extends Prompt {
  isNew: boolean;
}

/** An empty prompt at the end of a list. */
export const emptyPrompt = (): PromptDraft => ({ id: newId(), isNew: true, heading: '', help: '', minutes: 0 });

/** The fields of a list of prompts. Nothing is saved here: the caller decides when. */
export function PromptFields({
  prompts,
  showMissing,
  onChange,
}: {
  prompts: readonly PromptDraft[];
  /** Says which headings are missing. */
  showMissing: boolean;
  onChange(prompts: PromptDraft[]): void;
}) {
  const { t } = useTranslation('workshop');
  const [added, setAdded] = useState<Id | null>(null);
  const set = (id: Id, patch: Partial<Prompt>) =>
    onChange(prompts.map((prompt) => (prompt.id === id ? { ...prompt, ...patch } : prompt)));
  const swap = (at: number, by: number) => {
    const next = [...prompts];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    onChange(next);
  };
  return (
    <div className={styles.prompts}>
      <ol>
        {prompts.map((prompt, at) => (
          <li key={prompt.id}>
            <fieldset>
              <legend className={styles.promptHead}>
                <span>{t('promptNumber', { number: at + 1 })}</span>
              </legend>
              <div className={styles.promptTools}>
                <IconButton
                  size="small"
                  label={t('promptUp', { number: at + 1 })}
                  disabled={at === 0}
                  onClick={() => swap(at, -1)}
                >
                  <ArrowUp size={16} strokeWidth={1.75} aria-hidden />
                </IconButton>
                <IconButton
                  size="small"
                  label={t('promptDown', { number: at + 1 })}
                  disabled={at === prompts.length - 1}
                  onClick={() => swap(at, 1)}
                >
                  <ArrowDown size={16} strokeWidth={1.75} aria-hidden />
                </IconButton>
                <IconButton
                  size="small"
                  label={t('promptRemove', { number: at + 1 })}
                  disabled={prompts.length === 1}
                  onClick={() => onChange(prompts.filter(({ id }) => id !== prompt.id))}
                >
                  <Trash2 size={16} strokeWidth={1.75} aria-hidden />
                </IconButton>
              </div>
              <TextField
                label={t('heading')}
                maxLength={200}
                // Whoever asked for one more wants to write it.
                autoFocus={prompt.id === added}
                value={prompt.heading}
                error={showMissing && prompt.heading.trim() === '' ? t('headingMissing') : null}
                onChange={(event) => set(prompt.id, { heading: event.target.value })}
              />
              <div className={styles.promptRest}>
                <TextField
                  label={t('help')}
                  maxLength={500}
                  value={prompt.help}
                  onChange={(event) => set(prompt.id, { help: event.target.value })}
                />
                <TextField
                  label={t('minutes')}
                  type="number"
                  inputMode="numeric"
                  min={0}
                  max={1440}
                  value={prompt.minutes || ''}
                  placeholder="0"
                  onChange={(event) => set(prompt.id, { minutes: minutesOf(event.target.value) })}
                />
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      {prompts.length < 20 && (
        <Button
          size="small"
          onClick={() => {
            const prompt = emptyPrompt();
            setAdded(prompt.id);
            onChange([...prompts, prompt]);
          }}
        >
          <Plus size={16} strokeWidth={1.75} aria-hidden />
          {t('promptAdd')}
        </Button>
      )}
    </div>
  );
}

/** Whole minutes from what was typed, within a day. */
export function minutesOf(typed: string): number {
  return Math.max(0, Math.min(1440, Math.round(Number(typed) || 0)));
}

/** What the server is sent. */
export function promptsInput(prompts: readonly PromptDraft[]) {
  return prompts.map(({ id, isNew, heading, help, minutes }) => ({
    ...(isNew ? {} : { id }),
    heading: heading.trim(),
    help: help.trim(),
    minutes,
  }));
}
