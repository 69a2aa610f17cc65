// Type, space and colour: the scales everything else takes its sizes from.
import { useTranslations } from 'next-intl';
import { Section } from '../../components/print/section.tsx';
import { Table } from '../../components/print/table.tsx';
import tokens from './tokens.json';

const sizes = [
  ['t-hero', '60/60'],
  ['t-figure', '38/41'],
  ['t-title', '32/37'],
  ['t-head', '21/26'],
  ['t-body', '15/23'],
  ['t-ui', '14/20'],
  ['t-small', '13/18'],
  ['t-label', '12/16'],
  ['t-mono', 'IBM Plex Mono'],
  ['t-signature', '25/30'],
] as const;

export function TypeScale() {
  const t = useTranslations('design');
  return (
    <Section title={t('type')} id="type">
      <dl className="grid gap-4">
        {sizes.map(([name, size]) => (
          <div key={name} className="grid items-baseline gap-x-6 gap-y-1 desk:grid-cols-[170px_1fr]">
            <dt className="t-mono text-ink-2">
              {name} {size}
            </dt>
            <dd className={`${name} min-w-0`}>{t('sample')}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

const spaces = [4, 8, 12, 16, 20, 24, 36, 44, 64];

export function SpaceScale() {
  const t = useTranslations('design');
  return (
    <Section title={t('space')} id="space">
      <svg viewBox="0 0 340 90" className="block w-full max-w-md" aria-hidden="true">
        {spaces.map((space, index) => (
          <g key={space}>
            <rect x={index * 36} y={66 - space} width="24" height={space} className="fill-pen-soft" />
            <text x={index * 36} y="84" className="fill-ink-2 text-[11px]">
              {space}
            </text>
          </g>
        ))}
      </svg>
      <p className="sr-only">{spaces.join(', ')}</p>
    </Section>
  );
}

function Swatch({ colour, ratios }: { colour: string; ratios: readonly string[] }) {
  return (
    <>
      <svg viewBox="0 0 32 20" className="mr-2 inline-block h-5 w-8 align-[-5px]" aria-hidden="true">
        <rect width="32" height="20" rx="2" fill={colour} className="stroke-edge" />
      </svg>
      <span className="t-small">{ratios.join(' / ')}</span>
    </>
  );
}

export function ColourTable() {
  const t = useTranslations('design');
  return (
    <Section title={t('colours')} id="colours">
      <p className="t-small mb-3 text-ink-2">{t('coloursNote')}</p>
      <Table
        caption={t('colours')}
        rows={tokens}
        keyOf={({ name }) => name}
        className="max-w-3xl"
        columns={[
          { head: t('token'), name: ({ name }) => <code className="t-mono">{name}</code> },
          { head: t('light'), text: ({ light, ratios }) => <Swatch colour={light} ratios={ratios.light} /> },
          { head: t('dark'), text: ({ dark, ratios }) => <Swatch colour={dark} ratios={ratios.dark} /> },
        ]}
      />
    </Section>
  );
}
