// The API for programs that run it inside themselves: tests, the example, the bench.
export type { Api, ApiOptions, ApiSettings } from './api.ts';
export { createApi } from './api.ts';
export type { Allowances } from './guard/allowance.ts';
export { NO_ALLOWANCES, USUAL_ALLOWANCES } from './guard/allowance.ts';
