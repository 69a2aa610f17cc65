'use client';
// A fault nobody foresaw in a page: the frame around it stays.
import type { UnforeseenProps } from '../../components/state/unforeseen.tsx';
import { Unforeseen } from '../../components/state/unforeseen.tsx';

export default function PageError(props: UnforeseenProps) {
  return <Unforeseen {...props} />;
}
