/**
 * Why this file exists: what a group said is put into the text where one is, as ordinary words that say whose they were;
 * said aloud, with the way back.
 */
import { type RefObject, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Contribution } from '#shared/workshop/contributions.ts';
import { promoteAfter, takeBack } from '#shared/workshop/promote.ts';
import type { HarvestData } from '../harvest/use-harvest.ts';
import { useToasts } from '../ui/toast.tsx';
import type { Here } from './use-caret.ts';

/**
 * Puts one contribution in behind the block in `here`, or last under its own question when one has been nowhere yet; what
 * comes next goes behind it. `null` for who may not write.
 */
export function usePut(
  workshop: WorkshopView,
  { summaryRoom, mayPromote }: HarvestData,
  here: RefObject<Here | null>,
): ((contribution: Contribution) => void) | null {
  const { t } = useTranslation('summary');
  const { toast } = useToasts();
  const doc = mayPromote ? (summaryRoom?.doc ?? null) : null;
  const { prompts } = workshop;
  const put = useCallback(
    (contribution: Contribution) => {
      if (!doc) return;
      const at = here.current;
      const promptId = at?.promptId ?? contribution.promptId;
      const heading = prompts.find(({ id }) => id === promptId)?.heading;
      if (heading === undefined) return;
      const insertion = promoteAfter(doc, promptId, at?.block, [contribution]);
      if (at) here.current = { promptId, block: insertion.blocks[0]?.element };
      toast({
        message: t('put.done', { heading }),
        undo: () => {
          if (here.current?.block === insertion.blocks[0]?.element) here.current = at;
          if (!takeBack(doc, promptId, insertion)) toast({ message: t('put.stays') });
        },
      });
    },
    [doc, here, prompts, t, toast],
  );
  return doc ? put : null;
}
