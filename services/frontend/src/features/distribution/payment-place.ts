// Where a payment is to be seen: its distribution alone on the page, at its own line.

/** The address of one distribution, or of one payment in it. */
export function distributionHref(id: string): string {
  return `/distributions?open=${encodeURIComponent(id)}`;
}

export function paymentHref(payment: { id: string; distribution: { id: string } }): string {
  return `${distributionHref(payment.distribution.id)}#${lineAnchor(payment.id)}`;
}

/** The place of a line on the page; an id of the API has signs an address would escape. */
export const lineAnchor = (id: string): string => `line-${id.replace(/[^A-Za-z0-9]/g, '')}`;
