// The charts of accounts a cooperative may start from, kept as data beside this file. Codes that closing and paying
// rely on (1110, 2320, 3100, 3310, 3330) are in every one of them.
import type { ContributionKind } from '@habitat/events';
import housing from './templates/housing.json' with { type: 'json' };
import limitedCooperativeAssociation from './templates/limited-cooperative-association.json' with { type: 'json' };
import multiStakeholder from './templates/multi-stakeholder.json' with { type: 'json' };
import nonprofit from './templates/nonprofit.json' with { type: 'json' };
import producer from './templates/producer.json' with { type: 'json' };
import startupStudio from './templates/startup-studio.json' with { type: 'json' };
import worker from './templates/worker.json' with { type: 'json' };

export type AccountType = 'asset' | 'liability' | 'equity' | 'revenue' | 'expense';
export type NormalSide = 'debit' | 'credit';

/** Codes the rules of treasury name themselves. */
export const CODE = {
  operatingCash: '1110',
  distributionsPayable: '2320',
  memberCapital: '3100',
  currentNetIncome: '3310',
} as const;

interface TemplateNode {
  readonly code: string;
  readonly name: string;
  readonly type?: string;
  readonly contra?: boolean;
  readonly cash?: boolean;
  readonly memberCapital?: boolean;
  readonly accounts?: readonly TemplateNode[];
}

interface Template {
  readonly name: string;
  readonly title: string;
  /** Account debited per contribution kind, or per category of it ('' for the rest); null posts nothing. */
  readonly posting: Readonly<Record<string, string | null | Readonly<Record<string, string>>>>;
  readonly accounts: readonly TemplateNode[];
}

const TEMPLATES: readonly Template[] = [
  limitedCooperativeAssociation,
  worker,
  multiStakeholder,
  producer,
  housing,
  nonprofit,
  startupStudio,
];

/** Names and titles of the templates, the limited cooperative association first. */
export const chartTemplates: readonly { readonly name: string; readonly title: string }[] = TEMPLATES.map(
  ({ name, title }) => ({ name, title }),
);

export interface ChartAccount {
  readonly code: string;
  readonly name: string;
  readonly type: AccountType;
  readonly normalSide: NormalSide;
  readonly parentCode: string | null;
  readonly isLeaf: boolean;
  readonly isCash: boolean;
}

export interface ChartPostingRule {
  readonly kind: ContributionKind;
  /** '' is any category without a rule of its own. */
  readonly category: string;
  readonly accountCode: string | null;
}

/** Assets and expenses stand on the debit side, the rest on the credit side; a contra account on the other. */
export function normalSideOf(type: AccountType, contra = false): NormalSide {
  const debit = type === 'asset' || type === 'expense';
  return debit === contra ? 'credit' : 'debit';
}

/** The accounts of a template, parents before their children; null for a name that is none. */
export function chartOf(templateName: string): readonly ChartAccount[] | null {
  const template = TEMPLATES.find(({ name }) => name === templateName);
  if (template === undefined) return null;
  const accounts: ChartAccount[] = [];
  const walk = (node: TemplateNode, parent: ChartAccount | null, cash: boolean): void => {
    const type = (node.type as AccountType | undefined) ?? parent?.type;
    if (type === undefined) throw new Error(`${templateName}: account ${node.code} has no type`);
    const isCash = cash || node.cash === true;
    const account: ChartAccount = {
      code: node.code,
      name: node.name,
      type,
      normalSide: normalSideOf(type, node.contra),
      parentCode: parent?.code ?? null,
      isLeaf: node.accounts === undefined,
      isCash,
    };
    accounts.push(account);
    for (const child of node.accounts ?? []) walk(child, account, isCash);
  };
  for (const node of template.accounts) walk(node, null, false);
  return accounts;
}

/** Where the template posts contributions; null for a name that is no template. */
export function postingRulesOf(templateName: string): readonly ChartPostingRule[] | null {
  const template = TEMPLATES.find(({ name }) => name === templateName);
  if (template === undefined) return null;
  return Object.entries(template.posting).flatMap(([kind, to]): ChartPostingRule[] => {
    const byCategory = to === null || typeof to === 'string' ? { '': to } : to;
    return Object.entries(byCategory).map(([category, accountCode]) => ({
      kind: kind as ContributionKind,
      category,
      accountCode,
    }));
  });
}
