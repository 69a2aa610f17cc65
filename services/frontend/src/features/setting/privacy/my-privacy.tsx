// One's own data on a page: take it away, have it erased, and what is kept for how long.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '../../../components/control/button.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Notice } from '../../../components/state/notice.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { requestErasure, withdrawErasure } from './privacy.actions.ts';
import type { MyPrivacy } from './privacy.documents.ts';

const at = '/settings/me/privacy';

/** The archive is for whoever has just said who they are. A plain link: it leads to a file, not to a page. */
export function TakeAway({ proven }: { proven: boolean }) {
  const t = useTranslations('privacy');
  return (
    <>
      <p className="t-body mb-4 text-ink-2">{t('takeText')}</p>
      {proven ? (
        <a href={`${at}/data`} download className="link t-strong inline-block min-h-11 py-2.5">
          {t('take')}
        </a>
      ) : (
        <ButtonLink href={`/confirm?return=${encodeURIComponent(`${at}#take`)}`}>{t('prove')}</ButtonLink>
      )}
    </>
  );
}

/** How far a request is, in a sentence. */
export function useErasureSentence({ currency, timeZone }: { currency: string; timeZone: string }) {
  const t = useTranslations('privacy');
  const { moneyText, instantText } = useFormat();
  return (erasure: {
    status: NonNullable<MyPrivacy['me']['erasure']>['status'];
    settledAt: string | null;
    obstacle: string | null;
    obstacleAmount: string | null;
    endedReason: string | null;
    declinedBy: { displayName: string } | null;
  }) => {
    const { status, settledAt, obstacle, obstacleAmount, endedReason: reason, declinedBy } = erasure;
    const date = settledAt === null ? '' : instantText(settledAt, timeZone);
    if (status === 'DECLINED')
      return t('status.DECLINED', { date, name: declinedBy?.displayName ?? '—', reason: reason ?? '—' });
    if (status !== 'REFUSED') return t(`status.${status}`, { date });
    const amount = obstacleAmount === null ? '' : moneyText(obstacleAmount, { currency });
    const known = `obstacle.${obstacle ?? ''}` as 'obstacle.CAPITAL_LEFT';
    return t('status.REFUSED', { date, why: t.has(known) ? t(known, { amount }) : (obstacle ?? '') });
  };
}

export function OwnErasure({ me, cooperative }: Pick<MyPrivacy, 'me' | 'cooperative'>) {
  const t = useTranslations('privacy');
  const sentence = useErasureSentence(cooperative);
  const { erasure, member } = me;
  const isOpen = erasure !== null && erasure.settledAt === null;
  return (
    <>
      <p className="t-body mb-4 text-ink-2">{t('eraseText')}</p>
      {erasure ? (
        <div className="mb-5">
          <Notice tone={isOpen ? 'wait' : 'plain'}>{sentence(erasure)}</Notice>
        </div>
      ) : null}
      {isOpen && erasure.status !== 'APPROVED' ? (
        <PageForm
          form="withdraw"
          act={withdrawErasure}
          actionKey={randomUUID()}
          returnTo={at}
          label={t('withdraw')}
          tone="plain"
          about={{ erasureId: erasure.id }}
        />
      ) : null}
      {!isOpen && member ? (
        <PageForm
          form="erase"
          fold={{ label: t('erase'), tone: 'stop' }}
          act={requestErasure}
          actionKey={randomUUID()}
          returnTo={at}
          label={t('eraseAct')}
          tone="stop"
          about={{ memberId: member.id }}
          className="max-w-xl"
        >
          <p className="t-body">{t('eraseWarning')}</p>
        </PageForm>
      ) : null}
    </>
  );
}

const KEPT = [
  'books',
  'contributions',
  'names',
  'payout',
  'texts',
  'evidence',
  'account',
  'audit',
  'backups',
] as const;

/** What is kept, why, and what an erasure does with it: a list, because each is a sentence. */
export function KeptList() {
  const t = useTranslations('privacy.kept');
  return (
    <dl className="max-w-3xl">
      {KEPT.map((one) => (
        <div key={one} className="border-b border-rule py-3">
          <dt className="t-strong">{t(`${one}.what`)}</dt>
          <dd className="t-small mt-0.5 text-ink-2">{t(`${one}.how`)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How long what is over is kept. */
export function RetentionList({ rules }: { rules: MyPrivacy['retention'] }) {
  const t = useTranslations('privacy');
  return (
    <>
      <p className="t-body mb-4 text-ink-2">{t('retentionText')}</p>
      <dl className="max-w-3xl">
        {rules.map(({ what, days }) => (
          <div key={what} className="flex justify-between gap-6 border-b border-rule py-2.5">
            <dt className="t-ui">{t(`retention.${what}` as 'retention.over')}</dt>
            <dd className="t-ui whitespace-nowrap text-ink-2">{t('days', { count: days })}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
