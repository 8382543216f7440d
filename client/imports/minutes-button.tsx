/** Why this file exists: a protocol that was saved as data becomes a meeting again, from the list of my meetings. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { keys } from '../api/hooks.ts';
import { importApi } from '../api/imports.ts';
import { paths } from '../navigation.ts';
import { Button } from '../ui/button.tsx';
import styles from './imports.module.css';
import { useFault } from './use-fault.ts';

/** For those who may make meetings; leads to the meeting that was made. */
export function MinutesImportButton() {
  const { t } = useTranslation('imports');
  const fault = useFault();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const take = useMutation({
    mutationFn: (file: File) => importApi.minutes(file),
    onSuccess: (meeting) => {
      void queries.invalidateQueries({ queryKey: keys.meetings });
      go(paths.meeting(meeting.id));
    },
  });
  return (
    <div className={styles.minutes}>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('minutes.file')}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) take.mutate(file);
        }}
      />
      <Button variant="quiet" disabled={take.isPending} onClick={() => input.current?.click()}>
        <FileUp size={18} strokeWidth={1.75} aria-hidden />
        {t('minutes.button')}
      </Button>
      <p role="status" className={styles.error}>
        {take.error ? fault(take.error) : ''}
      </p>
    </div>
  );
}
