// The mark and the cooperative's name. Two posts and a double rule: a ledger's total, and an H.
export function Mark({ className = '' }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={`size-5 ${className}`}>
      <path d="M2.5 1v18M17.5 1v18" className="fill-none stroke-ink [stroke-width:3.4]" />
      <path d="M4 8.2h12M4 12h12" className="fill-none stroke-pen [stroke-width:1.5]" />
    </svg>
  );
}

export function Brand({ name, stacked }: { name: string; stacked?: boolean }) {
  return (
    <span className="flex items-center gap-3">
      <Mark />
      <span className={`font-serif text-[17px]/[1.2] font-medium ${stacked ? 'max-w-36' : 'truncate'}`}>
        {name}
      </span>
    </span>
  );
}
