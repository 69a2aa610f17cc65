// Every room in a line: its name, what is in force in it, and whether something waits for a second signature.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';
import type { ResultOf } from '../../lib/api/graphql.ts';
import { firstOf } from '../../lib/civil-day.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { ratesOn } from './policy/rate-reach.ts';
import type { settingsDocument } from './setting.documents.ts';
import { WeightsLine } from './terms/weights-parts.tsx';
import { Link } from '../../components/link.tsx';

type Settings = ResultOf<typeof settingsDocument>;

type Room = {
  key:
    | 'weights'
    | 'rates'
    | 'approval'
    | 'contributions'
    | 'allocation'
    | 'classes'
    | 'books'
    | 'cooperative'
    | 'me'
    | 'apiKeys'
    | 'webhooks'
    | 'privacy'
    | 'operations'
    | 'waiting'
    | 'audit';
  text: ReactNode;
  waiting?: number;
  href?: string;
};

const waitingOf = (versions: readonly { status: string }[]) =>
  versions.filter(({ status }) => status === 'waiting').length;

export function RoomList({ settings }: { settings: Settings }) {
  const t = useTranslations('settings');
  const own: Room = { key: 'me', text: settings.me.email };
  const rooms = [own, ...useRuleRooms(settings), ...useOtherRooms(settings)];
  return (
    <ul className="max-w-3xl">
      {rooms.map((room) => (
        <li key={room.key} className="border-b border-rule">
          <Link
            href={room.href ?? `/settings/${room.key}`}
            className="group flex min-h-[60px] items-center gap-4 py-3 hover:bg-sunk"
          >
            <span className="min-w-0 flex-1">
              <span className="t-head block">{t(`rooms.${room.key}`)}</span>
              <span className="t-small block text-ink-2">{room.text}</span>
              {room.waiting ? (
                <span className="t-note mt-0.5 block text-wait">
                  <Icon name="waiting" className="mr-1.5 align-[-3px]" />
                  {t('waiting', { count: room.waiting })}
                </span>
              ) : null}
            </span>
            <Icon name="right" className="text-ink-3" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The rules the cooperative has agreed on. */
function useRuleRooms(settings: Settings): Room[] {
  const t = useTranslations('settings');
  const formulas = useTranslations('settings.allocation.formulas');
  const { moneyText, percentText } = useFormat();
  const { cooperative, policies, approvalPolicy, contributionPolicy, valuationRules } = settings;
  const money = (amount: string) => moneyText(amount, { currency: cooperative.currency });
  return [
    {
      key: 'weights',
      text: <WeightsLine weights={policies.weights.weights} />,
      waiting: waitingOf(settings.weights),
    },
    {
      key: 'rates',
      text: t('about.rates', {
        count: ratesOn(valuationRules, cooperative.today),
        days: contributionPolicy.noticeDays,
      }),
      waiting: valuationRules.filter(({ inForce, ended }) => !inForce && !ended).length,
    },
    {
      key: 'approval',
      text: t('about.approval', {
        from: money(approvalPolicy.twoApproversFrom),
        inKind: money(approvalPolicy.inKindTwoApproversFrom),
      }),
    },
    {
      key: 'contributions',
      text: t('about.contributions', {
        grace: contributionPolicy.graceDays,
        notice: contributionPolicy.noticeDays,
      }),
    },
    {
      key: 'allocation',
      text: t('about.allocation', {
        formula: formulas.has(policies.formula as 'weighted')
          ? formulas(policies.formula as 'weighted')
          : policies.formula,
        cash: percentText(policies.cashRate),
        reserve: money(policies.cashReserve),
      }),
      waiting: waitingOf(settings.agreementPolicyVersions),
    },
  ];
}

/** Who the cooperative is, and how the machinery does. */
function useOtherRooms(settings: Settings): Room[] {
  const t = useTranslations('settings.about');
  const { dateMonthDay } = useFormat();
  const { cooperative, me } = settings;
  return [
    {
      key: 'classes',
      text: settings.memberClasses
        .filter(({ retired }) => !retired)
        .map(({ name }) => name)
        .join(', '),
    },
    ...(me.acts.includes('journal.view')
      ? [
          {
            key: 'books' as const,
            text: t('books', { begins: dateMonthDay(firstOf(cooperative.fiscalStartMonth)) }),
          },
        ]
      : []),
    {
      key: 'cooperative',
      text: t('cooperative', { currency: cooperative.currency, zone: cooperative.timeZone }),
    },
    ...(me.acts.includes('api_key.create')
      ? [{ key: 'apiKeys' as const, text: t('apiKeys'), href: '/settings/api-keys' }]
      : []),
    ...(me.acts.includes('webhook.manage') ? [{ key: 'webhooks' as const, text: t('webhooks') }] : []),
    ...(['allocation.view_all', 'member.view_all'].some((act) => me.acts.includes(act))
      ? [{ key: 'waiting' as const, text: t('waiting') }]
      : []),
    ...(me.acts.includes('member.erase') ? [{ key: 'privacy' as const, text: t('privacy') }] : []),
    ...(me.acts.includes('system.operate')
      ? [{ key: 'operations' as const, text: t('operations'), href: '/operations' }]
      : []),
    ...(me.acts.includes('audit.view') ? [{ key: 'audit' as const, text: t('audit'), href: '/audit' }] : []),
  ];
}
