// One request for one screen. The frame around a page (who is here, what their role opens, what waits) and the page itself
// are rendered side by side; the page's question is sent with the frame's added to it, and the frame waits for that answer.
import 'server-only';
import { cache } from 'react';
import type { Answer } from './fault.ts';
import type { TadaDocumentNode } from './graphql.ts';
import { together } from './together.ts';

/** A page that asks does so at once; after this long the frame takes it that there is none and asks for itself. */
const pageAsksWithinMs = 200;

type Waiting = {
  /** The frame's document, once a frame of this screen has said that it waits. */
  frame: TadaDocumentNode<unknown, Record<string, never>> | null;
  claimed: Later<'page'>;
  taken: boolean;
  answer: Later<Answer<unknown> | null>;
};

type Later<Value> = { promise: Promise<Value>; resolve: (value: Value) => void };

function later<Value>(): Later<Value> {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

// React keeps one per render of a page on the server; nothing of it outlives the request.
const waitingOf = cache((): Waiting => ({
  frame: null,
  claimed: later(),
  taken: false,
  answer: later(),
}));

/** Called first thing by a layout, before its page is rendered: from now on the page's question carries the frame's. */
export function frameWaits(frame: TadaDocumentNode<unknown, Record<string, never>>): void {
  waitingOf().frame = frame;
}

/**
 * Asks a page's question with `ask`. The first question of a screen whose frame waits is sent with the frame's added, and
 * its answer is handed to the frame.
 */
export async function askForScreen<Data, Variables>(
  document: TadaDocumentNode<Data, Variables>,
  ask: (document: TadaDocumentNode<Data, Variables>) => Promise<Answer<Data>>,
): Promise<Answer<Data>> {
  const waiting = waitingOf();
  if (waiting.frame === null || waiting.taken) return ask(document);
  waiting.taken = true;
  waiting.claimed.resolve('page');
  // A page that breaks while asking leaves the frame to ask for itself.
  let answer: Answer<Data> | null = null;
  try {
    answer = await ask(together(document, waiting.frame));
    return answer;
  } finally {
    waiting.answer.resolve(answer);
  }
}

/**
 * The frame's part of this screen's answer. It asks for itself with `askAlone` where no page asked, or where the page's
 * answer was a fault that says nothing about the frame.
 */
export async function answerForFrame<Data>(askAlone: () => Promise<Answer<Data>>): Promise<Answer<Data>> {
  const waiting = waitingOf();
  const asked = await Promise.race([waiting.claimed.promise, after(pageAsksWithinMs)]);
  if (asked !== 'page') {
    // Too late for a page to take the frame along: one that asks from here on asks for itself.
    waiting.taken = true;
    return askAlone();
  }
  const answer = (await waiting.answer.promise) as Answer<Data> | null;
  const tellsOfFrame = answer !== null && (answer.ok || answer.faults[0].kind === 'unreachable');
  return tellsOfFrame ? answer : askAlone();
}

function after(ms: number): Promise<'nobody'> {
  return new Promise((resolve) => setTimeout(() => resolve('nobody'), ms));
}
