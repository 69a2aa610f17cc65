// The last look at every error before it leaves: errors on purpose go as they are, the library's own are put into our
// seven codes, and anything else is a fault, told to the log and masked to the client.
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { InputFault } from '../graphql/error.ts';
import { API_ERROR_CODES, withoutHint } from '../graphql/error.ts';

/** Receives faults: what the client is not told. */
export type FaultReporter = (
  fault: unknown,
  facts: { readonly correlationId: string; readonly path: string },
) => void;

const LIBRARY_CODES: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

function originOf(error: unknown): unknown {
  let origin = error;
  for (let hops = 0; hops < 5 && origin instanceof GraphQLError && origin.originalError != null; hops += 1) {
    origin = origin.originalError;
  }
  return origin;
}

/** Faults of the validation plugin, which reports a list of issues with paths. */
function issuesOf(origin: unknown): InputFault[] | null {
  if (!(origin instanceof Error) || !('issues' in origin) || !Array.isArray(origin.issues)) return null;
  return (origin.issues as Issue[]).map((issue) => ({
    message: issue.message,
    path: (issue.path ?? []).map((part) => {
      const key = typeof part === 'object' ? part.key : part;
      return typeof key === 'number' ? key : String(key);
    }),
  }));
}

/** `… at "input.entries[1].book"; …` of graphql-js → ['input', 'entries', 1, 'book']. */
function pathInMessage(message: string): (string | number)[] | null {
  const at = / at "\$?([^"]+)"/.exec(message)?.[1] ?? /^Variable "\$([^"]+)"/.exec(message)?.[1];
  if (at === undefined) return null;
  return at
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** "Variable "$x" got invalid value …; what is wrong" → what is wrong. */
function plain(message: string): string {
  const said = message.includes('; ') ? message.slice(message.indexOf('; ') + 2) : message;
  return withoutHint(said);
}

function answered(
  formatted: GraphQLFormattedError,
  message: string,
  extensions: Record<string, unknown>,
): GraphQLFormattedError {
  const { locations, path } = formatted;
  return {
    message,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions,
  };
}

/** Builds Apollo's formatError. `correlationId` answers for the request being served. */
export function createFormatError(correlationId: () => string, report: FaultReporter) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { http: _http, stacktrace: _stack, ...extensions } = formatted.extensions ?? {};
    const code = String(extensions['code'] ?? '');
    const issues = issuesOf(originOf(error));
    if (issues !== null) {
      const facts = {
        code: 'VALIDATION_ERROR',
        reason: 'INVALID_INPUT',
        path: issues[0]?.path ?? [],
        faults: issues,
      };
      return answered(formatted, issues[0]?.message ?? 'The input is not valid.', facts);
    }
    if ((API_ERROR_CODES as readonly string[]).includes(code) && code !== 'INTERNAL_ERROR') {
      const path = pathInMessage(formatted.message);
      const located = path !== null && (extensions['path'] as unknown[] | undefined)?.length === 0;
      if (!located) return answered(formatted, plain(formatted.message), extensions);
      const faults = [{ path, message: plain(formatted.message) }];
      return answered(formatted, plain(formatted.message), { ...extensions, path, faults });
    }
    if (LIBRARY_CODES.has(code)) {
      const path = pathInMessage(formatted.message) ?? [];
      const facts = {
        code: 'VALIDATION_ERROR',
        reason: code,
        path,
        faults: [{ path, message: plain(formatted.message) }],
      };
      return answered(formatted, withoutHint(formatted.message), facts);
    }
    const id = correlationId();
    report(originOf(error), { correlationId: id, path: (formatted.path ?? []).join('.') });
    const message = 'Something went wrong on our side. Tell us the correlation id when you ask for help.';
    return answered(formatted, message, { code: 'INTERNAL_ERROR', correlationId: id });
  };
}
