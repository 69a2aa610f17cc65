// Who did what an entry of the audit trail tells: a person by name, with the key of theirs that a program used.
import type { useTranslations } from 'next-intl';
import type { AuditEntry } from './audit.documents.ts';

export function actorText(
  t: ReturnType<typeof useTranslations<'audit'>>,
  { actor, actorKind, keyName }: AuditEntry,
): string {
  const name = actor?.displayName ?? t(`kind.${actorKind as 'system'}`);
  return keyName === null ? name : t('byKey', { key: keyName, name });
}
