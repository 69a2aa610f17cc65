import { describe, expect, it } from 'vitest';
import { languageOf } from './language.ts';

describe('the language of a page', () => {
  it('is what the reader chose, whatever the browser asks for', () => {
    expect(languageOf('es', 'en-US,en;q=0.9')).toBe('es');
    expect(languageOf('klingon', 'es-MX')).toBe('es');
  });

  it('is English where nothing else is known', () => {
    expect(languageOf(undefined, null)).toBe('en');
    expect(languageOf(undefined, 'de, fr')).toBe('en');
  });
});
