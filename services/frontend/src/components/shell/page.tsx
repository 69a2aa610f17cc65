// The width and margins of an ordinary page: up to 1180, 44 at the sides, 18 on a phone.
import type { ReactNode } from 'react';

export function Page({ children }: { children: ReactNode }) {
  return <div className="max-w-[1268px] px-[18px] pt-4 pb-12 desk:px-11 desk:pt-6 print:p-0">{children}</div>;
}
