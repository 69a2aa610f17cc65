// Scalars of the API. Amounts and decimals cross it as text, because a JSON number is a float.
import { isLocalDate } from '@habitat/kernel';
import { builder } from './builder.ts';
import { invalidInput } from './error.ts';

const DECIMAL = /^-?\d{1,18}(\.\d{1,12})?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function text(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw invalidInput([{ path: [], message: `${what} is sent as text, in quotes` }]);
}

function decimal(value: unknown, what: string): string {
  const given = text(value, what);
  if (DECIMAL.test(given)) return given;
  throw invalidInput(
    [{ path: [], message: `“${given.slice(0, 40)}” is not a number like 1234.56` }],
    'NOT_A_NUMBER',
  );
}

builder.scalarType('Money', {
  description:
    'An amount in the cooperative’s currency, in major units, exact to its minor unit: "5254.06", "-0.05".',
  serialize: (value) => value,
  parseValue: (value) => decimal(value, 'Money'),
});

builder.scalarType('Decimal', {
  description: 'An exact decimal number as text: hours, units, weights, percentages.',
  serialize: (value) => value,
  parseValue: (value) => decimal(value, 'A decimal'),
});

builder.scalarType('LocalDate', {
  description: 'A day in the cooperative’s calendar: "2026-09-30".',
  serialize: (value) => value,
  parseValue: (value) => {
    const given = text(value, 'A date');
    if (isLocalDate(given)) return given;
    throw invalidInput(
      [{ path: [], message: `“${given.slice(0, 40)}” is not a day like 2026-09-30` }],
      'NOT_A_DATE',
    );
  },
});

builder.scalarType('DateTime', {
  description: 'An instant, ISO 8601 with its offset: "2026-09-30T16:20:00.000Z".',
  serialize: (value) => (value instanceof Date ? value.toISOString() : new Date(value).toISOString()),
  parseValue: (value) => {
    const given = text(value, 'An instant');
    const instant = new Date(given);
    if (INSTANT.test(given) && !Number.isNaN(instant.getTime())) return instant;
    throw invalidInput(
      [{ path: [], message: `“${given.slice(0, 40)}” is not an instant like 2026-09-30T16:20:00Z` }],
      'NOT_A_DATE',
    );
  },
});
