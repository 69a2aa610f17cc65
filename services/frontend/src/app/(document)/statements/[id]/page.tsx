// One statement, alone on the desk: no rail, so that what is printed is what is seen.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ButtonLink } from '../../../../components/control/button.tsx';
import { PrintButton } from '../../../../components/control/print-button.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { ownMemberId } from '../../../../features/session/own-member.ts';
import { statementDocument } from '../../../../features/statement/statement.documents.ts';
import { StatementSheet } from '../../../../features/statement/statement-sheet.tsx';
import { opening } from '../../../../lib/format.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';
import { read } from '../../../../lib/api/request.ts';
import { Icon } from '../../../../components/icon.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('statement'))('title') };
}

export default async function StatementPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const t = await getTranslations('statement');
  const { periodName } = await getFormat();
  const answer = await read(statementDocument, { id, memberId: await ownMemberId() });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { statement, statements, cooperative } = answer.data;
  if (!statement) notFound();
  const ordered = statements.toSorted((a, b) => (a.period.to < b.period.to ? 1 : -1));
  const place = ordered.findIndex((one) => one.id === statement.id) + 1;
  return (
    <div className="min-h-dvh bg-sunk print:min-h-0">
      <nav
        aria-label={t('title')}
        className="no-print flex flex-wrap items-center justify-between gap-3 border-b border-rule bg-paper px-[18px] py-3.5 desk:px-11"
      >
        <ButtonLink href="/statements" tone="quiet" icon={<Icon name="left" />}>
          {t('all')}
        </ButtonLink>
        <div className="flex items-center gap-2.5">
          {place > 0 ? (
            <span className="t-small text-ink-2">
              {t('place', {
                period: opening(periodName(statement.period.name)),
                place,
                count: ordered.length,
              })}
            </span>
          ) : null}
          <PrintButton>{t('print')}</PrintButton>
        </div>
      </nav>
      <main className="px-0 py-0 desk:px-6 desk:py-7 print:p-0">
        <StatementSheet statement={statement} cooperative={cooperative} />
      </main>
    </div>
  );
}
