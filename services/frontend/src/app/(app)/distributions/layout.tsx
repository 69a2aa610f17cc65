import type { ReactNode } from 'react';
import { Rooms } from '../../../components/rooms.tsx';

export default function DistributionsLayout({ children }: { children: ReactNode }) {
  return <Rooms of={['distributions']}>{children}</Rooms>;
}
