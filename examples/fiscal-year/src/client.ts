// A person in front of the GraphQL endpoint: signs in, asks, acts. What comes back is read as plain JSON; an error
// answer ends the example with its message.

export interface Session {
  /** Runs a document; a mutation's key makes a repeated request harmless. */
  ask<Answer>(document: string, variables?: Record<string, unknown>): Promise<Answer>;
}

interface Reply<Answer> {
  readonly data?: Answer;
  readonly errors?: readonly { readonly message: string; readonly extensions?: unknown }[];
}

async function post<Answer>(
  url: string,
  token: string | null,
  document: string,
  variables: Record<string, unknown>,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: document, variables }),
  });
  const reply = (await response.json()) as Reply<Answer>;
  const [error] = reply.errors ?? [];
  if (error !== undefined)
    throw new Error(
      `${error.message} ${JSON.stringify(error.extensions)} at ${document.trim().slice(0, 120)}`,
    );
  if (reply.data === undefined) throw new Error(`the API answered ${response.status} without data`);
  return reply.data;
}

/** Signs a person in at this base address. */
export async function signIn(url: string, email: string, password: string): Promise<Session> {
  const document = 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const answer = await post<{ signIn: { accessToken: string } }>(url, null, document, {
    input: { email, password },
  });
  const token = answer.signIn.accessToken;
  return { ask: (text, variables = {}) => post(url, token, text, variables) };
}
