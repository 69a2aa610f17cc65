import type { ReactNode } from 'react';
import { Rooms } from '../../../../../components/rooms.tsx';

export default function MyPayoutLayout({ children }: { children: ReactNode }) {
  return <Rooms of={['payout']}>{children}</Rooms>;
}
