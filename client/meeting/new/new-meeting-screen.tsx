/** Why this file exists: from an idea to a meeting in one form; the template brings days, hours and standing items. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Sitting } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import type { Template } from '#shared/terms.ts';
import { UserMenu } from '../../account/user-menu.tsx';
import { api } from '../../api/api.ts';
import { keys } from '../../api/hooks.ts';
import { ApiFailure } from '../../api/request.ts';
import { currentLanguage } from '../../i18n/index.ts';
import { paths } from '../../navigation.ts';
import { Button, ButtonRow, LinkButton } from '../../ui/button.tsx';
import { dateAt } from '../../ui/dates.ts';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import page from '../../ui/page.module.css';
import { useProblemText } from '../../ui/problem.tsx';
import { Screen } from '../../ui/screen.tsx';
import { dayAfter, proposedDate } from '../setup/days.ts';
import styles from '../setup/setup.module.css';
import { SittingsForm } from '../setup/sittings-form.tsx';
import { useCheckedDays } from '../setup/use-checked-days.ts';

/** Working days a week ahead, in the hours such meetings usually have. */
function firstSittings(template: Template): Sitting[] {
  const date = proposedDate(dateAt(Date.now()), template === 'retreat' ? 2 : 1);
  const empty = { venue: '', room: '', address: '', link: '' };
  switch (template) {
    case 'session':
      return [{ id: newId(), date, start: '09:00', end: '12:00', ...empty }];
    case 'retreat':
      return [
        { id: newId(), date, start: '08:30', end: '17:00', ...empty },
        { id: newId(), date: dayAfter(date), start: '08:30', end: '12:00', ...empty },
      ];
    case 'working':
      return [{ id: newId(), date, start: '13:00', end: '14:30', ...empty }];
    case 'blank':
      return [];
  }
}

export function NewMeetingScreen({ template }: { template: Template }) {
  const { t } = useTranslation('setup');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [title, setTitle] = useState('');
  const [body, setBody] = useState('');
  const [registryNumber, setRegistryNumber] = useState('');
  const [sittings, setSittings] = useState(() => firstSittings(template));
  const days = useCheckedDays(sittings);
  const create = useMutation({
    mutationFn: api.createMeeting,
    onSuccess: (meeting) => {
      queries.setQueryData(keys.meeting(meeting.id), meeting);
      void queries.invalidateQueries({ queryKey: keys.meetings });
      navigate(paths.meeting(meeting.id));
    },
  });
  const heading = t('newTitle', { template: common(`template.${template}.name`) });
  const fields = create.error instanceof ApiFailure ? create.error.fields : {};
  return (
    <Screen title={heading} width="reading" end={<UserMenu />}>
      <h1 className={page.title}>{heading}</h1>
      <p className={page.lead}>{t('newLead')}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!days.pass(event.currentTarget)) return;
          create.mutate({
            template,
            title,
            body,
            registryNumber,
            sittings,
            timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/Stockholm',
            language: currentLanguage(),
          });
        }}
      >
        {create.error && <Notice tone="refuse">{text(create.error)}</Notice>}
        <TextField
          label={t('title')}
          name="title"
          required
          maxLength={200}
          value={title}
          error={fields.title && text(create.error)}
          onChange={(event) => setTitle(event.target.value)}
        />
        <div className={styles.two}>
          <TextField
            label={t('body')}
            hint={t('bodyHint')}
            name="body"
            maxLength={120}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
          <TextField
            label={t('registryNumber')}
            name="registryNumber"
            maxLength={60}
            value={registryNumber}
            onChange={(event) => setRegistryNumber(event.target.value)}
          />
        </div>
        <h2 className={page.heading}>{t('days')}</h2>
        <SittingsForm sittings={sittings} faults={days.faults} onChange={setSittings} />
        <ButtonRow>
          <Button type="submit" variant="primary" size="large" disabled={create.isPending}>
            {t('create')}
          </Button>
          <LinkButton href={paths.home} variant="quiet" size="large">
            {common('cancel')}
          </LinkButton>
        </ButtonRow>
      </form>
    </Screen>
  );
}
