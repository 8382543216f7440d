/** Why this file exists: a clause goes up on the wall from where it is worded. Only for those who run the projector. */
import { Presentation } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { may } from '../meeting/may.ts';
import { useShow } from '../projector/use-projector.ts';
import { Button } from '../ui/button.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';

export interface ShowProps {
  meeting: Meeting;
  itemId: Id;
  clauseId: Id | null;
  /** What is shown, as people call it. */
  name: string;
  small?: boolean;
}

export function ShowButton({ meeting, itemId, clauseId, name, small = false }: ShowProps) {
  const { t } = useTranslation('decisions');
  const problem = useProblemText();
  const { toast } = useToasts();
  const show = useShow(meeting.id);
  if (clauseId === null || !may(meeting, 'run-projector')) return null;
  return (
    <Button
      variant="quiet"
      {...(small ? { size: 'small' as const } : {})}
      onClick={() =>
        show.mutate(
          { view: 'wording', itemId, promptId: clauseId },
          {
            onSuccess: () => toast({ message: t('clause.shown', { name }) }),
            onError: (error) => toast({ message: problem(error) }),
          },
        )
      }
    >
      <Presentation size={16} strokeWidth={1.75} aria-hidden />
      {t('clause.show')}
    </Button>
  );
}
