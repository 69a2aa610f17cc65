'use client';
// The sign-in form. It says that a pair was wrong, never which half, and keeps the email as typed.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useActionState, useEffect, useState } from 'react';
import { Button } from '../../../components/control/button.tsx';
import { ChoiceField, Field, fieldAria } from '../../../components/control/field.tsx';
import { rememberSignIn } from '../../../components/state/kept-fields.ts';
import { Icon } from '../../../components/icon.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import type { SignInState } from '../session.actions.ts';
import { passkeyRequest, signIn } from '../session.actions.ts';
import { Link } from '../../../components/link.tsx';

type SignInFormProps = {
  returnTo: string;
  /** Where somebody stands whom the provider has named: before their choice or their code. */
  begun: SignInState | null;
  /** Another way in, for whoever has taken no step yet. */
  children: ReactNode;
};

export function SignInForm({ returnTo, begun, children }: SignInFormProps) {
  const t = useTranslations('signIn');
  const [state, act, pending] = useActionState<SignInState, FormData>(signIn, begun ?? { status: 'idle' });
  useEffect(rememberSignIn, []);
  const [typed, setTyped] = useState({ email: '', password: '' });
  const fault = state.status === 'refused' ? t(`refused.${state.reason}`, { code: state.code ?? '' }) : null;
  return (
    <form action={act} className="grid gap-5">
      {fault ? (
        <p role="alert" className="t-ui border-l-[3px] border-stop bg-stop-wash px-4 py-3 text-stop">
          {fault}
        </p>
      ) : null}
      <input type="hidden" name="return" value={returnTo} />
      {state.status === 'second' ? (
        <CodeFields challenge={state.challenge} by={state.by} wrong={state.wrong} />
      ) : state.status === 'choose' && state.sent ? (
        <input type="hidden" {...state.sent} />
      ) : (
        <>
          <Field id="email" label={t('email')}>
            <input
              {...fieldAria('email', undefined)}
              name="email"
              type="email"
              autoComplete="username"
              required
              autoFocus
              value={typed.email}
              onChange={(event) => setTyped({ ...typed, email: event.target.value })}
              className="field"
            />
          </Field>
          <PasswordField value={typed.password} onChange={(password) => setTyped({ ...typed, password })} />
        </>
      )}
      {state.status === 'choose' ? (
        <ChoiceField id="cooperativeSlug" label={t('which')}>
          <div className="grid gap-2">
            {state.cooperatives.map(({ slug, name }, index) => (
              <label key={slug} className="choice">
                <input type="radio" name="cooperativeSlug" value={slug} defaultChecked={index === 0} />
                <span>{name}</span>
              </label>
            ))}
          </div>
        </ChoiceField>
      ) : null}
      <Button type="submit" tone="primary" className="min-h-[46px] w-full" disabled={pending}>
        {pending ? t('working') : t('act')}
      </Button>
      <PasskeyButton
        returnTo={returnTo}
        request={passkeyRequest}
        act={act}
        words={{ act: t('passkey.act'), unused: t('passkey.unused') }}
      />
      {state.status === 'second' || begun ? null : children}
    </form>
  );
}

type CodeFieldsProps = { challenge: string; by: 'password' | 'provider'; wrong: boolean };

/** The second step: the first was right, and nothing of it is asked again. */
function CodeFields({ challenge, by, wrong }: CodeFieldsProps) {
  const t = useTranslations('signIn.second');
  const fault = wrong ? t('wrong') : undefined;
  return (
    <>
      <p role="status" className="notice t-ui">
        {t(by === 'provider' ? 'leadProvider' : 'lead')}
      </p>
      <input type="hidden" name="challenge" value={challenge} />
      <input type="hidden" name="by" value={by} />
      <Field id="code" label={t('code')} hint={t('hint')} fault={fault}>
        <input
          {...fieldAria('code', fault, true)}
          name="code"
          type="text"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          className="field"
        />
      </Field>
    </>
  );
}

function PasswordField({ value, onChange }: { value: string; onChange: (password: string) => void }) {
  const t = useTranslations('signIn');
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <Field id="password" label={t('password')}>
        <div className="relative">
          <input
            {...fieldAria('password', undefined)}
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            required
            value={value}
            onChange={(event) => onChange(event.target.value)}
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
      {/* Behind the field for the keyboard, beside its label for the eye. */}
      <Link href="/forgotten" className="link t-small absolute top-0 right-0">
        {t('forgotten')}
      </Link>
    </div>
  );
}
