// The second quarter: a late frost and a loss of 2,000.00, borne in the same proportion of 81 : 60 : 44.
import type { DemoCalendar } from '../calendar.ts';
import type { Entry, Gift } from './gift.ts';
import { ACCOUNT, entry, gift } from './gift.ts';

const { bank, receivable, markets, wholesale, workshops, supplies, rent, guaranteed, insurance } = ACCOUNT;

export function secondQuarterGifts({ day }: DemoCalendar): Gift[] {
  const on = (month: number, at: number) => day(2, month, at);
  return [
    gift('alice', on(1, 15), ['labor', '13', 'Engineering'], 'Irrigation main, north field', ['carol']),
    gift('alice', on(2, 27), ['labor', '8', 'Engineering'], 'Frost alarm and sensors', ['ed']),
    gift(
      'alice',
      on(2, 9),
      ['revenue', '1250.00', 'Workshops'],
      'Irrigation workshop for the valley growers',
      ['carol'],
      { more: { sale: 'Irrigation workshop' } },
    ),
    gift('bob', on(1, 21), ['labor', '6', 'Driving'], 'Market runs, April', ['carol']),
    gift('bob', on(3, 10), ['labor', '4', 'Driving'], 'Crate returns', ['ed']),
    gift(
      'bob',
      on(3, 13),
      ['revenue', '1000.00', 'Markets'],
      'Saturday market, the inn’s weekly boxes',
      ['carol'],
      { more: { sale: 'Saturday markets, third month' } },
    ),
    gift('bob', on(2, 4), ['cash', '1000.00', 'Deposit'], 'Member deposit', ['carol']),
    gift('bob', on(2, 20), ['in_kind', '1', 'Equipment'], 'Cold room panels', ['carol'], {
      more: {
        value: '4000.00',
        cost: '2700.00',
        evidence: [
          { label: 'Two comparable offers', url: 'https://files.riverbend.example/cold-room-offers.pdf' },
        ],
      },
    }),
    gift(
      'carol',
      on(1, 30),
      ['labor', '7', 'Field work'],
      'Fleece over the seedlings, the night of the frost',
      ['ed'],
    ),
    gift('carol', on(3, 5), ['labor', '5', 'Field work'], 'Second sowing after the frost', ['bob']),
    gift('carol', on(2, 16), ['community', '6', 'Open days'], 'Plant sale for the fire brigade', ['ed']),
    gift('carol', on(3, 19), ['revenue', '400.00', 'Markets'], 'Midsummer boxes, the clinic', ['bob'], {
      more: { sale: 'Saturday markets, third month' },
    }),
  ];
}

export function secondQuarterEntries({ day }: DemoCalendar): Entry[] {
  const on = (month: number, at: number) => day(2, month, at);
  return [
    entry(on(1, 1), 'Guaranteed payment, Carol Lindqvist', guaranteed, bank, '2000.00'),
    entry(on(1, 6), 'Irrigation parts', supplies, bank, '4300.00'),
    entry(on(1, 14), 'Hartley Grocers pays order 78', bank, receivable, '1700.00'),
    entry(on(1, 18), 'Saturday markets, first month', bank, markets, '2900.00'),
    entry(on(1, 24), 'Hartley Grocers, order 80', receivable, wholesale, '2400.00'),
    entry(on(1, 29), 'Rent and power, first month', rent, bank, '1050.00'),
    entry(on(2, 1), 'Guaranteed payment, Carol Lindqvist', guaranteed, bank, '2000.00'),
    entry(on(2, 4), 'Seed potatoes', supplies, bank, '2450.00'),
    entry(on(2, 9), 'Irrigation workshop', bank, workshops, '1200.00'),
    entry(on(2, 16), 'Saturday markets, second month', bank, markets, '3300.00'),
    entry(on(2, 20), 'Insurance and market licence', insurance, bank, '1600.00'),
    entry(on(2, 22), 'Hartley Grocers pays order 80', bank, receivable, '2400.00'),
    entry(on(2, 29), 'Rent and power, second month', rent, bank, '1050.00'),
    entry(on(3, 5), 'Hartley Grocers, order 82', receivable, wholesale, '2800.00'),
    entry(on(3, 8), 'Frost cloth and new seedlings', supplies, bank, '2500.00'),
    entry(on(3, 13), 'Saturday markets, third month', bank, markets, '3400.00'),
    entry(on(3, 29), 'Rent and power, third month', rent, bank, '1050.00'),
  ];
}
