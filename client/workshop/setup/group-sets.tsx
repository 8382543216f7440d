/** Why this file exists: groups that worked are kept under a name, and used again in another round or another workshop. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '#shared/ids.ts';
import type { GroupSet, GroupSetList } from '#shared/workshop/group-sets.ts';
import { groupSetApi } from '../../api/group-sets.ts';
import { ApiFailure } from '../../api/request.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import type { PlannedGroup } from './plan.ts';
import styles from './setup.module.css';
import type { Setup } from './use-setup.ts';

/** The set as groups of a plan. The round's own groups are reused in order; who has left the meeting is left out. */
export function groupsFromSet(
  set: Pick<GroupSet, 'groups'>,
  now: readonly PlannedGroup[],
  takesPart: (personId: string) => boolean,
): PlannedGroup[] {
  return set.groups.map((group, at) => ({
    id: now[at]?.id ?? newId(),
    isNew: now[at]?.isNew ?? true,
    name: group.name,
    topic: group.topic,
    place: group.place,
    colour: group.colour ?? at % 12,
    members: group.members.filter(takesPart),
  }));
}

export function GroupSets({ setup }: { setup: Setup }) {
  const { t } = useTranslation('workshop');
  const text = useProblemText();
  const { toast } = useToasts();
  const { meeting, groups } = setup;
  const key = ['group-sets', meeting.id];
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: key, queryFn: () => groupSetApi.list(meeting.id) });
  const change = useMutation({
    mutationFn: (call: () => Promise<GroupSetList>) => call(),
    onSuccess: (after) => queries.setQueryData(key, after),
  });
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const failed = (error: unknown) => toast({ message: text(error) });
  const save = (called: string, of: GroupSet['groups'], done: () => void, refused: (error: unknown) => void) =>
    change.mutate(() => groupSetApi.save(meeting.id, { name: called, groups: of }), {
      onSuccess: done,
      onError: refused,
    });
  const takesPart = (id: string) => meeting.participants.some(({ personId }) => personId === id);

  return (
    <section className={styles.sets} aria-labelledby="sets">
      <h2 id="sets">{t('sets')}</h2>
      {data && data.sets.length > 0 && (
        <ul className={styles.setList}>
          {data.sets.map((set) => (
            <li key={set.id}>
              <span>
                {set.name}
                <small>{t('groupsCount', { count: set.groups.length })}</small>
              </span>
              <span className={styles.setTools}>
                <Button
                  size="small"
                  aria-label={t('setUseName', { name: set.name })}
                  onClick={() => setup.layOut(groupsFromSet(set, setup.ground, takesPart))}
                >
                  {t('setUse')}
                </Button>
                <IconButton
                  size="small"
                  label={t('setRemove', { name: set.name })}
                  onClick={() =>
                    change.mutate(() => groupSetApi.remove(meeting.id, set.id), {
                      onError: failed,
                      onSuccess: () =>
                        toast({
                          message: t('setRemoved', { name: set.name }),
                          undo: () =>
                            save(
                              set.name,
                              set.groups.map((group) => ({ ...group, members: group.members.filter(takesPart) })),
                              () => {},
                              failed,
                            ),
                        }),
                    })
                  }
                >
                  <X size={16} strokeWidth={1.75} aria-hidden />
                </IconButton>
              </span>
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.setSave}
        onSubmit={(event) => {
          event.preventDefault();
          const called = name.trim();
          if (called === '') return setProblem(t('setNameMissing'));
          const plain = groups.map(({ name: own, topic, place, colour, members }) => ({
            name: own,
            topic,
            place,
            colour,
            members: [...members],
          }));
          save(
            called,
            plain,
            () => {
              setName('');
              setProblem(null);
              toast({ message: t('setSaved', { name: called }) });
            },
            (error) => {
              const why = error instanceof ApiFailure ? error.fields.name : undefined;
              setProblem(why === 'exists' ? t('setExists') : why === 'full' ? t('setFull') : text(error));
            },
          );
        }}
      >
        <TextField
          label={t('setName')}
          hint={t('setHint')}
          maxLength={60}
          value={name}
          error={problem}
          onChange={(event) => {
            setName(event.target.value);
            setProblem(null);
          }}
        />
        <Button size="small" type="submit" disabled={change.isPending}>
          {t('setSave')}
        </Button>
      </form>
    </section>
  );
}
