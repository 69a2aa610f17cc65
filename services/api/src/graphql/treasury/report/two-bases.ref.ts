// One figure in both bases, as every report prints it.
import { builder } from '../../builder.ts';

export type Bases = { readonly bookMinor: bigint; readonly taxMinor: bigint };

export const TwoBasesRef = builder.objectRef<Bases>('TwoBases').implement({
  description: 'One figure in both bases.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    book: t.field({
      type: 'Money',
      description: 'Book, IRC §704(b).',
      resolve: (row, _args, c) => c.money(row.bookMinor),
    }),
    tax: t.field({
      type: 'Money',
      description: 'Tax basis.',
      resolve: (row, _args, c) => c.money(row.taxMinor),
    }),
  }),
});
