// The cooperative the viewer is signed in to. Also the smallest example of a module.
import type { CooperativeProfile } from '@habitat/platform';
import { builder } from '../builder.ts';

export const CooperativeRef = builder.objectRef<CooperativeProfile>('Cooperative');

CooperativeRef.implement({
  description: 'A cooperative: the wall around everything else.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the cooperative.',
      resolve: (cooperative) => ({ type: 'Cooperative', id: cooperative.cooperativeId }),
    }),
    name: t.exposeString('name', { description: 'Name as people say it.' }),
    legalName: t.exposeString('legalName', {
      nullable: true,
      description: 'Name in law; null where it is the name people say.',
    }),
    slug: t.exposeString('slug', { description: 'Short name used when signing in.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of the one currency of its books.' }),
    currencyDigits: t.exposeInt('currencyDigits', { description: 'Decimals of the currency.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA time zone that decides what today is.' }),
    taxRegime: t.exposeString('taxRegime', { description: 'subchapter_k or subchapter_t.' }),
    template: t.exposeString('template', {
      description: 'Chart of accounts and policies it began with, such as worker.',
    }),
    fiscalStartMonth: t.exposeInt('fiscalStartMonth', {
      description: 'Month its fiscal year begins in, 1 to 12; it never changes.',
    }),
    today: t.field({
      type: 'LocalDate',
      description: 'The day it is there now.',
      resolve: (_cooperative, _args, context) => context.today(),
    }),
  }),
});

builder.queryField('cooperative', (t) =>
  t.field({
    type: CooperativeRef,
    description: 'The cooperative you are signed in to.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, context) => context.signedIn().cooperative,
  }),
);
