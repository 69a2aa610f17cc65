// The API for programs that run it inside themselves: tests, the example, the bench.
export type { Api, ApiOptions, ApiSettings } from './api.ts';
export { createApi } from './api.ts';
export { NO_ALLOWANCES } from './guard/allowance.ts';
