// Where the payment of a share stands, as a sentence for whoever is paid.
import { useTranslations } from 'next-intl';
import { useFormat } from '../../lib/language/use-format.ts';

type Payment = { status: string; payOn: string | null; paidOn: string | null };

const waiting = ['calculated', 'approved', 'scheduling', 'voiding'];

/** Words for a screen, in its language: of no payment too. Works in server and client components alike. */
export function usePaymentWords() {
  const { dateLong } = useFormat();
  const t = useTranslations('distributions.mine');
  return (payment: Payment | null): string => {
    if (payment === null) return t('none');
    const { status, payOn, paidOn } = payment;
    if (paidOn) return t('paid', { date: dateLong(paidOn) });
    if (status === 'failed' || status === 'cancelled') return t(status);
    if (waiting.includes(status)) return t(status === 'calculated' ? 'proposed' : 'approved');
    return payOn ? t('planned', { date: dateLong(payOn) }) : t('approved');
  };
}
