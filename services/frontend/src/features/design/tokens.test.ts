import { describe, expect, it } from 'vitest';
import { tokenList } from '../../../scripts/token-list.mjs';
import tokens from './tokens.json';

const inks = ['ink', 'ink-2', 'ink-3', 'pen', 'pencil', 'tax', 'done', 'wait', 'stop'];
const worst = (name: string) => {
  const token = tokens.find((one) => one.name === name);
  return Math.min(...[...(token?.ratios.light ?? []), ...(token?.ratios.dark ?? [])].map(Number));
};

describe('the colours', () => {
  it('are shown as tokens.css has them', async () => {
    expect(tokens).toEqual(await tokenList());
  });

  it.each(inks)('%s can be read on every ground in both themes', (name) => {
    expect(worst(name)).toBeGreaterThanOrEqual(4.5);
  });

  it('the edge of a control is seen on every ground', () => {
    expect(worst('edge')).toBeGreaterThanOrEqual(3);
  });
});
