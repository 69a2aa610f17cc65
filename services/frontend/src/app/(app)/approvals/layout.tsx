import type { ReactNode } from 'react';
import { Rooms } from '../../../components/rooms.tsx';

export default function ApprovalsLayout({ children }: { children: ReactNode }) {
  return <Rooms of={['approvals', 'contribution']}>{children}</Rooms>;
}
