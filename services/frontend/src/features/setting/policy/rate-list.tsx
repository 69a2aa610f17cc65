// Rates by kind: what counts today, what comes, what waits for a second administrator, and what counted before.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Section } from '../../../components/print/section.tsx';
import { dayIn } from '../../../lib/civil-day.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { useKindWords } from '../../contribution/kind-words.ts';
import { isHourly, kinds } from '../../contribution/kind.ts';
import { confirmValuationRule } from './policy.actions.ts';
import type { RatesRoom, Rule } from './policy.documents.ts';
import { countsOn, reachesOf } from './rate-reach.ts';

type Place = RatesRoom['cooperative'];

export function RateList({ rules, place }: { rules: readonly Rule[]; place: Place }) {
  const words = useKindWords();
  return (
    <div className="grid items-start gap-x-14 gap-y-9 desk:grid-cols-2">
      {kinds.map((kind) => {
        const own = rules.filter((rule) => rule.kind === kind);
        if (own.length === 0) return null;
        return (
          <Section key={kind} title={words.kind(kind)} id={`kind-${kind}`}>
            <ul>
              {reachesOf(own).map((reach) => (
                <Reach key={reach[0]?.id} rules={reach} place={place} />
              ))}
            </ul>
          </Section>
        );
      })}
    </div>
  );
}

function Reach({ rules, place }: { rules: readonly Rule[]; place: Place }) {
  const t = useTranslations('settings.rates');
  const [first] = rules;
  const current = countsOn(rules, place.today);
  const coming = rules.filter((rule) => !rule.ended && (!rule.inForce || rule.effectiveFrom > place.today));
  const older = rules.filter((rule) => rule !== current && !coming.includes(rule));
  const name = [first?.category ?? t('everyCategory'), first?.member?.displayName].filter(Boolean).join(', ');
  return (
    <li className="border-b border-rule py-3">
      <p id={current?.id} className="target flex items-baseline justify-between gap-4">
        <span className="t-strong">{name}</span>
        {current ? <Worth rule={current} currency={place.currency} /> : null}
      </p>
      {current ? <Why rule={current} timeZone={place.timeZone} /> : null}
      {coming.map((rule) => (
        <Coming key={rule.id} rule={rule} place={place} />
      ))}
      {older.length > 0 ? (
        <details className="disclosure mt-1">
          <summary className="t-small text-pen">{t('older', { count: older.length })}</summary>
          <ul>
            {older.map((rule) => (
              <li key={rule.id} id={rule.id} className="target mt-2">
                <Worth rule={rule} currency={place.currency} />
                <Why rule={rule} timeZone={place.timeZone} />
                {rule.ended ? (
                  <p className="t-note text-ink-2">{t(`ended.${rule.ended as 'expired'}`)}</p>
                ) : null}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  );
}

function Worth({ rule, currency }: { rule: Rule; currency: string }) {
  const t = useTranslations('settings.rates');
  const { moneyText, rateText } = useFormat();
  const text = rule.rate
    ? t(isHourly(rule.kind) ? 'hour' : 'each', { rate: rateText(rule.rate, currency) })
    : rule.fixedValue
      ? t('fixedValue', { value: moneyText(rule.fixedValue, { currency }) })
      : (rule.expression ?? t('market'));
  return <span className="t-ui whitespace-nowrap">{text}</span>;
}

function Why({ rule, timeZone }: { rule: Rule; timeZone: string }) {
  const t = useTranslations('settings.version');
  const { dateLong } = useFormat();
  return (
    <p className="t-small text-ink-2">
      {t('one', { version: rule.version })} {t('from', { date: dateLong(rule.effectiveFrom) })}.{' '}
      {rule.setBy
        ? t('setBy', { name: rule.setBy.displayName, date: dateLong(dayIn(timeZone, rule.setAt)) })
        : t('setFounding')}
      . “{rule.rationale}”
    </p>
  );
}

function Coming({ rule, place }: { rule: Rule; place: Place }) {
  const t = useTranslations('settings');
  const { dateLong } = useFormat();
  return (
    <div id={rule.id} className="draft target mt-2 px-3 py-2">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-pencil">
        <span className="t-note">{t('version.coming', { date: dateLong(rule.effectiveFrom) })}</span>
        <Worth rule={rule} currency={place.currency} />
      </p>
      <Why rule={rule} timeZone={place.timeZone} />
      {rule.inForce ? null : <p className="t-note mt-1 text-wait">{t('rates.waits')}</p>}
      {rule.viewerMayConfirm ? (
        <PageForm
          form={rule.id}
          act={confirmValuationRule}
          actionKey={randomUUID()}
          returnTo="/settings/rates"
          label={t('rates.sign')}
          about={{ ruleId: rule.id }}
          className="mt-2"
        />
      ) : null}
    </div>
  );
}
