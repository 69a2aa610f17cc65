'use server';
// Rates, approval, contribution and class policies: an administrator's acts, each a new version with its reason.
import type { ActionState } from '../../../lib/api/action-state.ts';
import { optional, text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { endedIn, keyOf, rowsOf } from '../ended.ts';
import {
  addMemberClassDocument,
  changeContributionPolicyDocument,
  changeCooperativeDocument,
  confirmValuationRuleDocument,
  decideApprovalPolicyRequestDocument,
  renameMemberClassDocument,
  retireMemberClassDocument,
  setApprovalPolicyDocument,
  setAutoApprovalRuleDocument,
  setServicesTaxPolicyDocument,
  setValuationRuleDocument,
} from '../setting-acts.documents.ts';

/** A number of days as typed; what is no number goes to the API as one it refuses. */
const days = (form: FormData, name: string) => {
  const typed = text(form, name);
  return /^\d{1,4}$/.test(typed) ? Number(typed) : -1;
};

/** Sets how a kind of contribution is valued from a day on. */
export async function setValuationRule(_: ActionState, form: FormData): Promise<ActionState> {
  const method = text(form, 'method');
  const input = {
    kind: text(form, 'kind') as 'LABOR',
    category: optional(form, 'category'),
    memberId: optional(form, 'memberId'),
    method,
    ...(method === 'rate' ? { rate: text(form, 'rate') } : {}),
    ...(method === 'fixed' ? { fixedValue: text(form, 'fixedValue') } : {}),
    ...(method === 'formula' ? { expression: text(form, 'expression') } : {}),
    effectiveFrom: text(form, 'effectiveFrom'),
    rationale: text(form, 'rationale'),
    waiveNotice: form.has('waiveNotice'),
    ...keyOf(form),
  };
  const answer = await ask(setValuationRuleDocument, { input });
  return endedIn(answer, form, 'rates', (data) => (data.setValuationRule.inForce ? 'rates' : 'waits'));
}

/** A second administrator signs a rule whose notice is waived. */
export async function confirmValuationRule(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { ruleId: text(form, 'ruleId'), ...keyOf(form) };
  return endedIn(await ask(confirmValuationRuleDocument, { input }), form, 'rates', 'signed');
}

/** Sets from which value two people sign, and who decides what. */
export async function setApprovalPolicy(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    twoApproversFrom: text(form, 'twoApproversFrom'),
    inKindTwoApproversFrom: optional(form, 'inKindTwoApproversFrom'),
    staleDays: days(form, 'staleDays'),
    secondPersonDays: days(form, 'secondPersonDays'),
    fallbackMemberId: optional(form, 'fallbackMemberId'),
    routes: rowsOf(form, 'routes')
      .filter((row) => row.get('approverMemberId'))
      .map((row) => ({
        kind: (row.get('kind') || null) as 'LABOR' | null,
        category: row.get('category') || null,
        approverMemberId: row.get('approverMemberId'),
        backupMemberId: row.get('backupMemberId') || null,
        withinDays: Number(row.get('withinDays') || '0'),
      })),
    peerRules: rowsOf(form, 'peers')
      .filter((row) => row.get('peers'))
      .map((row) => ({
        kind: (row.get('kind') || null) as 'LABOR' | null,
        category: row.get('category') || null,
        peers: Number(row.get('peers')) || 0,
        days: Number(row.get('days')) || 0,
        onTimeout: row.get('onTimeout') as 'ESCALATE',
        role: row.get('role') || null,
        sameClass: row.get('sameClass') === 'same',
      })),
    effectiveFrom: optional(form, 'effectiveFrom'),
    rationale: text(form, 'rationale'),
    ...keyOf(form),
  };
  const answer = await ask(setApprovalPolicyDocument, { input });
  return endedIn(answer, form, 'approval', (data) =>
    data.setApprovalPolicy.needsSecond ? 'waits' : 'approval',
  );
}

