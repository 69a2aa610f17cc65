// The cooperative of the example: Mill Lane Bakery and its year 2025 as tables. A good start, a loss when the oven
// broke, new rules from July, a strong last quarter.

export const PASSWORD = 'warm bread at six';

export type Who = 'ada' | 'ben' | 'cleo';

export const MEMBERS = {
  ada: { displayName: 'Ada Quill', email: 'ada@mill-lane.example', roles: ['member', 'contributor'] },
  ben: {
    displayName: 'Ben Ito',
    email: 'ben@mill-lane.example',
    roles: ['member', 'contributor', 'treasurer', 'allocator', 'reviewer'],
  },
  cleo: {
    displayName: 'Cleo Marsh',
    email: 'cleo@mill-lane.example',
    roles: ['member', 'contributor', 'reviewer', 'allocator', 'board_member'],
  },
} as const;

const SALES = '4150';
const FLOUR = '5350';

/** Accounts the template's chart does not have. */
export const ACCOUNTS = [
  { parentCode: '4100', code: SALES, name: 'Bread and cake' },
  { parentCode: '5300', code: FLOUR, name: 'Flour and butter' },
] as const;

/** Rates and terms, on the day they are agreed on. */
export const AGREED_BEFORE = {
  rates: [
    { kind: 'LABOR', rate: '40' },
    { kind: 'COMMUNITY', rate: '20' },
  ],
  policies: { cashRate: '0.30', cashReserve: '1500.00' },
} as const;

/** From the third quarter: dearer hours, labor weighs more, a tenth goes to the reserve. */
export const AGREED_IN_MAY = {
  rate: { kind: 'LABOR', rate: '44' },
  weights: [
    { category: 'labor', weight: '0.50' },
    { category: 'expertise', weight: '0.50' },
    { category: 'revenue', weight: '0.25' },
    { category: 'relationship', weight: '0.25' },
    { category: 'cash', weight: '0.15' },
    { category: 'community', weight: '0.10' },
  ],
  reserve: {
    lineId: 'reserve',
    label: 'Reserve',
    kind: 'reserve',
    fraction: '0.10',
    of: 'net_income',
    accountCode: '3330',
    indivisible: true,
  },
} as const;

export interface Work {
  readonly who: Who;
  readonly on: string;
  readonly kind: 'LABOR' | 'CASH' | 'REVENUE' | 'COMMUNITY' | 'IN_KIND';
  readonly quantity: string;
  readonly what: string;
  readonly value?: string;
  readonly cost?: string;
}

/** Day, description, debit, credit, amount; the same in both bases. */
export type Booking = readonly [on: string, what: string, debit: string, credit: string, amount: string];

export interface QuarterTable {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** First days of the quarter after it: its close, and its payment. */
  readonly closedOn: string;
  readonly paidOn: string;
  readonly work: readonly Work[];
  readonly bookings: readonly Booking[];
}

const work = (
  who: Who,
  on: string,
  kind: Work['kind'],
  quantity: string,
  what: string,
  goods: Pick<Work, 'value' | 'cost'> = {},
): Work => ({
  who,
  on,
  kind,
  quantity,
  what,
  ...goods,
});

