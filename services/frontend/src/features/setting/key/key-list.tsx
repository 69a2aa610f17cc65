// The keys as a table, and below it what their supervisors do with them.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Table } from '../../../components/print/table.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { revokeApiKey, rotateApiKey } from './key.actions.ts';
import type { KeyRoom } from './key.documents.ts';

const at = '/settings/api-keys';
const OVERLAP_HOURS = '24';

export function KeyTable({ room }: { room: KeyRoom }) {
  const t = useTranslations('settings.apiKeys');
  const { moneyText, instantText } = useFormat();
  const { currency, timeZone } = room.cooperative;
  return (
    <Table
      caption={t('title')}
      rows={room.apiKeys}
      keyOf={(key) => key.id}
      csv="/settings/csv/api-keys"
      empty={t('none')}
      columns={[
        { head: t('name'), name: ({ name }) => name },
        { head: t('supervisor'), text: ({ supervisor }) => supervisor.displayName, from: 'desk' },
        {
          head: t('scopes'),
          text: ({ scopes }) => <span className="t-mono break-words">{scopes.join(', ')}</span>,
          from: 'desk',
        },
        { head: t('ceiling'), figure: ({ ceiling }) => moneyText(ceiling, { currency }) },
        { head: t('hourlyLimit'), figure: ({ hourlyLimit }) => hourlyLimit, from: 'wide' },
        {
          head: t('lastUsed'),
          text: ({ lastUsedAt }) => (lastUsedAt === null ? t('never') : instantText(lastUsedAt, timeZone)),
        },
        {
          head: t('state'),
          text: ({ status, expiresAt, previousUntil }) =>
            status === 'IN_FORCE'
              ? [
                  t('until', { date: instantText(expiresAt, timeZone) }),
                  ...(previousUntil === null
                    ? []
                    : [t('overlap', { date: instantText(previousUntil, timeZone) })]),
                ].join(' · ')
              : t(`over.${status}`),
          tone: 'text-ink-2',
        },
      ]}
    />
  );
}

export function KeyActs({ room }: { room: KeyRoom }) {
  const t = useTranslations('settings.apiKeys');
  const inForce = room.apiKeys.filter(({ status }) => status === 'IN_FORCE');
  const mayAll = room.me.acts.includes('api_key.manage');
  return (
    <div className="mt-7 max-w-3xl">
      {inForce
        .filter(({ yours }) => yours)
        .map((key) => (
          <PageForm
            key={`rotate-${key.id}`}
            form={`rotate-${key.id}`}
            fold={{ label: t('rotate', { name: key.name }) }}
            act={rotateApiKey}
            actionKey={randomUUID()}
            returnTo={at}
            label={t('rotateAct')}
            about={{ apiKeyId: key.id }}
            className="max-w-xl"
          >
            <TextField
              name="overlapHours"
              label={t('overlapHours')}
              hint={t('overlapHint')}
              value={OVERLAP_HOURS}
              inputMode="numeric"
              required
            />
          </PageForm>
        ))}
      {inForce
        .filter(({ yours }) => yours || mayAll)
        .map((key) => (
          <PageForm
            key={`revoke-${key.id}`}
            form={`revoke-${key.id}`}
            fold={{ label: t('revoke', { name: key.name }), tone: 'stop' }}
            act={revokeApiKey}
            actionKey={randomUUID()}
            returnTo={at}
            label={t('revokeAct')}
            tone="stop"
            about={{ apiKeyId: key.id }}
            className="max-w-xl"
          >
            <p className="t-body text-ink-2">{t('revokeText')}</p>
          </PageForm>
        ))}
    </div>
  );
}
