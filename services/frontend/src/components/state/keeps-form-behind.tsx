'use client';
// Stands on a page that a form leads to and back from: what was typed there is put back.
import { useEffect } from 'react';
import { rememberSignIn } from './kept-fields.ts';

export function KeepsFormBehind() {
  useEffect(rememberSignIn, []);
  return null;
}
