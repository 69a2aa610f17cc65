import { describe, expect, it } from 'vitest';
import { wantedLanguage } from './language.ts';

describe('the wanted language', () => {
  it('is the first asked for that we speak, by its weights', () => {
    expect(wantedLanguage('es-MX,es;q=0.9,en;q=0.8')).toBe('es');
    expect(wantedLanguage('fr-FR,fr;q=0.9,es;q=0.4,en;q=0.7')).toBe('en');
    expect(wantedLanguage('es;q=0,en')).toBe('en');
    expect(wantedLanguage('de, fr')).toBeNull();
  });
});
