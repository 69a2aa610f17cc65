import type { ReactNode } from 'react';
import { Rooms } from '../../../components/rooms.tsx';

export default function WhatIfLayout({ children }: { children: ReactNode }) {
  return <Rooms of={['whatIf']}>{children}</Rooms>;
}
