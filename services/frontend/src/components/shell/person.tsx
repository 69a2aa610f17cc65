// A person as a round mark with initials, and a name beside it.
import { initials } from '../../lib/format.ts';

export function PersonMark({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="t-label flex size-8 flex-none items-center justify-center rounded-full border border-rule bg-sunk text-ink-2"
    >
      {initials(name)}
    </span>
  );
}

export function Person({ name, note }: { name: string; note: string }) {
  return (
    <span className="flex items-center gap-2.5">
      <PersonMark name={name} />
      <span className="min-w-0">
        <span className="t-strong block truncate">{name}</span>
        <span className="t-small block truncate text-ink-2">{note}</span>
      </span>
    </span>
  );
}
