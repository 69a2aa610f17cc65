// What somebody gave, as logged: the fields that its author, its reviewers and the peers asked about it all see.
import type { Contribution } from '@habitat/people';
import { formatQuantity } from '@habitat/people';
import type { Types } from '../../builder.ts';
import { ContributionKindEnum } from '../enums.ts';
import { MemberRef } from '../member.ref.ts';
import { EvidenceFileRef, evidenceFileLoader } from './evidence-file.ts';
import { EvidenceLinkRef } from './parts.ts';

/** Number, member, what and how much of it, on which day, and what shows it; no value but the one declared. */
export const givenFields = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Contribution>) => ({
  number: t.exposeInt('number', { description: 'Running number in the cooperative.' }),
  member: t.field({ type: MemberRef, description: 'Whose it is.', resolve: ({ memberId }) => memberId }),
  kind: t.field({ type: ContributionKindEnum, description: 'What kind.', resolve: ({ kind }) => kind }),
  category: t.exposeString('category', { description: 'Category within the kind.' }),
  quantity: t.field({
    type: 'Decimal',
    description: 'Hours, units or money.',
    resolve: ({ quantity }) => formatQuantity(quantity),
  }),
  unit: t.string({ description: 'hour, unit or money.', resolve: ({ quantity }) => quantity.unit }),
  workedOn: t.expose('workedOn', {
    type: 'LocalDate',
    description: 'Day of the work; decides rate and period.',
  }),
  description: t.exposeString('description', { description: 'What it was.' }),
  declaredValue: t.field({
    type: 'Money',
    nullable: true,
    description: 'In kind: fair market value as declared.',
    resolve: ({ declaredValueMinor }, _args, context) =>
      declaredValueMinor === null ? null : context.money(declaredValueMinor),
  }),
  evidence: t.field({
    type: [EvidenceLinkRef],
    description: 'Links that show it.',
    resolve: ({ evidence }) => [...evidence],
  }),
  evidenceFiles: t.field({
    type: [EvidenceFileRef],
    description: 'Files that show it, in the order they were attached.',
    resolve: ({ contributionId }, _args, context) => evidenceFileLoader(context).load(contributionId),
  }),
});
