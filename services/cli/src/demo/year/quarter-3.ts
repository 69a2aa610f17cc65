// The third quarter: 41,300.00 in, 29,300.00 out, a surplus of 12,000.00. Category totals of the three members are
// those of the worked example: 4,050, 3,000 and 2,200 of 9,250.
import type { LocalDate } from '@habitat/kernel';
import type { DemoCalendar } from '../calendar.ts';
import type { Entry, Gift } from './gift.ts';
import { ACCOUNT, entry, gift } from './gift.ts';

const { bank, receivable, payable, markets, wholesale, workshops, supplies, rent, guaranteed, insurance } =
  ACCOUNT;

type OnDay = (month: number, at: number) => LocalDate;

function aliceGifts(on: OnDay): Gift[] {
  return [
    gift('alice', on(1, 20), ['labor', '15', 'Engineering'], 'Cooler controls', ['ed']),
    gift('alice', on(2, 30), ['labor', '13', 'Engineering'], 'Packing shed rewiring, first day', ['carol']),
    gift('alice', on(2, 31), ['labor', '12', 'Engineering'], 'Packing shed rewiring, second day', ['carol']),
    gift('alice', on(3, 28), ['labor', '20', 'Engineering'], 'North field irrigation', ['carol']),
    gift(
      'alice',
      on(1, 17),
      ['revenue', '2400.00', 'Wholesale'],
      'Hartley Grocers, summer contract',
      ['carol'],
      { more: { sale: 'Hartley Grocers, order 84' } },
    ),
    gift(
      'alice',
      on(2, 27),
      ['revenue', '1600.00', 'Wholesale'],
      'Hartley Grocers, tomatoes for sauce',
      ['ed'],
      { more: { sale: 'Hartley Grocers, order 89' } },
    ),
    gift('alice', on(2, 14), ['cash', '2000.00', 'Deposit'], 'Member deposit', ['carol']),
    gift('alice', on(3, 19), ['community', '5', 'Open days'], 'Harvest day, visitor tours', ['carol']),
  ];
}

function bobGifts(on: OnDay): Gift[] {
  return [
    gift('bob', on(1, 8), ['labor', '12', 'Driving'], 'Market runs, early summer', ['carol']),
    gift('bob', on(1, 29), ['labor', '11', 'Driving'], 'Market runs, high summer', ['ed']),
    gift('bob', on(2, 12), ['labor', '5', 'Driving'], 'Drive to the tool auction', ['carol'], {
      as: { act: 'reject', reason: 'The auction was your own purchase; nothing came to the cooperative.' },
    }),
    gift('bob', on(2, 21), ['labor', '11', 'Driving'], 'Route planning', ['carol'], {
      as: {
        act: 'adjust',
        quantity: '8',
        reason: 'The three hours of 18 August are in the market runs already.',
      },
    }),
    gift('bob', on(3, 10), ['labor', '3', 'Repairs'], 'Cooler shelves', ['carol']),
    gift('bob', on(3, 16), ['labor', '6', 'Driving'], 'Market runs, late summer', ['carol']),
    gift('bob', on(2, 6), ['in_kind', '1', 'Equipment'], 'Tiller, used', ['carol'], {
      more: {
        value: '1400.00',
        cost: '900.00',
        evidence: [
          { label: 'Three comparable offers', url: 'https://files.riverbend.example/tiller-offers.pdf' },
        ],
      },
    }),
    gift(
      'bob',
      on(2, 22),
      ['revenue', '1000.00', 'Markets'],
      'Saturday market, the festival stall',
      ['carol'],
      { more: { sale: 'Saturday market, fourth' } },
    ),
    gift('bob', on(3, 2), ['cash', '4000.00', 'Deposit'], 'Deposit', ['carol', 'ed']),
    gift('bob', on(3, 22), ['cash', '1000.00', 'Deposit'], 'Member deposit', ['carol']),
    gift('bob', on(1, 18), ['community', '6', 'Open days'], 'Farm kitchen evening', ['carol']),
    gift('bob', on(2, 29), ['community', '4', 'Open days'], 'Harvest supper', ['ed']),
  ];
}

