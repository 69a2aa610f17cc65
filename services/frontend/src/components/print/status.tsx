// The state of a contribution or payment: always a mark and a word, never a colour alone.
import { useTranslations } from 'next-intl';
import type { IconName } from '../icon.tsx';
import { Icon } from '../icon.tsx';

type Tone = 'plain' | 'wait' | 'done' | 'stop' | 'pen';

const marks = {
  DRAFT: ['pencil', 'plain'],
  SUBMITTED: ['sent', 'plain'],
  CLARIFICATION: ['asked', 'wait'],
  APPROVED: ['check', 'done'],
  VALUED: ['check', 'done'],
  APPLIED: ['lock', 'done'],
  REJECTED: ['cross', 'stop'],
  WITHDRAWN: ['withdrawn', 'plain'],
  DISPUTED: ['disputed', 'stop'],
  RESOLVED: ['check', 'done'],
  CALCULATED: ['pencil', 'plain'],
  SCHEDULED: ['scheduled', 'done'],
  PROCESSING: ['clock', 'wait'],
  COMPLETED: ['lock', 'done'],
  PAID: ['lock', 'done'],
  FAILED: ['cross', 'stop'],
  CANCELLED: ['withdrawn', 'plain'],
  OPEN: ['pencil', 'plain'],
  CLOSING: ['clock', 'wait'],
  CLOSED: ['closed', 'done'],
  LOCKED: ['lock', 'done'],
} as const satisfies Record<string, readonly [IconName, Tone]>;

export type StatusName = keyof typeof marks;
export const statusNames = Object.keys(marks) as readonly StatusName[];

export const toneClass: Record<Tone, string> = {
  plain: 'text-ink-2',
  wait: 'text-wait',
  done: 'text-done',
  stop: 'text-stop',
  pen: 'text-pen',
};

/** A status by its API name; one we do not know is printed as it came rather than hidden. */
export function Status({ name }: { name: string }) {
  const t = useTranslations('status');
  const key = name.toUpperCase();
  if (!(key in marks)) return <span className="t-note text-ink-2">{name}</span>;
  const known = key as StatusName;
  const [icon, tone] = marks[known];
  return (
    <span className={`t-note whitespace-nowrap ${toneClass[tone]}`}>
      <Icon name={icon} className="mr-1.5 align-[-3px]" />
      {t(known)}
    </span>
  );
}

/** How long something has waited; brown with an hourglass once it is stale. */
export function Age({ days, stale }: { days: number; stale: boolean }) {
  const t = useTranslations('status');
  const text = days < 1 ? t('today') : t('days', { days });
  return stale ? (
    <span className="t-note inline-flex items-center gap-1 whitespace-nowrap text-wait">
      <Icon name="waiting" className="size-3.5" />
      <span className="sr-only">{t('waiting')} </span>
      {text}
    </span>
  ) : (
    <span className="t-small whitespace-nowrap text-ink-2">{text}</span>
  );
}
