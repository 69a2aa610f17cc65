// The one door to the API. The access token comes from a cookie no script can read and is put on the request here, on the
// server; the browser never talks to the API itself.
import 'server-only';
import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { print } from 'graphql';
import { readEnvironment } from '../environment.ts';
import { languageOf } from '../language/language.ts';
import { accessCookie, languageCookie } from '../session/cookie.ts';
import {
  correlationHeader,
  pathHeader,
  requestIdHeader,
  takenAsHeader,
  traceParentHeader,
} from '../session/header.ts';
import type { Answer, Fault, GraphqlError } from './fault.ts';
import { faultsOf, unreachable } from './fault.ts';
import type { TadaDocumentNode } from './graphql.ts';
import { answerForFrame, askForScreen } from './screen.ts';
import { takenAs } from './taken-as.ts';

const answerWithinMs = 15_000;
const printed = new WeakMap<object, string>();

/**
 * Asks the API and returns the data, or every fault it named. Never throws for an answer that came; an API that does not
 * answer within fifteen seconds is `unreachable`. A bulk answer that has data beside its errors counts as data.
 */
export async function ask<Data, Variables>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const requestId = (await headers()).get(requestIdHeader) ?? randomUUID();
  const token = (await cookies()).get(accessCookie)?.value;
  return send(document, variables, requestId, token);
}

/**
 * Like `ask`, for a page: a session that has ended leads to the sign-in page and back here afterwards. The first call of
 * a screen also asks what the frame around it needs.
 */
export async function read<Data, Variables>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  return signedInOr(await askForScreen(document, (whole) => ask(whole, variables)));
}

/** What the frame of this screen asked for with `frameWaits(frame)`, out of the page's own answer where there is one. */
export const readForFrame = async <Data>(
  frame: TadaDocumentNode<Data, Record<string, never>>,
): Promise<Answer<Data>> => signedInOr(await answerForFrame(() => ask(frame, {})));

async function signedInOr<Data>(answer: Answer<Data>): Promise<Answer<Data>> {
  if (!answer.ok && answer.faults.some((fault) => fault.kind === 'signed-out')) {
    const path = (await headers()).get(pathHeader) ?? '/';
    redirect(`/sign-in?ended=1&return=${encodeURIComponent(path)}`);
  }
  return answer;
}

/** Sends one document without a session: sign-in and refresh, which have none yet. */
export async function send<Data, Variables>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  requestId: string,
  token?: string,
): Promise<Answer<Data>> {
  let query = printed.get(document);
  if (query === undefined) {
    query = print(document);
    printed.set(document, query);
  }
  const asked = await headers();
  const address = asked.get('x-forwarded-for');
  const parent = asked.get(traceParentHeader);
  const taken = takenAs();
  try {
    const response = await fetch(readEnvironment().apiUrl, {
      method: 'POST',
      cache: 'no-store',
      signal: AbortSignal.timeout(answerWithinMs),
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        // Sentences the API writes itself come in the language of the page.
        'accept-language': languageOf(
          (await cookies()).get(languageCookie)?.value,
          asked.get('accept-language'),
          readEnvironment().defaultLanguage,
        ),
        [correlationHeader]: requestId,
        // The API counts failed sign-ins by address: it must see the person's, not this server's.
        ...(parent ? { [traceParentHeader]: parent } : {}),
        ...(address ? { 'x-forwarded-for': address } : {}),
        ...(taken ? { [takenAsHeader]: taken } : {}),
        // People tell their sessions apart by browser and system.
        'user-agent': asked.get('user-agent') ?? '',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    return answerOf<Data>((await response.json()) as GraphqlResponse<Data>, requestId);
  } catch {
    return { ok: false, faults: [unreachable(requestId)] };
  }
}

/** Asks the API for, or hands it, what is no document; null when it doesn't answer. */
async function askForFile(path: string, requestId: string, sent: RequestInit = {}): Promise<Response | null> {
  const parent = (await headers()).get(traceParentHeader);
  const token = (await cookies()).get(accessCookie)?.value;
  return fetch(new URL(path, readEnvironment().apiUrl), {
    ...sent,
    cache: 'no-store',
    headers: {
      ...sent.headers,
      [correlationHeader]: requestId,
      ...(parent ? { [traceParentHeader]: parent } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
  }).catch(() => null);
}

const keptOfFiles = ['content-type', 'content-length', 'content-disposition', 'cache-control'];

/** A file of the API's, as it comes; its status and its name stay. */
export async function download(path: string): Promise<Response> {
  const requestId = (await headers()).get(requestIdHeader) ?? randomUUID();
  const response = await askForFile(path, requestId);
  if (response === null) return new Response(null, { status: 502 });
  const kept = keptOfFiles.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  return new Response(response.body, { status: response.status, headers: kept });
}

/** Hands an evidence file on as it came, under the name and type its sender gives it; answers with its id. */
export async function upload(file: File, idempotencyKey: string): Promise<Answer<{ readonly id: string }>> {
  const requestId = (await headers()).get(requestIdHeader) ?? randomUUID();
  const response = await askForFile(`/api/evidence?name=${encodeURIComponent(file.name)}`, requestId, {
    method: 'POST',
    headers: { 'content-type': file.type, 'idempotency-key': idempotencyKey },
    body: file,
  });
  const body = (await response?.json().catch(() => null)) as UploadResponse | null | undefined;
  if (body?.id !== undefined) return { ok: true, data: { id: body.id } };
  const [first, ...rest] = (body?.errors ?? []).flatMap((error) => faultsOf(error, requestId));
  return { ok: false, faults: first ? [first, ...rest] : [unreachable(requestId)] };
}

type UploadResponse = { id?: string; errors?: GraphqlError[] };

type GraphqlResponse<Data> = { data?: Data | null; errors?: GraphqlError[] };

function answerOf<Data>(body: GraphqlResponse<Data>, requestId: string): Answer<Data> {
  const faults: Fault[] = (body.errors ?? []).flatMap((error) => faultsOf(error, requestId));
  const [first, ...rest] = faults;
  // A field that is not this person's to see comes back as null beside its error; the rest of the page still stands.
  const onlyHidden = faults.every((fault) => fault.kind === 'forbidden');
  if (body.data && onlyHidden) return { ok: true, data: body.data };
  return { ok: false, faults: first ? [first, ...rest] : [unreachable(requestId)] };
}
