import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { finish } from '../../src/kernel/tenancy/connection.ts';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';
import { useDatabase } from '../harness/database.ts';
import { execute } from '../harness/execute.ts';
import { type EntryPoint, findEntryPoints } from './entry-points.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { hostileValue, isUnstorable } from './hostile-values.ts';
import { type Change, leavesOf, withChanges, withoutCovered } from './leaves.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { runsAsAsked } from './runs.ts';
import { METHODS, SOUND } from './sound-arguments.ts';
import { type Rows, rowsByTable } from './tenant-rows.ts';
import { makeWorld, OTHER_TENANT, TENANT, type World } from './world.ts';

const entryPoints = findEntryPoints();
const UNDONE = Symbol('what was tried is undone');

describe('every entry point of the services', () => {
  it('is fuzzed, or stands in the list of exceptions with its reason', () => {
    const takers = entryPoints.filter(({ takesValues }) => takesValues).map(({ name }) => name);
    const known = [...Object.keys(SOUND), ...Object.keys(EXCEPTIONS)];
    expect(takers.filter((name) => !known.includes(name))).toEqual([]);
    expect(known.filter((name) => !takers.includes(name))).toEqual([]);
    expect(Object.keys(SOUND).filter((name) => name in EXCEPTIONS)).toEqual([]);
  });
});

describe('a hostile value is refused with a code, or answered, and nothing is half done', () => {
  const db = useDatabase();
  let world: World;
  /** As they are as long as all that was called is undone. */
  let undone: Rows;
  beforeAll(async () => {
    vi.stubEnv('DMZ_HOME', db.environment.DMZ_HOME);
    vi.stubEnv('LOG_LEVEL', 'silent');
    world = await makeWorld(db);
    undone = await rowsByTable(world);
  });
  afterAll(() => vi.unstubAllEnvs());

  const inTransactions = entryPoints.filter(({ name, inTransaction }) => inTransaction && name in SOUND);
  it.each(inTransactions.map((each) => [each.name, each] as const))('%s', async (name, entryPoint) => {
    const call = await importedFrom(entryPoint);
    await fuzz(
      SOUND[name]!,
      (args, changes) => inUndoneTransaction(world, (tx) => call(tx, ...args), changes),
      { commits: false },
    );
  });

  it('left every row as it was, in what was undone', async () => {
    expect(await rowsByTable(world)).toEqual(undone);
  });

  const alone = entryPoints.filter(({ name, inTransaction }) => !inTransaction && name in SOUND);
  it.each(alone.map((each) => [each.name, each] as const))('%s', async (name, entryPoint) => {
    const call = await importedFrom(entryPoint);
    await fuzz(SOUND[name]!, (args) => drained(call(...args)), { commits: true });
  });

  it.each(Object.keys(METHODS))('%s', async (name) => {
    const [of, method] = name.split('.') as ['game' | 'tenancy', string];
    const call = (...args: readonly unknown[]) =>
      Reflect.get(world.platform[of], method).apply(world.platform[of], args);
    await fuzz(METHODS[name]!, (args) => call(...args), { commits: true });
  });

  async function fuzz(
    soundArguments: (world: World) => readonly unknown[],
    call: (args: readonly unknown[], changes: readonly Change[]) => Promise<unknown>,
    { commits }: { readonly commits: boolean },
  ): Promise<void> {
    const sound = soundArguments(world);
    const plain = await outcomeOf(() => call(withChanges(sound, []) as unknown[], []));
    expect(plain, 'as it is called soundly').not.toMatchObject({ kind: 'finding' });
    const leaves = leavesOf(sound);
    const change = fc.oneof(
      ...leaves.map((leaf) =>
        hostileValue(leaf.kind, leaf.sound, world.strangers).map((hostile) => ({ leaf, hostile })),
      ),
    );
    const changes = fc
      .uniqueArray(change, {
        selector: ({ leaf }) => leaf.path.join('.'),
        minLength: 1,
        maxLength: 2,
      })
      .map(withoutCovered);
    let rows = commits ? await rowsByTable(world) : undone;
    const expectRows = async ({ kind }: Outcome) => {
      const after = await rowsByTable(world);
      if (kind === 'refused') expect(after, 'rows after a refusal').toEqual(rows);
      expect(after.other, `rows of ${OTHER_TENANT}`).toEqual(rows.other);
      rows = after;
    };
    await fc.assert(
      fc.asyncProperty(changes, async (made) => {
        const outcome = await outcomeOf(() =>
          call(withChanges(soundArguments(world), made) as unknown[], made),
        );
        expect(findingOf(outcome)).toBeUndefined();
        if (commits) await expectRows(outcome);
      }),
      runsAsAsked(leaves.length),
    );
  }
});

const findingOf = (outcome: Outcome) => (outcome.kind === 'finding' ? outcome.what : undefined);

type Call = (...args: readonly unknown[]) => unknown;

async function importedFrom({ file, export: name }: EntryPoint): Promise<Call> {
  return ((await import(file)) as Record<string, Call>)[name]!;
}

/** Does all that a commit would do but the commit, so that the next call finds what this one found. */
async function inUndoneTransaction(
  { platform }: World,
  work: (tx: TenantTx) => unknown,
  changes: readonly Change[],
): Promise<unknown> {
  let result: unknown;
  try {
    await platform.tenancy.run(TENANT, async (tx) => {
      result = await drained(work(tx));
      await finish(tx);
      await execute(tx, 'SET CONSTRAINTS ALL IMMEDIATE');
      await requireUnwritten(tx, changes);
      throw UNDONE;
    });
  } catch (error) {
    if (error !== UNDONE) throw error;
  }
  return result;
}

/** What PostgreSQL cannot hold was not written as something else: a transaction that writes has an id. */
async function requireUnwritten(tx: TenantTx, changes: readonly Change[]): Promise<void> {
  const odd = changes.find(({ hostile }) => isUnstorable(hostile));
  if (!odd) return;
  const { rows } = await execute(tx, 'SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS written');
  if (rows[0]?.written)
    throw new Error(`${odd.leaf.path.join('.')}: ${odd.hostile.label} was written, so it was changed`);
}

async function drained(answer: unknown): Promise<unknown> {
  if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer)) return answer;
  const all: unknown[] = [];
  for await (const each of answer as AsyncIterable<unknown>) all.push(each);
  return all;
}
