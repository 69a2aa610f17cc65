// A change that waits for a second person: what it would change, hatched because nothing of it counts, and two lines to
// sign on. The open line says who may.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AreaField } from '../../components/control/page-field.tsx';
import { PageForm } from '../../components/control/page-form.tsx';
import type { Act } from '../../components/control/use-act.ts';
import { DraftArea } from '../../components/print/draft.tsx';
import { SignatureLine } from '../../components/print/signature.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { useFormat } from '../../lib/language/use-format.ts';

type WaitingProps = {
  /** Its place on the page; tells its forms from those of another. */
  id: string;
  title: string;
  text: string;
  set: { rationale: string | null; setAt: string; setBy: { displayName: string } | null };
  /** Why nobody can sign any more. */
  late?: string;
  /** Who may be the second person, on the line while it is not this one. */
  openNote: string;
  may: { sign: boolean; decline: boolean };
  /** Says the declining of who asked for it: taking it back. */
  declineLabel?: string;
  viewer: string;
  timeZone: string;
  act: Act;
  about: Readonly<Record<string, string>>;
  returnTo: string;
  children?: ReactNode;
};

export function WaitingChange(props: WaitingProps) {
  const { id, set, may, about } = props;
  const t = useTranslations('settings.second');
  const { instantText } = useFormat();
  const decline = props.declineLabel ?? t('decline');
  const common = { act: props.act, returnTo: props.returnTo };
  return (
    <DraftArea title={props.title} id={id} className="mb-9">
      {props.late === undefined ? (
        <p className="t-body mb-3 max-w-2xl text-ink-2">{props.text}</p>
      ) : (
        <div className="mb-3 max-w-2xl">
          <Notice tone="stop">{props.late}</Notice>
        </div>
      )}
      {props.children}
      <p className="t-body mt-3">“{set.rationale}”</p>
      <div className="my-5 grid max-w-2xl gap-x-10 gap-y-5 desk:grid-cols-2">
        <SignatureLine
          {...(set.setBy ? { name: set.setBy.displayName } : {})}
          note={t('setNote', { time: instantText(set.setAt, props.timeZone) })}
        />
        <SignatureLine
          note={may.sign ? props.viewer : props.openNote}
          {...(may.sign ? { yours: t('yours') } : {})}
        />
      </div>
      <div className="grid max-w-2xl gap-2">
        {may.sign ? (
          <PageForm
            {...common}
            form={`sign-${id}`}
            actionKey={randomUUID()}
            label={t('sign')}
            about={{ ...about, approve: 'true' }}
          />
        ) : null}
        {may.decline ? (
          <PageForm
            {...common}
            form={`decline-${id}`}
            fold={{ label: decline, tone: 'stop' }}
            actionKey={randomUUID()}
            label={decline}
            tone="stop"
            about={{ ...about, approve: 'false' }}
          >
            <AreaField name="reason" label={t('reason')} required />
          </PageForm>
        ) : null}
      </div>
    </DraftArea>
  );
}
