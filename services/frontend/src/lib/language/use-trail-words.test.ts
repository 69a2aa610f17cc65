// An entry of the trail that only says that something was done is called by what was done.
import { createTranslator } from 'next-intl';
import { expect, it } from 'vitest';
import en from '../../../messages/en/trail.json' with { type: 'json' };
import es from '../../../messages/es/trail.json' with { type: 'json' };
import { trailWords } from './use-trail-words.ts';

const wordsIn = (locale: 'en' | 'es', trail: typeof en) =>
  trailWords(createTranslator({ locale, messages: { trail }, namespace: 'trail' }) as never);

it.each([
  ['en', en],
  ['es', es as typeof en],
] as const)('in %s an act that no other event tells is called by its command', (locale, trail) => {
  const { event, command } = wordsIn(locale, trail);
  expect(event('platform.act.done', 'setWeights')).toBe(trail.command.setWeights);
  expect(event('platform.act.done', null)).toBe(trail.event.platform.act.done);
  expect(event('platform.request.expired', 'lockPeriod')).toBe(trail.event.platform.request.expired);
  // A code from before, or from a later version, is said as it stands.
  expect(command('noLongerKnown')).toBe('noLongerKnown');
});
