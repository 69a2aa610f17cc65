'use client';
// A remark in the thread of a contribution: its author and its reviewers can write one at any time.
import { useTranslations } from 'next-intl';
import { Button, Kbd } from '../../components/control/button.tsx';
import { Field, fieldAria } from '../../components/control/field.tsx';
import { FormOutcome } from '../../components/control/form-outcome.tsx';
import { useAct } from '../../components/control/use-act.ts';
import { faultAt } from '../../lib/api/action-state.ts';
import { writeComment } from './contribution.actions.ts';
import { FrameIcon } from '../../components/frame-icon.tsx';

type WriteCommentProps = {
  id: string;
  actionKey: string;
  /** The key that opens it, where the page listens for keys. */
  keyName?: string;
};

export function WriteComment({ id, actionKey, keyName }: WriteCommentProps) {
  const t = useTranslations('contribution');
  const [state, send, pending] = useAct(writeComment);
  return (
    <details className="given mt-3">
      <summary
        className="t-ui inline-flex min-h-11 items-center gap-2 text-pen"
        data-key={keyName?.toLowerCase()}
      >
        {t('write')}
        {keyName ? <Kbd>{keyName}</Kbd> : null}
      </summary>
      <form key={actionKey} action={send} className="mt-2 grid max-w-xl gap-3">
        <FormOutcome state={state} returnTo={`/contributions/${encodeURIComponent(id)}`} />
        <input type="hidden" name="contributionId" value={id} />
        <input
          type="hidden"
          name="idempotencyKey"
          value={state.status === 'refused' ? state.nextKey : actionKey}
        />
        <Field id="body" label={t('remark')} fault={faultAt(state, 'body')}>
          <textarea
            {...fieldAria('body', faultAt(state, 'body'))}
            name="body"
            rows={2}
            required
            maxLength={2000}
            className="field block"
          />
        </Field>
        <Button
          type="submit"
          icon={<FrameIcon name="sent" />}
          disabled={pending}
          className="justify-self-start"
        >
          {t('sendRemark')}
        </Button>
      </form>
    </details>
  );
}
