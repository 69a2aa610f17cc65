// Where contributions post: the account of each kind, and of categories that go their own way; and the forms that change it.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { AreaField, SelectField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Section } from '../../../components/print/section.tsx';
import { Table } from '../../../components/print/table.tsx';
import { kinds } from '../../contribution/kind.ts';
import { useKindWords } from '../../contribution/kind-words.ts';
import { AccountLink } from '../../treasury/account-name.tsx';
import { removePostingRule, setPostingRule } from './books.actions.ts';
import type { BooksRoom, PostingRule } from './books.documents.ts';

const at = '/settings/books';
// What these point at is in the ledger already.
const posting = kinds.filter((kind) => kind !== 'REVENUE' && kind !== 'RELATIONSHIP');

export function PostingRules({ room }: { room: BooksRoom }) {
  const t = useTranslations('settings.books');
  const words = useKindWords();
  const rules = inOrder(room.treasurySettings.postingRules);
  return (
    <Section title={t('rules')} id="rules" className="mt-9">
      <Table
        caption={t('rules')}
        rows={rules}
        keyOf={({ kind, category }) => `${kind}${category ?? ''}`}
        csv="/settings/csv/posting-rules"
        className="max-w-3xl"
        columns={[
          {
            head: t('kind'),
            name: ({ kind, category }) =>
              category ? <span className="pl-6 font-normal">{category}</span> : words.kind(kind),
          },
          {
            head: t('account'),
            text: ({ account }) =>
              account ? (
                <AccountLink account={account} code />
              ) : (
                <span className="text-ink-2">{t('nothing')}</span>
              ),
          },
        ]}
      />
      {room.me.acts.includes('account.manage') ? <RuleForms room={room} rules={rules} /> : null}
    </Section>
  );
}

/** By kind as everywhere, a kind before its categories. */
function inOrder(rules: readonly PostingRule[]): PostingRule[] {
  const place = ({ kind, category }: PostingRule) => `${kinds.indexOf(kind)}${category ?? ''}`;
  return rules.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}

function RuleForms({ room, rules }: { room: BooksRoom; rules: readonly PostingRule[] }) {
  const t = useTranslations('settings.books');
  const s = useTranslations('settings.form');
  const words = useKindWords();
  const why = <AreaField name="rationale" label={s('why')} hint={s('whyHint')} required />;
  const own = rules.filter(({ category }) => category !== null);
  const categories = room.contributionCategories.filter(({ retired }) => !retired);
  return (
    <div className="mt-4 max-w-3xl">
      <PageForm
        form="rule"
        fold={{ label: t('change') }}
        act={setPostingRule}
        actionKey={randomUUID()}
        returnTo={at}
        label={t('changeAct')}
      >
        <div className="grid gap-5 desk:grid-cols-2">
          <SelectField
            name="kind"
            label={t('kind')}
            choices={posting.map((value) => ({ value, label: words.kind(value) }))}
          />
          <TextField
            name="category"
            label={s('category')}
            hint={t('categoryHint')}
            maxLength={80}
            suggestions={[...new Set(categories.map(({ name }) => name))]}
          />
        </div>
        <SelectField
          name="accountId"
          label={t('account')}
          hint={t('accountHint')}
          choices={[
            { value: '', label: t('nothing') },
            ...room.accounts
              .filter(({ leaf, active, type }) => leaf && active && (type === 'asset' || type === 'expense'))
              .map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
          ]}
        />
        {why}
      </PageForm>
      {own.length > 0 ? (
        <PageForm
          form="remove"
          fold={{ label: t('remove'), tone: 'stop' }}
          act={removePostingRule}
          actionKey={randomUUID()}
          returnTo={at}
          label={t('removeAct')}
          tone="stop"
        >
          <SelectField
            name="rule"
            label={t('which')}
            choices={own.map(({ kind, category }) => ({
              value: `${kind}:${category ?? ''}`,
              label: `${words.kind(kind)}, ${category ?? ''}`,
            }))}
          />
          {why}
        </PageForm>
      ) : null}
    </div>
  );
}
