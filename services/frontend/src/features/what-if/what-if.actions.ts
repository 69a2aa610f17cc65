'use server';
// What was tried becomes a proposal: terms for a coming period, or terms that wait for a second person.
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import { text, typedOf } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import { fractionOf } from '../../lib/percent.ts';
import { thresholdOf } from '../setting/terms/threshold.ts';
import { saveProposalDocument } from './what-if.documents.ts';

/** Saves only what was changed; the rest stays as it is in force. */
export async function saveProposal(_: ActionState, form: FormData): Promise<ActionState> {
  const changed = text(form, 'changed').split(',');
  const weights = [...form.keys()]
    .filter((name) => name.startsWith('weight.'))
    .map((name) => ({ category: name.slice('weight.'.length), weight: text(form, name) }));
  const answer = await ask(saveProposalDocument, {
    input: {
      effectiveOn: text(form, 'effectiveOn'),
      rationale: text(form, 'rationale'),
      ...(weights.some(({ category }) => changed.includes(category)) ? { weights } : {}),
      ...(changed.includes('cap') ? { maximumShare: fractionOf(text(form, 'cap')) } : {}),
      ...(changed.includes('threshold')
        ? { threshold: thresholdOf(text(form, 'thresholdKind'), text(form, 'threshold')) }
        : {}),
      idempotencyKey: text(form, 'idempotencyKey'),
    },
  });
  if (!answer.ok) return { ...endedBadly(answer, await refusalWords()), typed: typedOf(form) } as ActionState;
  revalidatePath('/', 'layout');
  const { needsSecond, weights: saved } = answer.data.savePatronageProposal;
  redirect(`/settings/${saved ? 'weights' : 'allocation'}?said=${needsSecond ? 'waits' : 'proposed'}`);
}
