import { describe, expect, it } from 'vitest';
import { languageOf } from './language.ts';

describe('the language of a page', () => {
  it('is what the reader chose, whatever the browser asks for', () => {
    expect(languageOf('es', 'en-US,en;q=0.9', 'en')).toBe('es');
    expect(languageOf('klingon', 'es-MX', 'en')).toBe('es');
  });

  it('is the installation’s where the browser asks for none of ours', () => {
    expect(languageOf(undefined, null, 'es')).toBe('es');
    expect(languageOf(undefined, 'de, fr', 'es')).toBe('es');
    expect(languageOf(undefined, 'de, en;q=0.5', 'es')).toBe('en');
  });
});
