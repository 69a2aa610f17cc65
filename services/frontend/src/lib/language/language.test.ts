import { describe, expect, it } from 'vitest';
import { languageOf, wantedLanguage } from './language.ts';

describe('the language of a page', () => {
  it('is what the reader chose, whatever the browser asks for', () => {
    expect(languageOf('es', 'en-US,en;q=0.9')).toBe('es');
    expect(languageOf('klingon', 'es-MX')).toBe('es');
  });

  it('is the first the browser asks for that we speak, by its weights', () => {
    expect(wantedLanguage('es-MX,es;q=0.9,en;q=0.8')).toBe('es');
    expect(wantedLanguage('fr-FR,fr;q=0.9,es;q=0.4,en;q=0.7')).toBe('en');
    expect(wantedLanguage('es;q=0,en')).toBe('en');
    expect(wantedLanguage('de, fr')).toBeNull();
  });

  it('is English where nothing else is known', () => {
    expect(languageOf(undefined, null)).toBe('en');
  });
});