/** Sets or changes a rule by which small or verified work needs no reviewer. */
export async function setAutoApprovalRule(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    ruleId: optional(form, 'ruleId'),
    kind: text(form, 'kind') as 'LABOR',
    category: optional(form, 'category'),
    maxQuantityPerWeek: text(form, 'maxQuantityPerWeek'),
    verifiedSourceOnly: form.has('verifiedSourceOnly'),
    active: form.has('active'),
    rationale: text(form, 'rationale'),
    ...keyOf(form),
  };
  const answer = await ask(setAutoApprovalRuleDocument, { input });
  return endedIn(answer, form, 'approval', (data) =>
    data.setAutoApprovalRule.needsSecond ? 'waits' : 'automatic',
  );
}

/** A second administrator signs or declines looser approval rules; who asked takes them back. */
export async function decideApprovalRules(_: ActionState, form: FormData): Promise<ActionState> {
  const approve = text(form, 'approve') === 'true';
  const input = {
    requestId: text(form, 'requestId'),
    approve,
    reason: optional(form, 'reason'),
    ...keyOf(form),
  };
  const answer = await ask(decideApprovalPolicyRequestDocument, { input });
  return endedIn(answer, form, 'approval', approve ? 'signed' : 'declined');
}

/** Sets what each kind does, and the days of grace and notice. */
export async function changeContributionPolicy(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    kinds: rowsOf(form, 'kinds').map((row) => ({
      kind: row.get('kind') as 'LABOR',
      treatment: row.get('treatment') as 'BOTH',
      patronageCategory: row.get('treatment') === 'CAPITAL' ? null : row.get('patronageCategory') || null,
    })),
    graceDays: days(form, 'graceDays'),
    noticeDays: days(form, 'noticeDays'),
    comparablesFrom: text(form, 'comparablesFrom'),
    appraisalAbove: text(form, 'appraisalAbove'),
    effectiveFrom: optional(form, 'effectiveFrom'),
    rationale: text(form, 'rationale'),
    ...keyOf(form),
  };
  const answer = await ask(changeContributionPolicyDocument, { input });
  return endedIn(answer, form, 'contributions', 'contributions');
}

/** Sets the tax basis of services. */
export async function setServicesTax(_: ActionState, form: FormData): Promise<ActionState> {
  const method = text(form, 'method') as 'A' | 'B' | 'C';
  const input = {
    method,
    ...(method === 'C' ? { percent: text(form, 'percent') } : {}),
    effectiveFrom: optional(form, 'effectiveFrom'),
    rationale: text(form, 'rationale'),
    ...keyOf(form),
  };
  return endedIn(await ask(setServicesTaxPolicyDocument, { input }), form, 'contributions', 'servicesTax');
}

/** Adds a class of membership. */
export async function addClass(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { name: text(form, 'name'), rationale: text(form, 'rationale'), ...keyOf(form) };
  return endedIn(await ask(addMemberClassDocument, { input }), form, 'classes', 'classAdded');
}

/** Gives a class another name; its members keep it. */
export async function renameClass(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    class: text(form, 'class'),
    name: text(form, 'name'),
    rationale: text(form, 'rationale'),
    ...keyOf(form),
  };
  return endedIn(await ask(renameMemberClassDocument, { input }), form, 'classes', 'classRenamed');
}

/** Nobody new gets this class; who has it keeps it. */
export async function retireClass(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { class: text(form, 'class'), rationale: text(form, 'rationale'), ...keyOf(form) };
  return endedIn(await ask(retireMemberClassDocument, { input }), form, 'classes', 'classRetired');
}

/** The cooperative’s names, time zone and tax regime. */
export async function changeCooperative(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    name: text(form, 'name'),
    legalName: text(form, 'legalName'),
    timeZone: text(form, 'timeZone'),
    taxRegime: text(form, 'taxRegime').toUpperCase() as 'SUBCHAPTER_K',
    ...keyOf(form),
  };
  return endedIn(await ask(changeCooperativeDocument, { input }), form, 'cooperative', 'cooperative');
}
