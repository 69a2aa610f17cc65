// Which events agreements listens to and what it does with them; the worker delivers them. The copies can be made
// again from the log at any time; the rest carries closes and payments on.
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import {
  cooperativeChanged,
  cooperativeCreated,
  memberChanged,
  memberErased,
  memberJoined,
  transactionPosted,
} from '@habitat/events';
import { contributionTypes, copyContributions } from './copies/contribution-copy.ts';
import { copyCooperative } from './copies/cooperative-copy.ts';
import { copyPostings } from './copies/ledger-copy.ts';
import { copyMembers } from './copies/member-copy.ts';
import { copyPeriods, periodTypes } from './copies/period-copy.ts';
import { distributionAnswerTypes, followDistributions } from './distribution/distribution.reactions.ts';
import { erasureQuestionTypes, forgetErased, judgeErasures } from './erasure/erasure.reactions.ts';
import { closeAnswerTypes, followCloses } from './period-close/period-close.reactions.ts';

export interface AgreementsSubscription {
  /** Known to the inbox: never renamed. */
  readonly name: string;
  readonly types: readonly string[];
  /** Tables this subscription alone writes, and that can be emptied and made again from the log. */
  readonly copies: readonly string[];
  handle(tx: Transaction, events: readonly Envelope[]): Promise<void>;
}

export const agreementsSubscriptions: readonly AgreementsSubscription[] = [
  {
    name: 'agreements.copy-cooperative',
    types: [cooperativeCreated.type, cooperativeChanged.type],
    copies: ['agreements.cooperative'],
    handle: copyCooperative,
  },
  {
    name: 'agreements.copy-members',
    types: [memberJoined.type, memberChanged.type],
    copies: ['agreements.member'],
    handle: copyMembers,
  },
  { name: 'agreements.copy-periods', types: periodTypes, copies: ['agreements.period'], handle: copyPeriods },
  {
    name: 'agreements.copy-contributions',
    types: contributionTypes,
    copies: ['agreements.contribution'],
    handle: copyContributions,
  },
  {
    name: 'agreements.copy-postings',
    types: [transactionPosted.type],
    copies: ['agreements.posting', 'agreements.capital_change'],
    handle: copyPostings,
  },
  { name: 'agreements.follow-closes', types: closeAnswerTypes, copies: [], handle: followCloses },
  {
    name: 'agreements.follow-distributions',
    types: distributionAnswerTypes,
    copies: [],
    handle: followDistributions,
  },
  { name: 'agreements.judge-erasures', types: erasureQuestionTypes, copies: [], handle: judgeErasures },
  { name: 'agreements.forget-erased', types: [memberErased.type], copies: [], handle: forgetErased },
];
