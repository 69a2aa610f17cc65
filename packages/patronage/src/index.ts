/**
 * The front door of the patronage formula: pure functions of recorded inputs, safe in a browser.
 */
export { calculateAllocation } from './allocation.ts';
export type { AllocationCalculation, AllocationRefusal, MemberAllocation } from './allocation.ts';
export { explainAllocation } from './explanation.ts';
export type { ExplanationNode } from './explanation.ts';
export { parsePolicy } from './policy.ts';
export type {
  AllocationInput,
  AllocationPolicy,
  CategoryTotal,
  Formula,
  MemberPatronage,
  ParsedPolicy,
  PolicyRefusal,
  Rounding,
  Threshold,
} from './policy.ts';
export { sealRecord } from './record.ts';
export type { Participation, ShareLine, ShareRefusal, ThresholdFacts } from './share.ts';
export { allocableSurplus } from './surplus.ts';
export type {
  SurplusAmount,
  SurplusBase,
  SurplusCalculation,
  SurplusLine,
  SurplusRefusal,
  SurplusStep,
} from './surplus.ts';
export type { PatronageLine, PatronageRefusal, WeightedMember } from './weighted-patronage.ts';
export { allocationInputText, readAllocationInput, verifyRecord } from './verification.ts';
export type { VerificationRefusal } from './verification.ts';
