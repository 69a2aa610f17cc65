// What a version of a rule is called where the audit trail tells what something was judged by.
import { useTranslations } from 'next-intl';
import { ruleParts } from './audit-search.ts';

export function useRuleText(): (rule: string) => string {
  const t = useTranslations('audit');
  return (rule) => {
    const { name, version, id } = ruleParts(rule);
    return t('ruleVersion', { rule: t(`rules.${name as 'approval'}`), id: id ? ` …${id}` : '', version });
  };
}
