'use client';
// The sign-in form. It says that a pair was wrong, never which half, and keeps the email as typed.
import { useTranslations } from 'next-intl';
import { useActionState, useState } from 'react';
import { Button } from '../../components/control/button.tsx';
import { Field, fieldAria } from '../../components/control/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { signIn } from './session.actions.ts';

export function SignInForm({ returnTo }: { returnTo: string }) {
  const t = useTranslations('signIn');
  const [state, act, pending] = useActionState(signIn, { status: 'idle' });
  const [shown, setShown] = useState(false);
  const refused = state.status === 'refused' ? state : null;
  const fault = refused ? t(`refused.${refused.reason}`, { code: refused.code ?? '' }) : null;
  return (
    <form action={act} className="grid gap-5">
      {fault ? (
        <p role="alert" className="t-ui border-l-[3px] border-stop bg-stop-wash px-4 py-3 text-stop">
          {fault}
        </p>
      ) : null}
      <input type="hidden" name="return" value={returnTo} />
      <Field id="email" label={t('email')}>
        <input
          {...fieldAria('email', undefined)}
          key={refused?.email ?? ''}
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
          defaultValue={refused?.email ?? ''}
          className="field"
        />
      </Field>
      <Field id="password" label={t('password')}>
        <div className="relative">
          <input
            {...fieldAria('password', undefined)}
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            required
            className="field !pr-12"
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-label={t('show')}
            className="absolute inset-y-0 right-0 flex w-11 items-center justify-center text-ink-2"
            onClick={() => setShown(!shown)}
          >
            <Icon name="eye" />
          </button>
        </div>
      </Field>
      <Button type="submit" tone="primary" className="min-h-[46px] w-full" disabled={pending}>
        {pending ? t('working') : t('act')}
      </Button>
    </form>
  );
}
