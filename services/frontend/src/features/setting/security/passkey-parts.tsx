// One's passkeys: what each is called, when it was used, giving it another name and taking it away.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '../../../components/control/button.tsx';
import { TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { AddPasskey } from './add-passkey.tsx';
import { removePasskey, renamePasskey } from './security.actions.ts';
import type { SecurityRoom } from './security.documents.ts';

type PasskeysProps = Pick<SecurityRoom['me'], 'passkeys' | 'passkeySetup'> & { timeZone: string };

const at = '/settings/me/security';

export function Passkeys({ passkeys, passkeySetup, timeZone }: PasskeysProps) {
  const t = useTranslations('security.passkey');
  const { instantText } = useFormat();
  const words = {
    unable: t('unable'),
    unused: t('unused'),
    add: t('add'),
    name: t('name'),
    nameHint: t('nameHint'),
  };
  return (
    <>
      <p className="t-body mb-4 text-ink-2">{t(passkeys.length === 0 ? 'none' : 'about')}</p>
      {passkeys.length === 0 ? null : (
        <ul className="mb-4">
          {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
            <li key={id} className="t-ui border-b border-rule py-2.5">
              <p>
                {name}
                <span className="t-small text-ink-2">
                  {' · '}
                  {lastUsedAt
                    ? t('used', { date: instantText(lastUsedAt, timeZone) })
                    : t('added', { date: instantText(createdAt, timeZone) })}
                </span>
              </p>
              <PageForm
                form={`rename-${id}`}
                act={renamePasskey}
                actionKey={randomUUID()}
                returnTo={at}
                label={t('renameAct')}
                tone="plain"
                about={{ passkeyId: id }}
                fold={{ label: t('rename', { name }), quiet: true }}
              >
                <TextField name="name" label={t('newName')} value={name} maxLength={60} required />
              </PageForm>
              <PageForm
                form={id}
                act={removePasskey}
                actionKey={randomUUID()}
                returnTo={at}
                label={t('removeAct')}
                tone="stop"
                about={{ passkeyId: id }}
                fold={{ label: t('remove', { name }), tone: 'stop', quiet: true }}
              >
                <p className="t-body text-ink-2">{t('removeText')}</p>
              </PageForm>
            </li>
          ))}
        </ul>
      )}
      {passkeySetup === null ? (
        <ButtonLink href={`/confirm?return=${at}`} tone="plain">
          {t('prove')}
        </ButtonLink>
      ) : (
        <AddPasskey setup={passkeySetup} actionKey={randomUUID()} words={words} />
      )}
    </>
  );
}
