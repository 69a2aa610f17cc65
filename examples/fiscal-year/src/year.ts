// Plays the bakery's year through the GraphQL endpoint, each person signed in as themselves, and writes down what the
// endpoint answers. The clock is moved by hand; events are waited for after every act others build on.
import { ACCOUNTS, AGREED_BEFORE, AGREED_IN_MAY, MEMBERS, PASSWORD, YEAR } from './bakery.ts';
import type { Booking, QuarterTable, Who, Work } from './bakery.ts';
import type { Session } from './client.ts';
import { signIn } from './client.ts';
import { printAllocation, printBooks, printYearEnd } from './print.ts';

export interface World {
  /** Base address of the API. */
  readonly url: string;
  /** Moves the one clock of API and worker. */
  readonly setClock: (instant: Date) => void;
  /** Resolves when every event took effect. */
  readonly settled: () => Promise<void>;
}

type People = Record<Who, Session>;
type Id = { readonly id: string };

const at = (day: string, time = '10:00') => new Date(`${day}T${time}:00Z`);

/** Adds Ben and Cleo as Ada, the founder, and signs everybody in. */
async function gather(world: World): Promise<People> {
  const ada = await signIn(world.url, MEMBERS.ada.email, PASSWORD);
  for (const who of ['ben', 'cleo'] as const) {
    const { displayName, email, roles } = MEMBERS[who];
    const added = await ada.ask<{ addMember: { member: Id } }>(
      'mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }',
      { input: { displayName, email, roles, class: 'cooperative', joinedOn: '2025-01-01' } },
    );
    const memberId = added.addMember.member.id;
    const input = { memberId, displayName, email, password: PASSWORD };
    await ada.ask('mutation($input: GrantAccessInput!) { grantAccess(input: $input) { memberId } }', {
      input,
    });
  }
  await world.settled();
  const [ben, cleo] = await Promise.all([
    signIn(world.url, MEMBERS.ben.email, PASSWORD),
    signIn(world.url, MEMBERS.cleo.email, PASSWORD),
  ]);
  return { ada, ben, cleo };
}

const SET_RATE = 'mutation($input: SetValuationRuleInput!) { setValuationRule(input: $input) { version } }';
const SET_POLICIES =
  'mutation($input: SetAgreementPoliciesInput!) { setAgreementPolicies(input: $input) { version } }';

async function agreeBefore({ ada }: People): Promise<void> {
  for (const input of ACCOUNTS) {
    await ada.ask(
      'mutation($input: CreateAccountInput!) { createAccount(input: $input) { account { code } } }',
      { input },
    );
  }
  for (const { kind, rate } of AGREED_BEFORE.rates) {
    await ada.ask(SET_RATE, {
      input: { kind, rate, method: 'rate', effectiveFrom: '2025-01-01', rationale: 'Founding meeting' },
    });
  }
  const input = { ...AGREED_BEFORE.policies, effectiveOn: '2025-01-01', rationale: 'Founding meeting' };
  await ada.ask(SET_POLICIES, { input });
}

async function agreeInMay({ ada }: People): Promise<void> {
  const when = { rationale: 'Members’ meeting of May' };
  await ada.ask(SET_RATE, {
    input: { ...AGREED_IN_MAY.rate, method: 'rate', effectiveFrom: '2025-07-01', ...when },
  });
  await ada.ask('mutation($input: SetWeightsInput!) { setWeights(input: $input) { version } }', {
    input: { weights: AGREED_IN_MAY.weights, effectiveOn: '2025-07-01', ...when },
  });
  await ada.ask(SET_POLICIES, {
    input: { surplusLines: [AGREED_IN_MAY.reserve], effectiveOn: '2025-07-01', ...when },
  });
}

async function give(people: People, { who, on, kind, quantity, what, value, cost }: Work): Promise<void> {
  const logged = await people[who].ask<{ logContribution: { contribution: Id } }>(
    'mutation($input: LogContributionInput!) { logContribution(input: $input) { contribution { id } } }',
    {
      input: {
        kind,
        quantity,
        workedOn: on,
        description: what,
        ...(value === undefined ? {} : { declaredValue: value }),
        ...(cost === undefined ? {} : { costBasis: cost }),
      },
    },
  );
  const reviewer = who === 'cleo' ? people.ben : people.cleo;
  await reviewer.ask(
    'mutation($input: ApproveContributionInput!) { approveContribution(input: $input) { contribution { status } } }',
    {
      input: { contributionId: logged.logContribution.contribution.id },
    },
  );
}

async function book({ ben }: People, [on, what, debit, credit, amount]: Booking): Promise<void> {
  const entries = [
    { accountCode: debit, book: amount, tax: amount },
    { accountCode: credit, book: `-${amount}`, tax: `-${amount}` },
  ];
  await ben.ask(
    'mutation($input: PostTransactionInput!) { postTransaction(input: $input) { transaction { number } } }',
    {
      input: { effectiveOn: on, description: what, entries },
    },
  );
}

