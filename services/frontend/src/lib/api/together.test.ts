import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { TadaDocumentNode } from './graphql.ts';
import { together } from './together.ts';

type Any = TadaDocumentNode<unknown, Record<string, never>>;
const frame = parse('query Shell { me { acts counts { close } } }') as Any;
const asked = (page: string) => print(together(parse(page) as Any, frame)).replace(/\s+/g, ' ');

describe('a page that takes the frame along', () => {
  it('asks for what both ask for once', () => {
    expect(asked('query P($id: ID!) { me { acts roles } item(id: $id) { id } }')).toBe(
      'query P($id: ID!) { me { acts roles counts { close } } item(id: $id) { id } }',
    );
  });

  it('asks for the frame beside a field of the same name that is not the same question', () => {
    expect(asked('query P($all: Boolean!) { me @include(if: $all) { roles } }')).toBe(
      'query P($all: Boolean!) { me @include(if: $all) { roles } me { acts counts { close } } }',
    );
  });

  it('keeps the fragments of the page', () => {
    expect(asked('query P { item { ...Card } } fragment Card on Item { id }')).toContain(
      'fragment Card on Item { id }',
    );
  });

  it('is put together once for a page', () => {
    const page = parse('query P { item { id } }') as Any;
    expect(together(page, frame)).toBe(together(page, frame));
  });
});
