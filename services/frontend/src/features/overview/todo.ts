// What waits for this person, most personal first: questions to answer, then what their role is waited for.
import { firstSentence } from '../../lib/sentence.ts';
import type { Overview } from './overview.documents.ts';
import type { Todo } from './side-panels.tsx';

type Words = (key: string, values?: Record<string, string | number>) => string;

export function todosOf(me: Overview['me'], words: Words): Todo[] {
  const questions = (me.member?.openQuestions ?? []).map((question) => ({
    key: question.id,
    href: `/contributions/${encodeURIComponent(question.id)}`,
    text: words('answer', {
      name: question.comments.at(-1)?.by?.displayName.split(' ')[0] ?? words('steward'),
    }),
    note: words('about', { number: question.number, what: firstSentence(question.description) }),
  }));
  const { approvals, peers, close, distributions } = me.counts;
  const waiting: Todo[] = [];
  if (me.secondFactor.since !== null && me.secondFactor.recoveryCodesLeft === 0)
    waiting.push(todo('recovery', '/settings/me/security', 1, words));
  if (me.member?.nextDistribution && me.payoutAccount === null)
    waiting.push(todo('payout', '/settings/me/payout', 1, words));
  if (approvals > 0) waiting.push(todo('approvals', '/approvals', approvals, words));
  if (peers > 0) waiting.push(todo('peers', '/peers', peers, words));
  if (close > 0) waiting.push(todo('close', '/close', close, words));
  if (distributions > 0) waiting.push(todo('distributions', '/distributions', distributions, words));
  return [...questions, ...waiting];
}

function todo(key: string, href: string, count: number, words: Words): Todo {
  return { key, href, text: words(`${key}.text`, { count }), note: words(`${key}.note`, { count }) };
}
