// What the log form begins with: today, the kind the person prefers or used last, its last category; or everything of the
// last entry to repeat.
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
  { contributionOptions: options, cooperative, me }: LogFormData,
  repeat: boolean,
): LogEntry {
  const last = repeat ? options.last : null;
  const preferred = options.kinds.find((one) => one.kind === me.preferences.defaultKind)?.kind;
  const kind = last?.kind ?? preferred ?? options.lastKind ?? options.kinds[0]?.kind ?? 'LABOR';
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
