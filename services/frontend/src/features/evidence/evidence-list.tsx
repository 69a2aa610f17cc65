// What shows what was given: links, and files, which are only ever handed out to be saved.
import { useTranslations } from 'next-intl';
import { Icon } from '../../components/icon.tsx';
import type { ReaderFormat } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import type { ContributionDetail } from '../contribution/contribution.documents.ts';

type Evidence = Pick<ContributionDetail, 'evidence' | 'evidenceFiles'>;

export function EvidenceList({
  links,
  files,
}: {
  links: Evidence['evidence'];
  files: Evidence['evidenceFiles'];
}) {
  const format = useFormat();
  const t = useTranslations('contribution.files');
  if (links.length + files.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1" aria-label={t('list')}>
      {links.map((link) => (
        <li key={link.url} className="flex min-w-0 items-center gap-2">
          <Icon name="evidence" className="text-pen" />
          <a href={link.url} className="link t-ui" rel="noreferrer noopener" target="_blank">
            {link.label}
          </a>
        </li>
      ))}
      {files.map((file) => (
        <li key={file.id} className="flex min-w-0 items-center gap-2">
          <Icon name="evidence" className="text-pen" />
          <a
            href={`/contributions/evidence/${encodeURIComponent(file.id)}`}
            className="link t-ui min-w-0 break-words"
            download={file.name}
          >
            {file.name}
          </a>
          <span className="t-small whitespace-nowrap text-ink-2">{sizeText(file.sizeBytes, format)}</span>
        </li>
      ))}
    </ul>
  );
}

/** "1 kB", "340 kB", "1.2 MB": rounded up, so that nothing is nothing. */
function sizeText(bytes: number, { quantityText }: ReaderFormat): string {
  return bytes <= 999_000
    ? `${quantityText(String(Math.ceil(bytes / 1_000)))} kB`
    : `${quantityText(String(Math.ceil(bytes / 100_000) / 10))} MB`;
}
