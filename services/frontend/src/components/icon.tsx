// Every icon of the pages. What is drawn in the browser on every page takes frame-icon.tsx instead.
import { Drawing } from './drawing.tsx';
import nodes from './icon-nodes.json';

export type IconName = keyof typeof nodes;

export function Icon({ name, className }: { name: IconName; className?: string }) {
  return <Drawing nodes={nodes[name]} className={className} />;
}
