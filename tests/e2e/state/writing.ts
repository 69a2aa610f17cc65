// Meadow Lane's people write markup wherever an act of theirs takes words, and the owner of the database puts it where only
// years of a cooperative would bring it.
import { expect } from 'vitest';
import { act, askApi, askOwner, join } from '../setup/books.ts';
import type { Person } from '../setup/browser.ts';
import { keptTexts, markFor, markOf } from './texts.ts';

/** The act with the marks of those of its fields that take words. */
async function mark(who: Person, name: string, words: readonly string[], rest: object): Promise<void> {
  await act(who, name, {
    ...rest,
    ...Object.fromEntries(words.map((one) => [one, markFor(`${name}.${one}`)])),
  });
}

async function foundPolicies(): Promise<void> {
  const why = ['rationale'];
  await mark('mira', 'addMemberClass', ['name', 'rationale'], {});
  await mark('mira', 'addContributionCategory', ['name', 'rationale'], { kind: 'LABOR' });
  await mark('mira', 'changeContributionPolicy', why, { graceDays: 9 });
  await mark('mira', 'setApprovalPolicy', why, { staleDays: 4, twoApproversFrom: '2500.00' });
  const rate = { kind: 'LABOR', method: 'rate', rate: '20', effectiveFrom: '2027-06-01' };
  await mark('mira', 'setValuationRule', why, rate);
  const factor = { roles: ['auditor'], requiredFrom: '2027-06-01' };
  await mark('mira', 'setSecondFactorPolicy', why, factor);
  const weights = [{ category: 'labor', weight: '2' }];
  await mark('mira', 'setWeights', why, { weights, effectiveOn: '2027-01-01' });
  const kept = { lineId: 'reserve', kind: 'reserve', of: 'net_income', fraction: '0.1' };
  const surplusLines = [{ ...kept, label: markFor('SurplusPolicyLineInput.label') }];
  await mark('mira', 'setAgreementPolicies', why, { surplusLines, effectiveOn: '2027-01-01' });
  await mark('mira', 'setJournalThreshold', why, { amount: '999999.00' });
  await mark('mira', 'createApiKey', ['name'], { scopes: ['journal.view'], ceiling: '0.00' });
  const url = `https://93.184.215.14/${markFor('registerWebhook.name')}`;
  await mark('mira', 'registerWebhook', ['name'], { url, kinds: ['member.joined'] });
}

async function keepBooks(effectiveOn: string): Promise<void> {
  const entries = [
    { accountCode: '1110', book: '100.00', tax: '100.00', memo: markFor('EntryInput.memo') },
    { accountCode: '4210', book: '-100.00', tax: '-100.00' },
  ];
  const posted = await act<{ transaction: { id: string } }>(
    'rae',
    'postTransaction',
    { effectiveOn, entries, description: markFor('postTransaction.description') },
    'transaction { id }',
  );
  await mark('rae', 'reverseTransaction', ['reason'], { transactionId: posted.transaction.id });
}

/** Marks every text there is, by an act where one is enough. */
export async function writeEverywhere(): Promise<void> {
  await join('nat', ['member', 'contributor']);
  await join('rae', ['member', 'treasurer']);
  await foundPolicies();
  const { cooperative } = await askApi<{ cooperative: { today: string } }>(
    'nat',
    '{ cooperative { today } }',
  );
  await keepBooks(cooperative.today);
  const scripted = [{ label: 'x', url: 'javascript:ran=1' }];
  const given = { kind: 'CASH', quantity: '120.00', workedOn: cooperative.today, description: 'x' };
  await expect(act('nat', 'logContribution', { ...given, evidence: scripted })).rejects.toThrow('url');
  for (const text of keptTexts)
    for (const put of text.put) await askOwner(put.replaceAll(':mark', markOf(text)));
}
