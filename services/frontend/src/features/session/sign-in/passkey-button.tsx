'use client';
// Saying who one is with a passkey: one press, and the device asks for a finger, a face or a number. Shown only where a
// browser has passkeys, whose place is kept until that is known; without a script the password is the way in.
import { useState, useTransition } from 'react';
import { Button } from '../../../components/control/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { signWithPasskey, useHasPasskeys } from '../../../lib/passkey.ts';

type PasskeyButtonProps = {
  returnTo: string;
  /** What the device is asked to sign; null when the API cannot be reached. */
  request: () => Promise<string | null>;
  /** Gets what the device signed as `passkey`. */
  act: (form: FormData) => void;
  words: Readonly<Record<'act' | 'unused', string>>;
};

export function PasskeyButton({ returnTo, request, act, words }: PasskeyButtonProps) {
  const isThere = useHasPasskeys();
  const [pending, start] = useTransition();
  const [unused, setUnused] = useState(false);
  if (isThere === false) return null;
  const press = () => {
    start(async () => {
      const options = await request();
      const signed = options === null ? null : await signWithPasskey(options);
      setUnused(signed === null);
      if (signed === null) return;
      const form = new FormData();
      form.set('passkey', signed);
      form.set('return', returnTo);
      start(() => act(form));
    });
  };
  return (
    <>
      <Button
        type="button"
        tone="plain"
        icon={<Icon name="key" />}
        className={`min-h-[46px] w-full ${isThere ? '' : 'invisible'}`}
        disabled={pending}
        onClick={press}
      >
        {words.act}
      </Button>
      {unused ? (
        <p role="alert" className="t-small text-ink-2">
          {words.unused}
        </p>
      ) : null}
    </>
  );
}
