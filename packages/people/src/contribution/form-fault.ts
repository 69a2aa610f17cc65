// What else is wrong with a contribution whose content cannot be read: rules that need only the fields that can be.
// So that a form with wrong hours and a category without a rate is corrected once.
import { contributionKind } from '@habitat/events';
import type { Refused } from '@habitat/kernel';
import { isLocalDate, refuseAll } from '@habitat/kernel';
import { ruleInForce } from '../valuation/valuation-rule.ts';
import type { ContentInput, ContentRefusal } from './draft.ts';
import type { SubmitRefusal, WorkFacts } from './logging.ts';
import { locatedValuation } from './logging.ts';

const FACE_VALUE: ReadonlySet<string> = new Set(['cash', 'in_kind', 'revenue']);

type Known = Pick<WorkFacts, 'rules'>;

function besides(input: ContentInput & { readonly submit?: boolean }, memberId: string, known: Known) {
  if (input.submit === false) return [];
  const faults: SubmitRefusal[] = [];
  if (input.description.trim() === '') faults.push({ code: 'DESCRIPTION_REQUIRED', field: 'description' });
  const kind = contributionKind.safeParse(input.kind.toLowerCase());
  const { workedOn } = input;
  const category = input.category?.trim() || 'General';
  if (!kind.success || FACE_VALUE.has(kind.data) || !isLocalDate(workedOn) || category.length > 80)
    return faults;
  const rule = ruleInForce(known.rules, { kind: kind.data, category, memberId, on: workedOn });
  if (rule === null)
    faults.push(locatedValuation({ code: 'NO_VALUATION_RULE', kind: kind.data, category, workedOn }));
  return faults;
}

/** The refusal of a content, with what else its submission would be refused for. */
export function withFormFaults(
  refusal: ContentRefusal & { readonly more?: readonly ContentRefusal[] },
  input: ContentInput & { readonly submit?: boolean },
  memberId: string,
  known: Known,
): Refused<ContentRefusal | SubmitRefusal> {
  const { more, ...first } = refusal;
  return refuseAll<ContentRefusal | SubmitRefusal>(first as ContentRefusal, [
    ...(more ?? []),
    ...besides(input, memberId, known),
  ]);
}
