// Live news for a tab as server-sent events: the token stays in its cookie, the browser gets only what changed and who
// did it. The stream ends with the session; the browser comes again through the proxy, which renews or refuses it.
import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import { listenLive } from '../../lib/live/hub.ts';
import { topicsOf } from '../../lib/live/topic.ts';
import { accessCookie } from '../../lib/session/cookie.ts';

export const dynamic = 'force-dynamic';

const heartbeatMs = 20_000;

export async function GET(request: NextRequest): Promise<Response> {
  const topics = topicsOf(request.nextUrl.searchParams.get('topics'));
  if (!topics) return new Response('Name what to listen to.', { status: 400 });
  const token = (await cookies()).get(accessCookie)?.value;
  if (!token) return new Response('Sign in to listen.', { status: 401 });

  const encoder = new TextEncoder();
  let leave: (() => void) | null = null;
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(heartbeat);
    leave?.();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const end = () => {
        clearInterval(heartbeat);
        try {
          controller.close();
        } catch {
          // The browser has gone already.
        }
      };
      leave = listenLive(token, {
        topics,
        hear: (news) => send(`event: news\ndata: ${JSON.stringify(news)}\n\n`),
        end,
      });
      if (!leave) return end();
      send(': listening\n\n');
      heartbeat = setInterval(() => send(': still here\n\n'), heartbeatMs);
    },
    cancel: stop,
  });
  request.signal.addEventListener('abort', stop, { once: true });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // no-transform: a compressed stream would be held back until it is worth compressing.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
