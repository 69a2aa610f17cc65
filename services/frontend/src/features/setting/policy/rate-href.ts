// Where a valuation rule stands among the rates, as an address.
export const rateHref = (ruleId: string): string => `/settings/rates#${encodeURIComponent(ruleId)}`;
