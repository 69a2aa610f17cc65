// One figure in both bases, as every report prints it: a type of its own, or two fields of a line that has more to tell.
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';

export type Bases = { readonly bookMinor: bigint; readonly taxMinor: bigint };

/** The fields `book` and `tax` of a type whose rows carry both; `says` describes each in the schema. */
export const bookAndTax = <Row extends Bases>(
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, Row>,
  says = { book: 'Book amount.', tax: 'Tax amount.' },
) => ({
  book: t.field({
    type: 'Money',
    description: says.book,
    resolve: (row: Bases, _args, context) => context.money(row.bookMinor),
  }),
  tax: t.field({
    type: 'Money',
    description: says.tax,
    resolve: (row: Bases, _args, context) => context.money(row.taxMinor),
  }),
});

export const TwoBasesRef = builder.objectRef<Bases>('TwoBases').implement({
  description: 'One figure in both bases.',
  authScopes: { signedIn: true },
  fields: (t) => bookAndTax(t, { book: 'Book, IRC §704(b).', tax: 'Tax basis.' }),
});
