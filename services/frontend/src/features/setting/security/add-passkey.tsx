'use client';
// Making a passkey on this device: the browser asks its owner, and what the device answers goes along with the form.
import { TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import type { Act } from '../../../components/control/use-act.ts';
import { makePasskey, useHasPasskeys } from '../../../lib/passkey.ts';
import { addPasskey } from './security.actions.ts';

type AddPasskeyProps = {
  setup: string;
  actionKey: string;
  /** Said here only, so not sent with a whole room. */
  words: Readonly<Record<'unable' | 'unused' | 'add' | 'name' | 'nameHint', string>>;
};

export function AddPasskey({ setup, actionKey, words }: AddPasskeyProps) {
  const isThere = useHasPasskeys();
  const unable = <p className="t-body text-ink-2">{words.unable}</p>;
  if (isThere === false) return unable;
  const add: Act = async (state, form) => {
    const made = await makePasskey(setup);
    if (made === null) {
      const faults = [{ field: null, text: words.unused }];
      return { status: 'refused', faults, nextKey: crypto.randomUUID() };
    }
    form.set('credential', made);
    return addPasskey(state, form);
  };
  return (
    <>
      <noscript>{unable}</noscript>
      <div className={isThere ? undefined : 'invisible'}>
        <PageForm
          form="passkey"
          empties
          act={add}
          actionKey={actionKey}
          returnTo="/settings/me/security"
          label={words.add}
          tone="plain"
        >
          <TextField name="name" label={words.name} hint={words.nameHint} required />
        </PageForm>
      </div>
    </>
  );
}
