import type { ReactNode } from 'react';
import { Rooms } from '../../../components/rooms.tsx';

export default function TreasuryLayout({ children }: { children: ReactNode }) {
  return <Rooms of={['posting']}>{children}</Rooms>;
}
