// The platform's front door: cooperatives, sign-in accounts, memberships, sessions.
export type { CooperativeProfile } from './cooperative/cooperative.ts';
