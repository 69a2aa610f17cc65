// One drawing in the line. It is decoration beside a word: it never carries a meaning alone, so readers skip it.
import { createElement } from 'react';

/** A 16 px Lucide drawing, from its elements, in the colour of its text. */
export function Drawing({ nodes, className }: { nodes: unknown; className?: string | undefined }) {
  return (
    <svg
      className={className ? `icon ${className}` : 'icon'}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {(nodes as [string, Record<string, string>][]).map(([tag, attributes], index) =>
        createElement(tag, { ...attributes, key: index }),
      )}
    </svg>
  );
}
