// What the log form begins with: the last used kind and category and today, or everything of the last entry to repeat.
import type { LogFormData } from '../contribution/contribution.documents.ts';
import type { LogEntry } from './log-entry.ts';

const empty = {
  quantity: '',
  description: '',
  declaredValue: '',
  costBasis: '',
  evidence: [],
};

export function startOf(
  { contributionOptions: options, cooperative }: LogFormData,
  repeat: boolean,
): LogEntry {
  const last = repeat ? options.last : null;
  const kind = last?.kind ?? options.lastKind ?? options.kinds[0]?.kind ?? 'LABOR';
  const categories = options.kinds.find((one) => one.kind === kind)?.categories ?? [];
  const wanted = last?.category ?? options.lastCategory;
  const category = categories.find((one) => one.category === wanted) ?? categories[0];
  return {
    ...empty,
    kind,
    category: (kind === (last?.kind ?? options.lastKind) ? wanted : null) ?? category?.category ?? '',
    workedOn: cooperative.today,
    ...(last
      ? {
          quantity: last.quantity.includes('.') ? last.quantity.replace(/\.?0+$/, '') : last.quantity,
          description: last.description,
        }
      : {}),
  };
}
