// The thread of questions and answers about a contribution.
import { useTranslations } from 'next-intl';
import { useFormat } from '../../lib/language/use-format.ts';

type Comment = { at: string; text: string; by: { displayName: string } | null };

export function Conversation({ comments, timeZone }: { comments: readonly Comment[]; timeZone: string }) {
  const { instantText } = useFormat();
  const t = useTranslations('contribution');
  if (comments.length === 0) return <p className="t-small text-ink-2">{t('noComments')}</p>;
  return (
    <ol className="t-ui grid gap-2">
      {comments.map((comment, index) => (
        <li key={index} className="grid gap-x-4 desk:grid-cols-[150px_1fr]">
          <span>
            <strong className="font-semibold">{comment.by?.displayName ?? t('system')}</strong>{' '}
            <span className="t-small text-ink-2">{instantText(comment.at, timeZone).split(',')[0]}</span>
          </span>
          <span>{comment.text}</span>
        </li>
      ))}
    </ol>
  );
}
