// What the cooperative stood at when its books moved here: opening balances in both bases and the surplus left in
// from earlier years, as the files an operator would import. The figures are chosen so that the third quarter ends
// with 38,385.07 in the bank and members' capital as on their statements.
import type { LocalDate } from '@habitat/kernel';
import { emailOf } from '../cast.ts';
import type { PersonKey } from '../cast.ts';

interface Opening {
  readonly who: PersonKey;
  readonly work: string;
  readonly cash: string;
  readonly surplus: string;
}

const CAPITAL: readonly Opening[] = [
  { who: 'alice', work: '10025.00', cash: '5000.00', surplus: '2600.00' },
  { who: 'bob', work: '4300.00', cash: '4500.00', surplus: '1785.56' },
  { who: 'carol', work: '9400.00', cash: '5000.00', surplus: '1959.46' },
];

/** Bought by the cooperative itself, and a cooler Bob put in: 6,000.00 worth, 2,000.00 at cost. */
const OTHER = [
  ['in_kind', '1420', '', '6000.00', '', '2000.00', '', 'Walk-in cooler'],
  ['in_kind', '', 'bob', '', '6000.00', '', '2000.00', 'Walk-in cooler'],
  ['other', '1220', '', '3400.00', '', '3400.00', '', 'Hartley Grocers, order 72'],
  ['other', '1420', '', '13100.00', '', '13100.00', '', 'Tractor and irrigation pump'],
  ['other', '2110', '', '', '2900.00', '', '2900.00', 'Valley Seed'],
  ['other', '3330', '', '', '8000.00', '', '8000.00', 'Reserves'],
  ['other', '1110', '', '', '5600.00', '', '5600.00', 'Paid for out of members’ money'],
] as const;

/** The opening balances of the first day, as a CSV file. */
export function openingBalancesFile(day: LocalDate): string {
  const rows: string[][] = [];
  for (const { who, work, cash, surplus } of CAPITAL) {
    const member = emailOf(who);
    rows.push(['work', '1910', '', work, '', '', ''], ['work', '', member, '', work, '', '']);
    rows.push(['cash', '1110', '', cash, '', cash, ''], ['cash', '', member, '', cash, '', cash]);
    rows.push(
      ['surplus', '1110', '', surplus, '', surplus, ''],
      ['surplus', '', member, '', surplus, '', surplus],
    );
  }
  for (const [cause, account, member, ...rest] of OTHER) {
    rows.push([cause, account, member === '' ? '' : emailOf(member), ...rest]);
  }
  const header = 'effective_on,cause,account,member,book_debit,book_credit,tax_debit,tax_credit,memo';
  return [header, ...rows.map((row) => [day, ...row].map((cell) => `"${cell}"`).join(','))].join('\n');
}

/** Surplus allocated in the two years before and what of it was paid out, as a CSV file. */
export function retainedFile(year: number): string {
  const rows = [
    ['alice', year - 1, '2000.00', '400.00'],
    ['alice', year - 2, '1000.00', '0.00'],
    ['bob', year - 1, '1500.00', '300.00'],
    ['bob', year - 2, '585.56', '0.00'],
    ['carol', year - 1, '1300.00', '260.00'],
    ['carol', year - 2, '919.46', '0.00'],
  ] as const;
  return [
    'member,year,allocated,paid_out',
    ...rows.map(([who, of, allocated, paid]) => [emailOf(who), of, allocated, paid].join(',')),
  ].join('\n');
}
