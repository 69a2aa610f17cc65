// One drawing in the line. It is decoration beside a word: it never carries a meaning alone, so readers skip it.
import { createElement } from 'react';
import nodes from './icon-nodes.json';

export type IconName = keyof typeof nodes;

/** A 16 px Lucide drawing in the colour of its text. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  const drawing = nodes[name] as [string, Record<string, string>][];
  return (
    <svg
      className={className ? `icon ${className}` : 'icon'}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {drawing.map(([tag, attributes], index) => createElement(tag, { ...attributes, key: index }))}
    </svg>
  );
}