function carolGifts(on: OnDay): Gift[] {
  return [
    gift('carol', on(1, 10), ['labor', '12', 'Field work'], 'Garlic harvest', ['bob']),
    gift('carol', on(2, 8), ['labor', '10', 'Field work'], 'Tomato picking', ['ed']),
    gift('carol', on(3, 12), ['labor', '8', 'Field work'], 'Squash harvest', ['bob']),
    gift('carol', on(2, 16), ['revenue', '900.00', 'Workshops'], 'Barn rental, the Hale wedding', ['ed'], {
      more: { sale: 'Barn rental' },
    }),
    gift(
      'carol',
      on(3, 6),
      ['revenue', '1100.00', 'Workshops'],
      'Preserving workshop, group booking',
      ['bob'],
      { more: { sale: 'Preserving workshop' } },
    ),
    gift('carol', on(2, 19), ['cash', '1000.00', 'Deposit'], 'Member deposit', ['bob']),
    gift('carol', on(1, 25), ['community', '8', 'Open days'], 'Youth gardening week', ['ed']),
    gift('carol', on(2, 23), ['community', '7', 'Open days'], 'Food bank gleaning', ['bob']),
    gift('carol', on(3, 20), ['community', '5', 'Open days'], 'Harvest day, kitchen', ['ed']),
  ];
}

export function thirdQuarterGifts({ day }: DemoCalendar): Gift[] {
  const on: OnDay = (month, at) => day(3, month, at);
  return [...aliceGifts(on), ...bobGifts(on), ...carolGifts(on)];
}

/** The feed bill that was entered as 500.00, reversed, and entered again as 300.00. */
export function feedMistake({ day }: DemoCalendar) {
  return {
    wrong: entry(day(3, 3, 12), 'Feed supplies', supplies, payable, '500.00'),
    rightAmount: '300.00',
    rightDescription: 'Feed supplies, corrected',
    correctedOn: day(3, 3, 15),
    reason: 'The bill says 300.00; 500.00 was typed.',
  };
}

export function thirdQuarterEntries({ day }: DemoCalendar): Entry[] {
  const on = (month: number, at: number) => day(3, month, at);
  return [
    entry(on(1, 1), 'Guaranteed payment, Carol Lindqvist', guaranteed, bank, '2000.00'),
    entry(on(1, 3), 'Compost', supplies, bank, '2400.00'),
    entry(on(1, 6), 'Hartley Grocers pays order 82', bank, receivable, '2800.00'),
    entry(on(1, 11), 'Saturday market, first', bank, markets, '3900.00'),
    entry(on(1, 12), 'Soil workshop', bank, workshops, '1200.00'),
    entry(on(1, 15), 'Insurance, second half', insurance, bank, '1400.00'),
    entry(on(1, 17), 'Hartley Grocers, order 84', receivable, wholesale, '3250.00'),
    entry(on(1, 25), 'Saturday market, second', bank, markets, '4100.00'),
    entry(on(1, 28), 'Crates and labels', supplies, bank, '2150.00'),
    entry(on(1, 30), 'Rent, power and cold room, first month', rent, bank, '3200.00'),
    entry(on(2, 3), 'Guaranteed payment, Carol Lindqvist', guaranteed, bank, '2000.00'),
    entry(on(2, 5), 'Hartley Grocers, order 87', receivable, wholesale, '3450.00'),
    entry(on(2, 8), 'Saturday market, third', bank, markets, '4450.00'),
    entry(on(2, 10), 'Hartley Grocers pays order 84', bank, receivable, '3250.00'),
    entry(on(2, 12), 'Seed for autumn', supplies, bank, '2250.00'),
    entry(on(2, 16), 'Barn rental', bank, workshops, '900.00'),
    entry(on(2, 22), 'Saturday market, fourth', bank, markets, '4350.00'),
    entry(on(2, 27), 'Hartley Grocers, order 89', receivable, wholesale, '3050.00'),
    entry(on(2, 28), 'Rent, power and cold room, second month', rent, bank, '3300.00'),
    entry(on(3, 1), 'Guaranteed payment, Carol Lindqvist', guaranteed, bank, '2000.00'),
    entry(on(3, 2), 'Seed garlic', supplies, bank, '2300.00'),
    entry(on(3, 4), 'Hartley Grocers pays order 87', bank, receivable, '3450.00'),
    entry(on(3, 5), 'Saturday market, fifth', bank, markets, '4250.00'),
    entry(on(3, 6), 'Preserving workshop', bank, workshops, '1200.00'),
    entry(on(3, 18), 'Event rental, barn', bank, workshops, '500.00'),
    entry(on(3, 19), 'Saturday market, sixth', bank, markets, '3550.00'),
    entry(on(3, 21), 'Cover crop seed', supplies, payable, '2000.00'),
    entry(on(3, 24), 'Hartley Grocers, order 91', receivable, wholesale, '3150.00'),
    entry(on(3, 28), 'Market and bank fees', insurance, payable, '700.00'),
    entry(on(3, 29), 'Rent and cold room, third month', rent, bank, '2460.00'),
    entry(on(3, 30), 'Power bill, third month', rent, payable, '840.00'),
  ];
}
