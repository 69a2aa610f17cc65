// How far the peers of a contribution have come, in a sentence: "2 of 3 peers, until November 24, then a steward."
import { useTranslations } from 'next-intl';
import { useFormat } from '../../lib/language/use-format.ts';

interface Progress {
  readonly needed: number;
  readonly validated: number;
  readonly until: string;
  readonly onTimeout: 'ESCALATE' | 'APPROVE' | 'REJECT';
}

/** The sentence for what peers still decide. */
export function usePeerProgress() {
  const t = useTranslations('peers');
  const { dateLong } = useFormat();
  return ({ needed, validated, until, onTimeout }: Progress) =>
    t(`progress.${onTimeout}`, { validated, needed, date: dateLong(until) });
}
