/** Why this file exists: a reply in one line, as it stands in lists. */
import type { TFunction } from 'i18next';
import type { Id } from '#shared/ids.ts';
import type { ReplyDraft } from '#shared/notice/replies.ts';

/** "Kommer delvis: dag 1", "Ersättare: Eira Lid". */
export function replyWords(
  t: TFunction<'notice'>,
  { answer, sittingIds, substitute }: ReplyDraft,
  sittings: readonly { id: Id; label: string; when: string }[],
): string {
  if (answer === 'substitute') return t('said.substitute', { name: substitute?.name ?? '' });
  if (answer !== 'partly') return t(`answer.${answer}`);
  const days = sittings
    .filter(({ id }) => sittingIds.includes(id))
    .map(({ label, when }) => (label || when).toLowerCase());
  return t('said.partly', { days: days.join(', ') });
}
