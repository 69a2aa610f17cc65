// Terms that wait for a second person: what they would change, hatched because nothing of it counts, and two lines to
// sign on. The open line says who may.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AreaField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { DraftArea } from '../../../components/print/draft.tsx';
import { SignatureLine } from '../../../components/print/signature.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import type { Version } from '../provenance.tsx';
import { decideTerms } from './terms.actions.ts';

type WaitingProps = {
  version: Version & { id: string; effectiveOn: string; viewerMayDecide: boolean };
  room: 'weights' | 'allocation';
  viewer: string;
  timeZone: string;
  children: ReactNode;
};

export function WaitingTerms({ version, room, viewer, timeZone, children }: WaitingProps) {
  const t = useTranslations('settings.second');
  const { dateLong, instantText } = useFormat();
  const may = version.viewerMayDecide;
  return (
    <DraftArea
      title={t('title', { version: version.version })}
      id={`waits-${version.version}`}
      className="mb-9"
    >
      <p className="t-body mb-3 max-w-2xl text-ink-2">{t('text', { date: dateLong(version.effectiveOn) })}</p>
      {children}
      <p className="t-body mt-3">“{version.rationale}”</p>
      <div className="my-5 grid max-w-2xl gap-x-10 gap-y-5 desk:grid-cols-2">
        <SignatureLine
          {...(version.setBy ? { name: version.setBy.displayName } : {})}
          note={t('setNote', { time: instantText(version.setAt, timeZone) })}
        />
        <SignatureLine note={may ? viewer : t('openNote')} {...(may ? { yours: t('yours') } : {})} />
      </div>
      {may ? (
        <div className="grid max-w-2xl gap-2">
          <PageForm
            form={`sign-${version.version}`}
            act={decideTerms}
            actionKey={randomUUID()}
            returnTo={`/settings/${room}`}
            label={t('sign')}
            about={{ termsId: version.id, approve: 'true', room }}
          />
          <PageForm
            form={`decline-${version.version}`}
            fold={{ label: t('decline'), tone: 'stop' }}
            act={decideTerms}
            actionKey={randomUUID()}
            returnTo={`/settings/${room}`}
            label={t('decline')}
            tone="stop"
            about={{ termsId: version.id, approve: 'false', room }}
          >
            <AreaField name="reason" label={t('reason')} required />
          </PageForm>
        </div>
      ) : null}
    </DraftArea>
  );
}
