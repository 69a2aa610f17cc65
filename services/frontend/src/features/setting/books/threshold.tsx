// From which amount two people post: as it is, the form that changes it, and a higher amount while it waits for a second
// administrator, who is never the one who asked.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { AreaField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { FactList } from '../../../components/print/fact-list.tsx';
import { firstOf } from '../../../lib/civil-day.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { WaitingChange } from '../waiting-change.tsx';
import { decideThreshold, setJournalThreshold } from './books.actions.ts';
import type { BooksChange, BooksRoom } from './books.documents.ts';

const at = '/settings/books';
const periodLengths = ['month', 'quarter', 'year'] as const;

export function BooksFacts({ room }: { room: BooksRoom }) {
  const t = useTranslations('settings.books');
  const { moneyText, dateMonthDay } = useFormat();
  const { cooperative, treasurySettings: settings } = room;
  const length = periodLengths.find((one) => one === settings.periodLength);
  return (
    <div className="max-w-xl">
      <FactList
        lines={[
          {
            key: 'threshold',
            label: t('threshold'),
            value: moneyText(settings.journalThreshold, { currency: cooperative.currency }),
          },
          {
            key: 'fiscal',
            label: t('fiscal'),
            value: (
              <span className="whitespace-nowrap">{dateMonthDay(firstOf(cooperative.fiscalStartMonth))}</span>
            ),
            note: t('fiscalNote'),
          },
          {
            key: 'length',
            label: t('period'),
            value: length ? t(`periods.${length}`) : settings.periodLength,
          },
        ]}
      />
    </div>
  );
}

export function ThresholdForm({ room }: { room: BooksRoom }) {
  const t = useTranslations('settings.books');
  const s = useTranslations('settings.form');
  const { cooperative, treasurySettings } = room;
  return (
    <div className="mt-4 max-w-3xl">
      <PageForm
        form="threshold"
        fold={{ label: t('thresholdChange') }}
        act={setJournalThreshold}
        actionKey={randomUUID()}
        returnTo={at}
        label={t('thresholdAct')}
        className="max-w-xl"
      >
        <TextField
          name="amount"
          label={t('threshold')}
          hint={t('thresholdHint')}
          value={treasurySettings.journalThreshold}
          inputMode="decimal"
          unit={cooperative.currency}
          required
        />
        <AreaField name="rationale" label={s('why')} hint={s('whyHint')} required />
      </PageForm>
    </div>
  );
}

export function WaitingThreshold({ change, room }: { change: BooksChange; room: BooksRoom }) {
  const t = useTranslations('settings.books');
  const { moneyText } = useFormat();
  const { currency, timeZone } = room.cooperative;
  const money = (amount: string | null) => moneyText(amount ?? '0', { currency });
  const sign = change.viewerMay.includes('approve');
  const decline = change.viewerMay.includes('decline');
  return (
    <WaitingChange
      id="waits"
      title={t('waits')}
      text={t('waitsText', { before: money(change.before), after: money(change.after) })}
      set={change}
      openNote={t('openNote')}
      may={{ sign, decline }}
      {...(decline && !sign ? { declineLabel: t('takeBack') } : {})}
      viewer={room.me.displayName}
      timeZone={timeZone}
      act={decideThreshold}
      about={{ settingId: change.id }}
      returnTo={at}
    />
  );
}
