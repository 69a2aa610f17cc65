import { describe, expect, it } from 'vitest';
import { faultOf, faultsOf } from './fault.ts';

describe('what the API refuses', () => {
  it('a refusal keeps its reason and the field it belongs to', () => {
    const fault = faultOf(
      {
        message: 'A day has 24 hours.',
        extensions: { code: 'VALIDATION_ERROR', reason: 'OVER_24_HOURS', path: ['input', 'quantity'] },
      },
      'r-1',
    );
    expect(fault).toMatchObject({ kind: 'refused', reason: 'OVER_24_HOURS', field: 'quantity' });
  });

  it('an error without a known code is ours, and carries the correlation id of the API', () => {
    const fault = faultOf({ message: 'masked', extensions: { code: 'ODD', correlationId: 'c-9' } }, 'r-1');
    expect(fault).toMatchObject({ kind: 'internal', correlationId: 'c-9', field: null });
  });

  it('an input that is wrong in two places gives two faults, each at its field', () => {
    const faults = faultsOf(
      {
        message: 'first',
        extensions: {
          code: 'VALIDATION_ERROR',
          reason: 'INVALID_INPUT',
          faults: [
            { path: ['input', 'quantity'], message: 'A quantity is needed.' },
            { path: ['input', 'workedOn'], message: 'A day is needed.' },
          ],
        },
      },
      'r',
    );
    expect(faults.map(({ field, message }) => [field, message])).toEqual([
      ['quantity', 'A quantity is needed.'],
      ['workedOn', 'A day is needed.'],
    ]);
  });

  it('each of several places is told by its own reason, and facts only where they belong', () => {
    const faults = faultsOf(
      {
        message: 'Zero duration.',
        extensions: {
          code: 'VALIDATION_ERROR',
          reason: 'ZERO_DURATION',
          path: ['input', 'quantity'],
          text: '0',
          faults: [
            { path: ['input', 'quantity'], message: 'Zero duration.', reason: 'ZERO_DURATION' },
            {
              path: ['input', 'description'],
              message: 'Description required.',
              reason: 'DESCRIPTION_REQUIRED',
            },
          ],
        },
      },
      'r',
    );
    expect(faults.map(({ field, reason, facts }) => [field, reason, facts])).toEqual([
      ['quantity', 'ZERO_DURATION', { text: '0' }],
      ['description', 'DESCRIPTION_REQUIRED', {}],
    ]);
  });

  it('an expired session is told apart from a missing permission', () => {
    expect(faultOf({ message: '', extensions: { code: 'UNAUTHENTICATED' } }, 'r').kind).toBe('signed-out');
    expect(faultOf({ message: '', extensions: { code: 'FORBIDDEN' } }, 'r').kind).toBe('forbidden');
  });
});
