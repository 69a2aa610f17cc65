// One's own second factor: off, being set up, or in force.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { CopyButton } from '../../../components/control/copy-button.tsx';
import { TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Notice } from '../../../components/state/notice.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { QrCode } from './qr-code.tsx';
import { beginSecondFactor, showRecoveryCodes, turnOffSecondFactor } from './security.actions.ts';
import type { SecurityRoom } from './security.documents.ts';

type Factor = SecurityRoom['me']['secondFactor'];

const at = '/settings/me/security';

export function SecondFactor({ factor, timeZone }: { factor: Factor; timeZone: string }) {
  const t = useTranslations('security');
  const role = useTranslations('shell.role');
  const isOn = factor.since !== null;
  return (
    <div className="grid gap-5">
      {factor.withheldRoles.length > 0 ? (
        <Notice tone="wait">
          {t('withheld', { roles: factor.withheldRoles.map((one) => role(one as 'member')).join(', ') })}
        </Notice>
      ) : null}
      <Standing factor={factor} timeZone={timeZone} />
      {isOn || factor.setup ? (
        <PageForm
          form="codes"
          act={showRecoveryCodes}
          actionKey={randomUUID()}
          returnTo={at}
          label={t(isOn ? 'renewAct' : 'confirmAct')}
          tone={isOn ? 'plain' : 'primary'}
        >
          {isOn ? null : (
            <TextField
              name="code"
              label={t('code')}
              hint={t('codeHint')}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
            />
          )}
        </PageForm>
      ) : null}
      {isOn ? (
        <PageForm
          form="off"
          fold={{ label: t('off'), tone: 'stop' }}
          act={turnOffSecondFactor}
          actionKey={randomUUID()}
          returnTo={at}
          label={t('offAct')}
          tone="stop"
        >
          <p className="t-body text-ink-2">{t('offText')}</p>
        </PageForm>
      ) : (
        <PageForm
          form="begin"
          act={beginSecondFactor}
          actionKey={randomUUID()}
          returnTo={at}
          label={t(factor.setup ? 'beginAgain' : 'begin')}
          tone={factor.setup ? 'plain' : 'primary'}
        />
      )}
    </div>
  );
}

function Standing({ factor, timeZone }: { factor: Factor; timeZone: string }) {
  const t = useTranslations('security');
  const { instantText } = useFormat();
  if (factor.since !== null) {
    const on = t('on', { date: instantText(factor.since, timeZone) });
    const left = t('left', { count: factor.recoveryCodesLeft });
    // Whoever loses the device now is locked out: that is more than a fact to read over.
    if (factor.recoveryCodesLeft === 0) {
      return (
        <>
          <p className="t-body text-ink-2">{on}</p>
          <Notice tone="wait">{left}</Notice>
        </>
      );
    }
    return (
      <p className="t-body text-ink-2">
        {on} {left}
      </p>
    );
  }
  if (!factor.setup) return <p className="t-body text-ink-2">{t('none')}</p>;
  const { secret, address } = factor.setup;
  return (
    <>
      <p className="t-body text-ink-2">{t('scan')}</p>
      <QrCode text={address} label={t('picture')} />
      <div>
        <p className="t-small text-ink-2">{t('byHand')}</p>
        <code className="t-mono block break-all select-all">{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
        <CopyButton text={secret} />
      </div>
    </>
  );
}
