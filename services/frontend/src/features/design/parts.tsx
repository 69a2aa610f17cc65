// The parts of the pages, each in the states it can be in. They are the parts themselves, not pictures of them.
import { useTranslations } from 'next-intl';
import { Button } from '../../components/control/button.tsx';
import { ChoiceField, Field, fieldAria } from '../../components/control/field.tsx';
import { StepPlot } from '../../components/plot/step-plot.tsx';
import { DraftArea } from '../../components/print/draft.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import { Figure, Money } from '../../components/print/money.tsx';
import { Section } from '../../components/print/section.tsx';
import { SignatureLine } from '../../components/print/signature.tsx';
import { Age, Status, statusNames } from '../../components/print/status.tsx';
import { Table } from '../../components/print/table.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { Empty } from '../../components/state/states.tsx';
import { Icon } from '../../components/icon.tsx';

export function Controls() {
  const t = useTranslations('design');
  return (
    <Section title={t('controls')} id="controls">
      <div className="mb-6 flex flex-wrap gap-2.5">
        <Button tone="primary" icon={<Icon name="check" />} keyName="A">
          {t('primary')}
        </Button>
        <Button>{t('press')}</Button>
        <Button tone="stop">{t('danger')}</Button>
        <Button tone="quiet" icon={<Icon name="right" />}>
          {t('quiet')}
        </Button>
        <Button disabled>{t('disabled')}</Button>
      </div>
      <div className="grid max-w-2xl gap-6 desk:grid-cols-2">
        <Field id="design-field" label={t('field')} hint={t('fieldHint')}>
          <input {...fieldAria('design-field', undefined, true)} className="field" />
        </Field>
        <Field id="design-faulty" label={t('faulty')} fault={t('fault')}>
          <input {...fieldAria('design-faulty', t('fault'))} className="field" />
        </Field>
        <ChoiceField id="design-choice" label={t('choice')}>
          <div className="grid gap-2">
            {(['choice', 'choiceOther'] as const).map((name, index) => (
              <label key={name} className="choice">
                <input type="radio" name="design-choice" value={name} defaultChecked={index === 0} />
                <span>{t(name)}</span>
              </label>
            ))}
          </div>
        </ChoiceField>
      </div>
    </Section>
  );
}

export function Statuses() {
  const t = useTranslations('design');
  return (
    <Section title={t('statuses')} id="statuses">
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        {statusNames.map((name) => (
          <li key={name}>
            <Status name={name} />
          </li>
        ))}
        <li>
          <Age days={1} stale={false} />
        </li>
        <li>
          <Age days={5} stale />
        </li>
      </ul>
    </Section>
  );
}

const rows = [
  ['LABOR', '600.00'],
  ['REVENUE', '1840.00'],
  ['CASH', '-525.41'],
] as const;

export function Tables() {
  const t = useTranslations('design');
  const kind = useTranslations('kind');
  return (
    <Section title={t('table')} id="table">
      <Table
        caption={t('tableCaption')}
        rows={rows}
        keyOf={([name]) => name}
        total="total"
        className="max-w-md"
        columns={[
          { head: t('what'), name: ([name]) => kind(name), total: t('total') },
          { head: t('value'), money: ([, value]) => value, total: '1914.59' },
        ]}
      />
    </Section>
  );
}

export function Signatures() {
  const t = useTranslations('design');
  return (
    <Section title={t('signatures')} id="signatures">
      <div className="grid max-w-2xl gap-7 desk:grid-cols-3">
        <SignatureLine name="Alice Moreno" note={t('signed')} />
        <SignatureLine note={t('open')} />
        <SignatureLine note={t('open')} yours={t('yours')} />
      </div>
    </Section>
  );
}

export function Drafts() {
  const t = useTranslations('design');
  return (
    <Section title={t('drafts')} id="drafts">
      <div className="grid max-w-3xl gap-6 desk:grid-cols-2">
        <DraftArea title={t('draftTitle')} id="design-draft">
          <p className="mb-3">
            <Figure value="5254.06" currency="USD" tone="draft" />
          </p>
          <FactList
            draft
            lines={[{ key: 'value', label: t('value'), value: <Money value="5254.06" />, tone: 'draft' }]}
          />
        </DraftArea>
        <div>
          <p className="mb-3">
            <Figure value="5254.06" currency="USD" tone="pen" final />
          </p>
          <FactList
            lines={[
              { key: 'book', label: t('plotBook'), value: <Money value="5254.06" /> },
              { key: 'tax', label: t('plotTax'), value: <Money value="4100.00" />, tone: 'tax' },
            ]}
            total={{ label: t('total'), value: <Money value="5254.06" /> }}
          />
        </div>
      </div>
    </Section>
  );
}

const plotted = {
  points: [
    { on: '2025-10-01', book: '2000.00', tax: '2000.00' },
    { on: '2026-01-15', book: '7400.00', tax: '5100.00' },
    { on: '2026-05-20', book: '12400.00', tax: '9100.00' },
  ],
  until: '2026-09-30',
  draftBook: '14100.00',
  noteOn: null,
};

export function Plots() {
  const t = useTranslations('design');
  return (
    <Section title={t('plots')} id="plots">
      <div className="max-w-2xl">
        <StepPlot
          data={plotted}
          label={t('plotLabel')}
          words={{ book: t('plotBook'), tax: t('plotTax'), draft: null, note: null }}
          width={620}
          height={230}
        />
      </div>
    </Section>
  );
}

export function States() {
  const t = useTranslations('design');
  return (
    <Section title={t('states')} id="states">
      <div className="grid gap-4">
        <Notice>{t('noticePlain')}</Notice>
        <Notice tone="wait">{t('noticeWait')}</Notice>
        <Notice tone="stop">{t('noticeStop')}</Notice>
        <Empty title={t('emptyTitle')} text={t('emptyText')} />
      </div>
    </Section>
  );
}
