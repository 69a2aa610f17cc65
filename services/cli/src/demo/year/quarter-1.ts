// The first quarter: a surplus of 3,000.00. Alice's total is 2,025 of 4,625.01, Bob's 1,500.01, Carol's 1,100.
import type { DemoCalendar } from '../calendar.ts';
import type { Entry, Gift } from './gift.ts';
import { ACCOUNT, entry, gift } from './gift.ts';

const { bank, receivable, payable, markets, wholesale, workshops, supplies, rent, guaranteed, insurance } =
  ACCOUNT;

export function firstQuarterGifts({ day }: DemoCalendar): Gift[] {
  const on = (month: number, at: number) => day(1, month, at);
  return [
    gift('alice', on(1, 14), ['labor', '10', 'Engineering'], 'Heating cable in the propagation house', [
      'carol',
    ]),
    gift('alice', on(2, 11), ['labor', '8', 'Engineering'], 'Pump house door and frost guard', ['ed']),
    gift('alice', on(3, 12), ['labor', '7', 'Engineering'], 'Drip lines, rows 1 to 12', ['carol']),
    gift(
      'alice',
      on(2, 20),
      ['revenue', '2300.00', 'Wholesale'],
      'Hartley Grocers, winter greens',
      ['carol'],
      { more: { sale: 'Hartley Grocers, order 76' } },
    ),
    gift('alice', on(3, 20), ['revenue', '1950.00', 'Wholesale'], 'Hartley Grocers, first radishes', ['ed'], {
      more: { sale: 'Hartley Grocers, order 78' },
    }),
    gift('bob', on(1, 22), ['labor', '12', 'Driving'], 'Market runs, January', ['carol']),
    gift('bob', on(2, 25), ['labor', '8', 'Driving'], 'Market runs, February', ['ed']),
    gift(
      'bob',
      on(3, 14),
      ['revenue', '1000.00', 'Markets'],
      'Saturday market, the school kitchen order',
      ['carol'],
      { more: { sale: 'Saturday markets, March' } },
    ),
    gift('bob', on(1, 30), ['cash', '1500.00', 'Deposit'], 'Member deposit, January', ['carol']),
    gift('bob', on(3, 27), ['cash', '1500.05', 'Deposit'], 'Member deposit with the stall’s float', ['ed']),
    gift('carol', on(1, 19), ['labor', '11', 'Field work'], 'Cover crop down, beds 1 to 8', ['bob']),
    gift('carol', on(3, 9), ['labor', '9', 'Field work'], 'First sowing', ['ed']),
    gift('carol', on(2, 6), ['community', '11', 'Open days'], 'Seed swap with the library', ['ed']),
    gift('carol', on(3, 21), ['community', '9', 'Open days'], 'School visits', ['bob']),
    gift('carol', on(2, 27), ['revenue', '1000.00', 'Workshops'], 'Pruning workshop, group booking', ['ed'], {
      more: { sale: 'Pruning workshop' },
    }),
  ];
}

export function firstQuarterEntries({ day }: DemoCalendar): Entry[] {
  const on = (month: number, at: number) => day(1, month, at);
  return [
    entry(on(1, 7), 'Hartley Grocers pays order 72', bank, receivable, '3400.00'),
    entry(on(1, 8), 'Valley Seed, last year’s bill', payable, bank, '2900.00'),
    entry(on(1, 12), 'Seed order, spring', supplies, bank, '2600.00'),
    entry(on(1, 15), 'Guaranteed payment, Carol Lindqvist', guaranteed, bank, '2000.00'),
    entry(on(1, 17), 'Saturday markets, January', bank, markets, '2300.00'),
    entry(on(1, 23), 'Hartley Grocers, order 74', receivable, wholesale, '1500.00'),
    entry(on(1, 30), 'Rent and power, January', rent, bank, '1050.00'),
    entry(on(2, 7), 'Pruning workshop', bank, workshops, '1100.00'),
    entry(on(2, 10), 'Insurance, first half', insurance, bank, '750.00'),
    entry(on(2, 14), 'Saturday markets, February', bank, markets, '2750.00'),
    entry(on(2, 16), 'Hartley Grocers pays order 74', bank, receivable, '1500.00'),
    entry(on(2, 20), 'Hartley Grocers, order 76', receivable, wholesale, '1600.00'),
    entry(on(2, 27), 'Rent and power, February', rent, bank, '1050.00'),
    entry(on(3, 2), 'Guaranteed payment, Carol Lindqvist', guaranteed, bank, '2000.00'),
    entry(on(3, 4), 'Seed trays and compost', supplies, bank, '2100.00'),
    entry(on(3, 7), 'Grafting workshop', bank, workshops, '1300.00'),
    entry(on(3, 14), 'Saturday markets, March', bank, markets, '3350.00'),
    entry(on(3, 18), 'Hartley Grocers pays order 76', bank, receivable, '1600.00'),
    entry(on(3, 20), 'Hartley Grocers, order 78', receivable, wholesale, '1700.00'),
    entry(on(3, 30), 'Rent and power, March', rent, bank, '1050.00'),
  ];
}
