// What the catalogue's printer in the browser keeps its `Intl` formatters with, see `next.config.ts`: made once for the
// same language and options. In place of @formatjs/fast-memoize, of whose three strategies it uses one.
type Cache = { get: (key: string) => unknown; set: (key: string, made: unknown) => void };
type Options = { cache: { create: () => Cache } };

export const strategies = { variadic: null };

export function memoize(make: (...values: unknown[]) => unknown, { cache }: Options) {
  const kept = cache.create();
  return (...values: unknown[]): unknown => {
    const key = JSON.stringify(values);
    let made = kept.get(key);
    if (made === undefined) kept.set(key, (made = make(...values)));
    return made;
  };
}
