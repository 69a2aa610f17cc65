import type { ReactNode } from 'react';
import { Rooms } from '../../../components/rooms.tsx';

export default function ContributionsLayout({ children }: { children: ReactNode }) {
  return <Rooms of={['contribution', 'week']}>{children}</Rooms>;
}