export const YEAR: readonly QuarterTable[] = [
  {
    name: 'Q1 2025',
    from: '2025-01-01',
    to: '2025-03-31',
    closedOn: '2025-04-09',
    paidOn: '2025-04-25',
    work: [
      work('ada', '2025-01-06', 'CASH', '2400.00', 'Start money'),
      work('ben', '2025-01-06', 'CASH', '2000.00', 'Start money'),
      work('cleo', '2025-01-07', 'CASH', '1200.00', 'Start money'),
      work('ben', '2025-01-20', 'IN_KIND', '1', 'Spiral mixer', { value: '3200.00', cost: '1900.00' }),
      work('ada', '2025-02-14', 'LABOR', '22', 'Night shifts'),
      work('ada', '2025-02-15', 'LABOR', '7:30', 'Valentine orders'),
      work('cleo', '2025-03-03', 'LABOR', '18', 'Counter and market stall'),
      work('cleo', '2025-03-09', 'REVENUE', '900.00', 'The school’s weekly bread'),
    ],
    bookings: [
      ['2025-01-31', 'Bread and cake, January', '1110', SALES, '3100.00'],
      ['2025-02-28', 'Bread and cake, February', '1110', SALES, '3450.50'],
      ['2025-03-31', 'Bread and cake, March', '1110', SALES, '3899.25'],
      ['2025-02-03', 'Flour and butter', FLOUR, '1110', '2980.00'],
      ['2025-02-28', 'Rent, first quarter', '5110', '1110', '2400.00'],
      ['2025-03-20', 'Power', '5120', '2110', '613.75'],
    ],
  },
  {
    name: 'Q2 2025',
    from: '2025-04-01',
    to: '2025-06-30',
    closedOn: '2025-07-09',
    paidOn: '2025-07-25',
    work: [
      work('ada', '2025-05-05', 'LABOR', '20', 'Oven repair, by hand'),
      work('ben', '2025-05-06', 'LABOR', '16', 'Oven repair, by hand'),
      work('cleo', '2025-06-14', 'COMMUNITY', '9', 'Bread for the flood helpers'),
      work('ada', '2025-06-20', 'REVENUE', '450.00', 'Wedding cake'),
    ],
    bookings: [
      ['2025-04-11', 'Power bill paid', '2110', '1110', '613.75'],
      ['2025-04-30', 'Bread and cake, April', '1110', SALES, '2600.00'],
      ['2025-05-31', 'Bread and cake, May', '1110', SALES, '1180.10'],
      ['2025-06-30', 'Bread and cake, June', '1110', SALES, '2895.00'],
      ['2025-05-12', 'Oven parts', '5140', '1110', '3120.00'],
      ['2025-05-30', 'Rent, second quarter', '5110', '1110', '2400.00'],
      ['2025-06-10', 'Flour and butter', FLOUR, '1110', '2155.11'],
    ],
  },
  {
    name: 'Q3 2025',
    from: '2025-07-01',
    to: '2025-09-30',
    closedOn: '2025-10-09',
    paidOn: '2025-10-24',
    work: [
      work('ada', '2025-07-21', 'LABOR', '24', 'Summer fair, day and night'),
      work('ben', '2025-08-11', 'LABOR', '21:45', 'Market stalls'),
      work('cleo', '2025-08-30', 'LABOR', '20', 'Counter'),
      work('cleo', '2025-09-12', 'REVENUE', '1800.00', 'Harvest boxes'),
      work('ben', '2025-09-15', 'CASH', '500.00', 'Deposit'),
    ],
    bookings: [
      ['2025-07-31', 'Bread and cake, July', '1110', SALES, '4300.00'],
      ['2025-08-31', 'Bread and cake, August', '1110', SALES, '3975.00'],
      ['2025-09-30', 'Bread and cake, September', '1110', SALES, '4410.00'],
      ['2025-08-05', 'Flour and butter', FLOUR, '1110', '3310.40'],
      ['2025-08-29', 'Rent, third quarter', '5110', '1110', '2400.00'],
      ['2025-09-25', 'Power', '5120', '1110', '702.28'],
    ],
  },
  {
    name: 'Q4 2025',
    from: '2025-10-01',
    to: '2025-12-31',
    closedOn: '2026-01-09',
    paidOn: '2026-01-23',
    work: [
      work('ada', '2025-11-24', 'LABOR', '23', 'Stollen weeks'),
      work('ben', '2025-12-08', 'LABOR', '12', 'Stollen weeks'),
      work('cleo', '2025-12-15', 'LABOR', '15:20', 'Christmas market'),
      work('cleo', '2025-12-16', 'COMMUNITY', '6', 'Soup kitchen'),
    ],
    bookings: [
      ['2025-10-31', 'Bread and cake, October', '1110', SALES, '3720.00'],
      ['2025-11-30', 'Bread and cake, November', '1110', SALES, '4480.00'],
      ['2025-12-24', 'Bread and cake, December', '1110', SALES, '4999.99'],
      ['2025-11-04', 'Flour, butter and almonds', FLOUR, '1110', '4120.00'],
      ['2025-11-28', 'Rent, fourth quarter', '5110', '1110', '2400.00'],
      ['2025-12-29', 'Power', '5120', '2110', '655.20'],
    ],
  },
];