async function periodId(session: Session, name: string): Promise<string> {
  const { periods } = await session.ask<{ periods: { id: string; name: string }[] }>(
    '{ periods { id name } }',
  );
  const found = periods.find((period) => period.name === name);
  if (found === undefined) throw new Error(`there is no period ${name}`);
  return found.id;
}

async function close(world: World, people: People, quarter: QuarterTable): Promise<string> {
  const id = await periodId(people.ben, quarter.name);
  const begun = await people.ben.ask<{ beginPeriodClose: { periodClose: Id } }>(
    'mutation($input: BeginPeriodCloseInput!) { beginPeriodClose(input: $input) { periodClose { id } } }',
    { input: { periodId: id } },
  );
  const closeId = begun.beginPeriodClose.periodClose.id;
  for (const step of [1, 2, 3]) {
    await people.ben.ask(
      'mutation($input: ConfirmCloseStepInput!) { confirmCloseStep(input: $input) { periodClose { status } } }',
      {
        input: { closeId, step, note: 'Looked over' },
      },
    );
    await world.settled();
  }
  const proposed = await people.ben.ask<{
    proposeAllocation: { periodClose: { proposal: { recordHash: string } } };
  }>(
    'mutation($input: ProposeAllocationInput!) { proposeAllocation(input: $input) { periodClose { proposal { recordHash } } } }',
    { input: { closeId } },
  );
  const { recordHash } = proposed.proposeAllocation.periodClose.proposal;
  await people.cleo.ask(
    'mutation($input: ApproveAllocationInput!) { approveAllocation(input: $input) { periodClose { status } } }',
    {
      input: { closeId, recordHash },
    },
  );
  await world.settled();
  return id;
}

/** Ben calculates, Cleo signs; then it is scheduled and paid on the day. */
async function pay(world: World, people: People, quarter: QuarterTable, id: string): Promise<void> {
  const calculated = await people.ben.ask<{ calculateDistribution: { distribution: Id } }>(
    'mutation($input: CalculateDistributionInput!) { calculateDistribution(input: $input) { distribution { id } } }',
    { input: { basis: 'ALLOCATION', periodId: id } },
  );
  const distributionId = calculated.calculateDistribution.distribution.id;
  // The sign-in was months ago, and money leaves: the password once more.
  await people.cleo.ask(
    'mutation($input: ReauthenticateInput!) { reauthenticate(input: $input) { proven } }',
    { input: { password: PASSWORD } },
  );
  await people.cleo.ask(
    'mutation($input: ApproveDistributionInput!) { approveDistribution(input: $input) { distribution { status } } }',
    {
      input: { distributionId },
    },
  );
  await people.ben.ask(
    'mutation($input: ScheduleDistributionInput!) { scheduleDistribution(input: $input) { distribution { status } } }',
    {
      input: { distributionId, payOn: quarter.paidOn },
    },
  );
  await world.settled();
  world.setClock(at(quarter.paidOn));
  await people.ben.ask(
    'mutation($input: MarkDistributionPaidInput!) { markDistributionPaid(input: $input) { distribution { status } } }',
    {
      input: { distributionId, paidOn: quarter.paidOn, reference: `PAY-${quarter.name}` },
    },
  );
  await world.settled();
}

async function playQuarter(world: World, people: People, quarter: QuarterTable): Promise<string> {
  const acts = [
    ...quarter.work.map((one) => ({ on: one.on, run: () => give(people, one) })),
    ...quarter.bookings.map((one) => ({ on: one[0], run: () => book(people, one) })),
    ...(quarter.name === 'Q2 2025' ? [{ on: '2025-05-20', run: () => agreeInMay(people) }] : []),
  ].sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0));
  for (const { on, run } of acts) {
    world.setClock(at(on, '18:00'));
    await run();
    // Each posting is waited for, so that transaction numbers come in the order of the year.
    await world.settled();
  }
  world.setClock(at(quarter.closedOn));
  const before = await printBooks(people.ben, `Trial balance of ${quarter.to}, before the close`, quarter.to);
  await people.ben.ask(
    'mutation($input: OpenPeriodInput!) { openPeriod(input: $input) { period { name } } }',
    { input: {} },
  );
  await world.settled();
  const id = await close(world, people, quarter);
  const allocation = await printAllocation(people.ben, quarter.name, id);
  if (allocation.hasCash) await pay(world, people, quarter, id);
  return [before, allocation.text].join('\n');
}

/** The whole year as text: what the endpoint answered, without ids and instants. */
export async function playYear(world: World): Promise<string> {
  world.setClock(at('2024-12-16'));
  await world.settled();
  const people = await gather(world);
  await agreeBefore(people);
  const parts: string[] = ['Mill Lane Bakery, fiscal year 2025\n'];
  for (const quarter of YEAR) parts.push(await playQuarter(world, people, quarter));
  parts.push(await printYearEnd(people, '2025-12-31', '2026-01-31'));
  return parts.join('\n');
}
