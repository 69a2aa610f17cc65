// The few icons that the frame and its forms draw in the browser, so that not all of them travel with every page.
import { Drawing } from './drawing.tsx';
import nodes from './frame-icon-nodes.json';

export type FrameIconName = keyof typeof nodes;

export function FrameIcon({ name, className }: { name: FrameIconName; className?: string }) {
  return <Drawing nodes={nodes[name]} className={className} />;
}
