import type { ReactNode } from 'react';
import { Rooms } from '../../components/rooms.tsx';

export default function SignInLayout({ children }: { children: ReactNode }) {
  return <Rooms of={['signIn']}>{children}</Rooms>;
}
