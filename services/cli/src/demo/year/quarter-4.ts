// The current quarter: some work posted already, and something waiting in every queue. Days are counted back from
// today and never leave the quarter.
import type { DemoCalendar } from '../calendar.ts';
import type { Entry, Gift } from './gift.ts';
import { ACCOUNT, entry, gift } from './gift.ts';

const { bank, receivable, payable, markets, wholesale, workshops, supplies, rent, guaranteed, insurance } =
  ACCOUNT;

/** Work of this quarter that is decided and in the books. */
export function postedGifts({ soFar }: DemoCalendar): Gift[] {
  return [
    gift('alice', soFar(1, 10), ['labor', '9', 'Engineering'], 'Frost fans, bearings and belts', ['carol']),
    gift('alice', soFar(3, 10), ['labor', '7', 'Engineering'], 'Packing shed lights', ['carol']),
    gift('alice', soFar(4, 10), ['cash', '750.00', 'Deposit'], 'Member deposit', ['carol']),
    gift(
      'alice',
      soFar(5, 10),
      ['revenue', '1400.00', 'Wholesale'],
      'Hartley Grocers, squash and garlic',
      ['carol'],
      { more: { sale: 'Hartley Grocers, order 93' } },
    ),
    gift('bob', soFar(1, 10), ['labor', '8', 'Driving'], 'Market runs, autumn', ['carol']),
    gift('bob', soFar(4, 10), ['revenue', '1200.00', 'Markets'], 'Cider weekend stall', ['carol'], {
      more: { sale: 'Cider weekend' },
    }),
    gift('bob', soFar(5, 10), ['cash', '1500.00', 'Deposit'], 'Member deposit', ['carol']),
    gift('carol', soFar(2, 10), ['labor', '12', 'Field work'], 'Garlic planting', ['bob']),
    gift('carol', soFar(4, 10), ['community', '6', 'Open days'], 'Apple day with the school', ['bob']),
  ];
}

export function fourthQuarterEntries({ soFar }: DemoCalendar): Entry[] {
  return [
    entry(soFar(0, 10), 'Guaranteed payment, Carol Lindqvist', guaranteed, bank, '2000.00'),
    entry(soFar(1, 10), 'Saturday markets, cabbage and squash', bank, markets, '4350.00'),
    entry(soFar(2, 10), 'Hartley Grocers pays order 89', bank, receivable, '3050.00'),
    entry(soFar(3, 10), 'Seed garlic and straw', supplies, bank, '2150.00'),
    entry(soFar(4, 10), 'Cider weekend', bank, workshops, '1900.00'),
    entry(soFar(4, 10), 'Rent and power', rent, bank, '1850.00'),
    entry(soFar(5, 10), 'Hartley Grocers, order 93', receivable, wholesale, '3600.00'),
    entry(soFar(6, 10), 'Saturday markets, roots', bank, markets, '3850.00'),
    entry(soFar(7, 10), 'Feed and cover crop bills', payable, bank, '2300.00'),
    entry(soFar(7, 10), 'Insurance, greenhouse', insurance, bank, '640.00'),
    entry(soFar(8, 10), 'Preserving workshop, autumn', bank, workshops, '980.00'),
  ];
}

/** Something that waits for a decision, sent so many days ago at a time. */
export interface Waiting {
  readonly daysAgo: number;
  readonly time: string;
  readonly gift: Gift;
}

/** The box truck: two signatures needed, one given. */
export function boxTruck({ ago }: DemoCalendar): Waiting {
  const evidence = [
    { label: 'Appraisal, Delgado Auto', url: 'https://files.riverbend.example/box-truck-appraisal.pdf' },
    { label: 'Title and bill of sale', url: 'https://files.riverbend.example/box-truck-title.pdf' },
  ];
  const what =
    'Box truck, 2019 Isuzu NPR. 14 ft body, 88,400 miles, lift gate. For the Saturday markets and the grocers’ route. I bought it for $7,000.00.';
  return {
    daysAgo: 5,
    time: '09:30',
    gift: gift('bob', ago(10), ['in_kind', '1', 'Equipment'], what, [], {
      more: { value: '10000.00', cost: '7000.00', evidence },
    }),
  };
}

/** Bob's help after the storm: it waits for two of his peers, and for no steward. */
export function neighborHelp({ ago }: DemoCalendar): Waiting {
  return {
    daysAgo: 8,
    time: '17:40',
    gift: gift(
      'bob',
      ago(9),
      ['community', '3', 'Neighbor help'],
      'Cleared the Stones’ lane after the storm',
      [],
    ),
  };
}

/** Alice's seed exchange: Carol has asked about it and waits for an answer. */
export function seedExchange({ ago }: DemoCalendar): Waiting {
  return {
    daysAgo: 3,
    time: '17:15',
    gift: gift('alice', ago(4), ['community', '3', 'Open days'], 'Seed exchange at the grange hall', []),
  };
}

/** What waits in the queue besides, in the order it was sent. */
export function waitingGifts({ ago }: DemoCalendar): Waiting[] {
  const waiting = (daysAgo: number, time: string, one: Gift): Waiting => ({ daysAgo, time, gift: one });
  return [
    waiting(
      4,
      '18:05',
      gift('dana', ago(5), ['labor', '12', 'Building'], 'Greenhouse glazing, south bay', []),
    ),
    waiting(
      2,
      '08:40',
      gift('alice', ago(3), ['labor', '6', 'Engineering'], 'Pump controller, north field', []),
    ),
    waiting(
      2,
      '09:10',
      gift('alice', ago(3), ['revenue', '2600.00', 'Wholesale'], 'Spring seedling order, Hartley', []),
    ),
    waiting(
      2,
      '12:30',
      gift('carol', ago(2), ['labor', '3', 'Administration'], 'Board minutes and filing', []),
    ),
    waiting(1, '08:15', gift('bob', ago(2), ['labor', '4', 'Repairs'], 'Walk-in cooler repair', [])),
    waiting(
      1,
      '10:20',
      gift(
        'dana',
        ago(2),
        ['relationship', '1', 'Introductions'],
        'Introduced the valley school kitchens',
        [],
      ),
    ),
    waiting(
      1,
      '13:45',
      gift('alice', ago(1), ['community', '5', 'Open days'], 'Open day, visitor tours', []),
    ),
    waiting(
      1,
      '16:50',
      gift('bob', ago(1), ['expertise', '2', 'Logistics'], 'Route plan for the winter boxes', []),
    ),
    waiting(0, '00:05', gift('bob', ago(0), ['cash', '1000.00', 'Deposit'], 'Member deposit', [])),
  ];
}

/** Dana's first days of work: approved with fewer hours than she logged, which she disputes. */
export function disputedWork({ ago }: DemoCalendar) {
  return {
    gift: gift('dana', ago(12), ['labor', '6', 'Building'], 'Cold frame doors', []),
    hours: '4',
    adjustedBecause: 'Two of the six hours were the drive to the mill.',
    disputedBecause: 'The mill was for the cooperative’s boards; Carol sent me.',
  };
}
