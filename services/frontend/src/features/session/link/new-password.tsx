// The fields of a new password, for the account of an address.
import { useTranslations } from 'next-intl';
import { TextField } from '../../../components/control/page-field.tsx';

export function NewPassword({ email }: { email: string }) {
  const t = useTranslations('wayIn');
  return (
    <>
      {/* Tells a password manager whose password it keeps. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <TextField
        name="password"
        type="password"
        label={t('newPassword')}
        hint={t('newHint')}
        autoComplete="new-password"
        required
      />
    </>
  );
}
