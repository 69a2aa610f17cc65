// What a screen shows when it has nothing, is not allowed, or is not well. Each says what is so and what to do next.
import { useTranslations } from 'next-intl';
import { getFormatter, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Fault } from '../../lib/api/fault.ts';
import { graphql } from '../../lib/api/graphql.ts';
import { ask } from '../../lib/api/request.ts';
import { ButtonLink } from '../control/button.tsx';
import { CopyButton } from '../control/copy-button.tsx';
import { opening } from '../../lib/format.ts';
import { FrameIcon } from '../frame-icon.tsx';
import { RetryButton } from './retry-button.tsx';

export { Empty } from './empty.tsx';

const MOST_NAMES = 4;

const roleGiversDocument = graphql(`
  query RoleGivers {
    me {
      member {
        status
      }
    }
    cooperative {
      roleGivers {
        displayName
      }
    }
  }
`);

/** Everything that can come instead of an answer, told for what the person wanted to see. */
export function FaultState({ fault, subject }: { fault: Fault; subject: string }) {
  const t = useTranslations('state');
  if (fault.kind === 'forbidden') return <NoPermission subject={subject} />;
  // An address with a damaged id leads to nothing, and that is nobody's fault here.
  if (fault.kind === 'not-found' || fault.reason === 'BAD_ID') {
    return (
      <StateSheet title={t('notFound.title')}>
        <p className="t-body text-ink-2">{t('notFound.text')}</p>
        <ButtonLink href="/">{t('toOverview')}</ButtonLink>
      </StateSheet>
    );
  }
  const ours = fault.kind === 'unreachable' ? 'unreachable' : 'ours';
  return (
    <StateSheet title={t('ours.title', { subject })}>
      <p className="t-body text-ink-2">{t(`ours.${ours}`)}</p>
      {fault.correlationId ? (
        <p className="flex flex-wrap items-center gap-3">
          <code className="t-mono">{fault.correlationId}</code>
          <CopyButton text={fault.correlationId} />
        </p>
      ) : null}
      <RetryButton />
    </StateSheet>
  );
}

/** Standings in which roles give less than they otherwise would, whatever roles somebody holds. */
const LESS = ['PENDING', 'SUSPENDED', 'INACTIVE', 'WITHDRAWN', 'EXPELLED'];

/** A page that is not part of the role, or not while the standing is what it is: says so, and who by name can change it. */
export async function NoPermission({ subject }: { subject: string }) {
  const t = await getTranslations('state');
  const format = await getFormatter();
  const answer = await ask(roleGiversDocument, {});
  const names = answer.ok ? answer.data.cooperative.roleGivers.map(({ displayName }) => displayName) : [];
  const status = answer.ok ? answer.data.me.member?.status : null;
  const isLess = LESS.some((one) => one === status);
  return (
    <StateSheet
      title={opening(t(isLess ? 'forbidden.closed' : 'forbidden.title', { subject }))}
      above={
        <span className="t-note flex items-center gap-1.5 text-ink-2">
          <FrameIcon name="lock" />
          {isLess ? t(`forbidden.standing.${status as 'SUSPENDED'}`) : t('forbidden.mark')}
        </span>
      }
    >
      <p className="t-body text-ink-2">
        {names.length === 0
          ? t(isLess ? 'forbidden.lift' : 'forbidden.text')
          : t(isLess ? 'forbidden.liftAsk' : 'forbidden.ask', {
              names: format.list(names.slice(0, MOST_NAMES), { type: 'disjunction' }),
            })}
      </p>
      <ButtonLink href="/">{t('toOverview')}</ButtonLink>
    </StateSheet>
  );
}

function StateSheet({ title, above, children }: { title: string; above?: ReactNode; children: ReactNode }) {
  return (
    <div className="sheet sheet-ruled mx-auto mt-8 grid max-w-lg justify-items-start gap-4 px-6 py-8 desk:px-8">
      <div className="grid gap-1.5">
        {above}
        <h1 className="t-head">{title}</h1>
      </div>
      {children}
    </div>
  );
}
