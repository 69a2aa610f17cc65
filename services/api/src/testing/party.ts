// People of a served cooperative as clients of the API, by name: what they ask, do, and are refused.
import type { Role } from '@habitat/kernel';
import { expectAccepted, systemActor } from '@habitat/kernel';
import { addMember } from '@habitat/people';
import { grantAccess } from '@habitat/platform';
import type { Answer, Founded, Served } from './served-cooperative.ts';
import { PASSWORD } from './served-cooperative.ts';

export class Party {
  private readonly tokens = new Map<string, string>();
  readonly memberIds = new Map<string, string>();
  private constructor(
    private readonly served: Served,
    private readonly founded: Founded,
  ) {}

  /** Lets people join with their roles and an account of their own, and signs each in. */
  static async join(
    served: Served,
    founded: Founded,
    cast: Readonly<Record<string, readonly Role[]>>,
  ): Promise<Party> {
    const party = new Party(served, founded);
    const { cooperativeId } = founded;
    const context = {
      cooperativeId,
      actor: systemActor(cooperativeId),
      now: served.now,
      correlationId: 'joining',
    };
    const { database } = served.test;
    for (const [name, roles] of Object.entries(cast)) {
      const email = `${name}@${founded.slug}.example`;
      const member = { displayName: name, email, joinedOn: '2026-10-01', roles };
      const { memberId } = expectAccepted(await addMember(database, context, member));
      const access = { memberId, email, displayName: name, password: PASSWORD };
      expectAccepted(await grantAccess(database, context, access));
      party.memberIds.set(name, memberId);
    }
    await served.settle();
    await party.signInAgain();
    return party;
  }

  /** After the clock moved past the life of an access token. */
  signInAgain(): Promise<void> {
    return this.signInAgainFor(...this.memberIds.keys());
  }

  async signInAgainFor(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const { accessToken } = await this.served.signIn(`${name}@${this.founded.slug}.example`);
      this.tokens.set(name, accessToken);
    }
  }

  /** For somebody whose password alone opens nothing. */
  async signInByPasskey(name: string, credential: string): Promise<void> {
    const query =
      'mutation ($input: SignInWithPasskeyInput!) { signInWithPasskey(input: $input) { accessToken } }';
    const answer = await this.served.ask(query, { input: { credential } });
    this.tokens.set(name, answer.body.data.signInWithPasskey.accessToken as string);
  }

  /** The access token of somebody, for what is asked beside GraphQL. */
  token(who: string): string | undefined {
    return this.tokens.get(who);
  }

  answer(who: string, query: string, variables: object = {}): Promise<Answer> {
    return this.served.ask(query, variables, this.tokens.get(who));
  }

  // Answers of many shapes; each test looks at its own.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async ask(who: string, query: string, variables: object = {}): Promise<any> {
    const { errors, body } = await this.answer(who, query, variables);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return body.data;
  }

  /** What the first error says of itself; undefined when there was none. */
  async refusal(who: string, query: string, variables: object = {}): Promise<unknown> {
    return (await this.answer(who, query, variables)).errors[0]?.extensions;
  }

  /** A mutation `name(input)`, and the delivery of what it caused. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async act(who: string, name: string, input: object, fields = '__typename'): Promise<any> {
    const data = await this.ask(who, mutationOf(name, fields), { input });
    await this.served.settle();
    return data[name];
  }

  refusedAct(who: string, name: string, input: object): Promise<unknown> {
    return this.refusal(who, mutationOf(name, '__typename'), { input });
  }
}

function mutationOf(name: string, fields: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
}
