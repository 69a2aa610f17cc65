'use server';
// The settings of the books: each act is a version with its reason; a raised amount waits for a second administrator.
import type { ActionState } from '../../../lib/api/action-state.ts';
import { optional, text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { endedIn, keyOf } from '../ended.ts';
import {
  decideTreasurySettingDocument,
  removePostingRuleDocument,
  setJournalThresholdDocument,
  setPostingRuleDocument,
} from './books.documents.ts';

/** Sets from which amount a journal entry needs two people. */
export async function setJournalThreshold(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    amount: text(form, 'amount').replaceAll(',', ''),
    rationale: text(form, 'rationale'),
    ...keyOf(form),
  };
  const answer = await ask(setJournalThresholdDocument, { input });
  return endedIn(answer, form, 'books', (data) =>
    data.setJournalThreshold.needsSecond ? 'waits' : 'threshold',
  );
}

/** A second administrator signs or declines a raised amount; who asked takes it back. */
export async function decideThreshold(_: ActionState, form: FormData): Promise<ActionState> {
  const approve = text(form, 'approve') === 'true';
  const input = {
    settingId: text(form, 'settingId'),
    approve,
    reason: optional(form, 'reason'),
    ...keyOf(form),
  };
  const answer = await ask(decideTreasurySettingDocument, { input });
  return endedIn(answer, form, 'books', approve ? 'signed' : 'declined');
}

/** Sets the account a kind, or one category of it, posts to from now on. */
export async function setPostingRule(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    kind: text(form, 'kind') as 'LABOR',
    category: optional(form, 'category'),
    accountId: optional(form, 'accountId'),
    rationale: text(form, 'rationale'),
    ...keyOf(form),
  };
  return endedIn(await ask(setPostingRuleDocument, { input }), form, 'books', 'postingRule');
}

/** Takes the rule of one category away; the field names both, as "LABOR:Web". */
export async function removePostingRule(_: ActionState, form: FormData): Promise<ActionState> {
  const [kind = '', ...category] = text(form, 'rule').split(':');
  const input = {
    kind: kind as 'LABOR',
    category: category.join(':'),
    rationale: text(form, 'rationale'),
    ...keyOf(form),
  };
  const answer = await ask(removePostingRuleDocument, { input });
  return endedIn(answer, form, 'books', 'postingRuleRemoved', ({ field }) =>
    field === 'category' || field === 'kind' ? 'rule' : field,
  );
}
