// Reads what a person typed about their work into a contribution's content, one refusal per fault with the field
// it concerns. Nothing here knows who asks; that is the commands' business.
import type { ContributionKind } from '@habitat/events';
import { contributionKind } from '@habitat/events';
import type { LocalDate, MoneyRefusal, Refused, Result } from '@habitat/kernel';
import { accept, isId, isLocalDate, parseMoney, refuse, refuseAll } from '@habitat/kernel';
import type { QuantityRefusal } from '../valuation/quantity.ts';
import { parseQuantity } from '../valuation/quantity.ts';
import { ruleInForce } from '../valuation/valuation-rule.ts';
import type { ContributionContent, EvidenceLink } from './contribution.ts';
import type { SubmitRefusal, WorkFacts } from './logging.ts';
import { locatedValuation } from './logging.ts';

/** A contribution as typed: amounts in major units, hours as people write them. */
export interface ContentInput {
  readonly kind: string;
  readonly category?: string | null | undefined;
  readonly quantity: string;
  /** Fair market value, where a kind or its rule asks for one (in kind). */
  readonly value?: string | null | undefined;
  /** In kind: what it cost its giver. */
  readonly costBasis?: string | null | undefined;
  readonly workedOn: string;
  readonly description: string;
  readonly evidence?: readonly EvidenceLink[] | null | undefined;
  readonly revenueTransactionId?: string | null | undefined;
}

export type ContentRefusal =
  | { readonly code: 'UNKNOWN_KIND'; readonly field: 'kind' }
  | { readonly code: 'CATEGORY_TOO_LONG'; readonly field: 'category'; readonly most: number }
  | (QuantityRefusal & { readonly field: 'quantity' })
  | (MoneyRefusal & { readonly field: 'declaredValue' | 'costBasis' })
  | { readonly code: 'NOT_POSITIVE'; readonly field: 'declaredValue' }
  | { readonly code: 'NEGATIVE'; readonly field: 'costBasis' }
  | { readonly code: 'NOT_A_DATE'; readonly field: 'workedOn' }
  | { readonly code: 'FUTURE_DATE'; readonly field: 'workedOn'; readonly today: string }
  | { readonly code: 'DESCRIPTION_TOO_LONG'; readonly field: 'description'; readonly most: number }
  | {
      readonly code: 'EVIDENCE_INVALID';
      readonly field: 'evidence';
      readonly index: number;
      readonly why: 'url' | 'label' | 'too_many';
    }
  | { readonly code: 'NOT_AN_ID'; readonly field: 'revenueTransactionId' };

const MAX_CATEGORY = 80;
const MAX_DESCRIPTION = 2_000;
const MAX_EVIDENCE = 20;

/** A link people can follow: http or https, with a host. */
function isWebAddress(text: string): boolean {
  if (text.length > 2_000 || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return (
    (protocol === 'https:' || protocol === 'http:') && hostname !== '' && username === '' && password === ''
  );
}

function readEvidence(links: readonly EvidenceLink[]): Result<EvidenceLink[], ContentRefusal> {
  const invalid = (index: number, why: 'url' | 'label' | 'too_many') =>
    refuse({ code: 'EVIDENCE_INVALID', field: 'evidence', index, why } as const);
  if (links.length > MAX_EVIDENCE) return invalid(MAX_EVIDENCE, 'too_many');
  const read: EvidenceLink[] = [];
  for (const [index, link] of links.entries()) {
    const url = link.url.trim();
    const label = link.label.trim() || url;
    if (!isWebAddress(url)) return invalid(index, 'url');
    if (label.length > 2_000) return invalid(index, 'label');
    read.push({ label, url });
  }
  return accept(read);
}

function readAmount(
  text: string | null | undefined,
  field: 'declaredValue' | 'costBasis',
  digits: number,
): Result<bigint | null, ContentRefusal> {
  if (text === null || text === undefined || text.trim() === '') return accept(null);
  const money = parseMoney(text, digits);
  if (!money.ok) return refuse({ ...money.refusal, field });
  if (field === 'declaredValue' && money.value <= 0n) return refuse({ code: 'NOT_POSITIVE', field });
  if (field === 'costBasis' && money.value < 0n) return refuse({ code: 'NEGATIVE', field });
  return money;
}

/**
 * Reads a contribution's content; everything wrong with it is told at once. Refusals in order of the fields: kind, category, quantity, declaredValue, costBasis,
 * workedOn (a day of the calendar, not after the cooperative's today), description, evidence, revenueTransactionId.
 * A quantity left empty is one unit for kinds counted in units.
 */
export function readContent(
  input: ContentInput,
  digits: number,
  today: LocalDate,
): Result<ContributionContent, ContentRefusal> {
  const kind = contributionKind.safeParse(input.kind.toLowerCase());
  if (!kind.success) return refuse({ code: 'UNKNOWN_KIND', field: 'kind' });
  const faults: ContentRefusal[] = [];
  /** The value read, or its place in the list of faults: the fields are independent of each other. */
  const kept = <Value>(read: Result<Value, ContentRefusal>): Value | null => {
    if (read.ok) return read.value;
    faults.push(read.refusal);
    return null;
  };
  const category = input.category?.trim() || 'General';
  if (category.length > MAX_CATEGORY)
    faults.push({ code: 'CATEGORY_TOO_LONG', field: 'category', most: MAX_CATEGORY });
  const quantity = kept(readQuantity(input.quantity, kind.data, digits));
  const declared = kept(readAmount(input.value, 'declaredValue', digits));
  const cost = kept(readAmount(input.costBasis, 'costBasis', digits));
  const workedOn = kept(readDay(input.workedOn, today));
  const description = input.description.trim();
  if (description.length > MAX_DESCRIPTION)
    faults.push({ code: 'DESCRIPTION_TOO_LONG', field: 'description', most: MAX_DESCRIPTION });
  const evidence = kept(readEvidence(input.evidence ?? []));
  const revenueTransactionId = input.revenueTransactionId ?? null;
  if (revenueTransactionId !== null && !isId(revenueTransactionId))
    faults.push({ code: 'NOT_AN_ID', field: 'revenueTransactionId' });
  const [first, ...others] = faults;
  if (first !== undefined) return refuseAll(first, others);
  if (quantity === null || workedOn === null || evidence === null)
    throw new Error('a contribution was read neither whole nor refused');
  return accept({
    kind: kind.data,
    category,
    quantity,
    workedOn,
    description,
    evidence,
    declaredValueMinor: quantity.unit === 'money' ? null : declared,
    costBasisMinor: kind.data === 'in_kind' ? cost : null,
    revenueTransactionId: kind.data === 'revenue' ? revenueTransactionId : null,
  });
}

function readQuantity(
  text: string,
  kind: ContributionKind,
  digits: number,
): Result<ContributionContent['quantity'], ContentRefusal> {
  const quantity = parseQuantity(quantityText(text, kind), kind, digits);
  return quantity.ok ? quantity : refuse({ ...quantity.refusal, field: 'quantity' });
}

function readDay(text: string, today: LocalDate): Result<LocalDate, ContentRefusal> {
  if (!isLocalDate(text)) return refuse({ code: 'NOT_A_DATE', field: 'workedOn' });
  return text > today ? refuse({ code: 'FUTURE_DATE', field: 'workedOn', today }) : accept(text);
}

function quantityText(text: string, kind: ContributionKind): string {
  return text.trim() === '' && (kind === 'in_kind' || kind === 'relationship') ? '1' : text;
}

// What else is wrong with a contribution whose content cannot be read: rules that need only the fields that can be, so
// that a form with wrong hours and a category without a rate is corrected once.
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
