// Two questions sent as one: a page's own, and that of the frame around it.
import type { FieldNode, OperationDefinitionNode, SelectionNode } from 'graphql';
import { Kind } from 'graphql';
import type { TadaDocumentNode } from './graphql.ts';

const combined = new WeakMap<object, TadaDocumentNode<unknown, never>>();

/** One document that asks for both; fields both ask for at the top are asked for once. Made once per page. */
export function together<Data, Variables>(
  page: TadaDocumentNode<Data, Variables>,
  frame: TadaDocumentNode<unknown, Record<string, never>>,
): TadaDocumentNode<Data, Variables> {
  const known = combined.get(page);
  if (known) return known as TadaDocumentNode<Data, Variables>;
  const added = operationOf(frame).selectionSet.selections;
  const definitions = page.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? { ...definition, selectionSet: withAll(definition.selectionSet, added) }
      : definition,
  );
  const both = { ...page, definitions } as TadaDocumentNode<Data, Variables>;
  combined.set(page, both as TadaDocumentNode<unknown, never>);
  return both;
}

function withAll(
  set: OperationDefinitionNode['selectionSet'],
  added: readonly SelectionNode[],
): OperationDefinitionNode['selectionSet'] {
  let selections: readonly SelectionNode[] = set.selections;
  for (const one of added) {
    const same = selections.find((other) => isSameField(other, one));
    if (same === undefined) selections = [...selections, one];
    else if (same.kind === Kind.FIELD && one.kind === Kind.FIELD && same.selectionSet && one.selectionSet) {
      const merged = { ...same, selectionSet: withAll(same.selectionSet, one.selectionSet.selections) };
      selections = selections.map((other) => (other === same ? merged : other));
    }
  }
  return { ...set, selections };
}

/** Only fields asked for plainly are one: no other name, no argument, no condition. */
function isSameField(left: SelectionNode, right: SelectionNode): boolean {
  const plain = (node: SelectionNode): node is FieldNode =>
    node.kind === Kind.FIELD && !node.alias && !node.arguments?.length && !node.directives?.length;
  return plain(left) && plain(right) && left.name.value === right.name.value;
}

function operationOf(document: TadaDocumentNode<unknown, Record<string, never>>): OperationDefinitionNode {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The frame asks nothing.');
  return operation;
}
