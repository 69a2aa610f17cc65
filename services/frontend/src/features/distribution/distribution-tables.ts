// Payments that two people have signed, as a file for whoever makes them at the bank: each with where it goes.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import type { Fault } from '../../lib/api/fault.ts';
import { ask } from '../../lib/api/request.ts';
import type { CsvReport } from '../../lib/csv-table.ts';
import { exact, made, refused } from '../../lib/csv-table.ts';
import { paymentFileDocument } from './distribution.documents.ts';

const FORBIDDEN: Fault = {
  kind: 'forbidden',
  reason: 'FORBIDDEN',
  message: 'Only whoever pays takes the payments.',
  field: null,
  correlationId: null,
  facts: {},
};

export const payments: CsvReport = async ({ of = '' }) => {
  const t = await getTranslations('distributions');
  const answer = await ask(paymentFileDocument, { id: of });
  if (!answer.ok) return refused(answer);
  const { me, distribution, cooperative } = answer.data;
  // The API tells everything but the accounts to whoever keeps the books: a file without them would be none to pay by.
  if (!me.acts.includes('distribution.pay')) return { ok: false, fault: FORBIDDEN };
  const number = distribution?.number ?? 0;
  const account = (['holder', 'bank', 'iban', 'routing', 'number'] as const).map((one) =>
    t(`account.${one}`),
  );
  const header = [
    t('member'),
    ...account,
    t('amount'),
    t('account.currency'),
    t('account.day'),
    t('account.reference'),
  ];
  const signed = (distribution?.lines ?? []).filter(({ status }) => /^(approved|scheduled)$/i.test(status));
  const rows = signed.map(({ member, payoutAccount: to, amount, payOn }) => [
    member.displayName,
    ...[to?.holder, to?.bankName, to?.iban, to?.routingNumber, to?.accountNumber].map((one) => one ?? null),
    exact(amount),
    cooperative.currency,
    payOn,
    `${number}-${String(member.number).padStart(2, '0')}`,
  ]);
  return made([cooperative.slug, 'payments', String(number), cooperative.today], header, rows);
};
