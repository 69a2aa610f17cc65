// The habitat command for programs that run it inside themselves: tests.
export type { Output } from './program.ts';
export { runHabitat } from './program.ts';
