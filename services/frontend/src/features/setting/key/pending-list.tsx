// What programs asked for above their keys' ceilings: done in the reader's own name, or declined.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { PageForm } from '../../../components/control/page-form.tsx';
import { useTrailWords } from '../../../lib/language/use-trail-words.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { decidePendingAct } from './key.actions.ts';
import type { KeyRoom } from './key.documents.ts';

export function PendingList({ room }: { room: KeyRoom }) {
  const t = useTranslations('settings.apiKeys');
  const { moneyText, instantText } = useFormat();
  const words = useTrailWords();
  const { currency, timeZone } = room.cooperative;
  const decisions = [
    { decision: 'confirm', label: t('confirmAct'), tone: 'primary' },
    { decision: 'decline', label: t('declineAct'), tone: 'stop' },
  ] as const;
  return (
    <ul className="max-w-3xl">
      {room.pendingActs.map((act) => (
        <li key={act.id} className="border-b border-rule py-4">
          <p className="t-strong">
            {act.amount === null
              ? t('asks', { name: act.keyName, act: words.command(act.mutation) })
              : t('asksAmount', {
                  name: act.keyName,
                  act: words.command(act.mutation),
                  amount: moneyText(act.amount, { currency }),
                })}
          </p>
          <p className="t-small text-ink-2">{instantText(act.askedAt, timeZone)}</p>
          <details className="disclosure my-2">
            <summary className="t-small min-h-8 text-pen">{t('input')}</summary>
            <pre className="t-mono break-words whitespace-pre-wrap">
              {JSON.stringify(JSON.parse(act.input), null, 2)}
            </pre>
          </details>
          <div className="flex flex-wrap gap-4">
            {decisions.map(({ decision, label, tone }) => (
              <PageForm
                key={decision}
                form={`${decision}-${act.id}`}
                act={decidePendingAct}
                actionKey={randomUUID()}
                returnTo="/settings/api-keys"
                label={label}
                tone={tone}
                about={{ pendingActId: act.id, decision }}
              />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
