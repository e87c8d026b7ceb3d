import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { projectRoot } from '../../src/kernel/project.ts';
import { finish } from '../../src/kernel/tenancy/connection.ts';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';
import { completions } from '../../src/modules/training/index.ts';
import { useDatabase } from '../harness/database.ts';
import { execute } from '../harness/execute.ts';
import { type EntryPoint, findExports } from './entry-points.ts';
import { EXCEPTIONS, OBJECTS } from './exceptions.ts';
import { hostileValue, isUnstorable } from './hostile-values.ts';
import { MARKS, rowsCommittedSince, rowsWrittenIn, unfaithful, type WrittenRow } from './kept-values.ts';
import { type Change, type Leaf, leavesOf, withChanges, withoutCovered } from './leaves.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { runsAsAsked } from './runs.ts';
import { METHODS, METHODS_IN_TRANSACTION, METHODS_LEFT_OUT, ownerOf, SOUND } from './sound-arguments.ts';
import { changedTables, type Standing, standingOf } from './table-contents.ts';
import { makeWorld, OTHER_TENANT, TENANT, type World } from './world.ts';

const { entryPoints, read } = findExports();
const sourcesRoot = path.join(projectRoot, 'packages/backend/src');
const UNDONE = Symbol('what was tried is undone');

describe('every entry point of the services', () => {
  it('is fuzzed, or stands in the list of exceptions with its reason', () => {
    const takers = entryPoints.filter(({ takesValues }) => takesValues).map(({ name }) => name);
    const known = [...Object.keys(SOUND), ...Object.keys(EXCEPTIONS)];
    expect(takers.filter((name) => !known.includes(name))).toEqual([]);
    expect(known.filter((name) => !takers.includes(name))).toEqual([]);
    expect(Object.keys(SOUND).filter((name) => name in EXCEPTIONS)).toEqual([]);
  });

  it('is read in the sources, whatever is exported and can be called', async () => {
    const unread: string[] = [];
    for (const [file, functions] of read) {
      const exported = (await import(file)) as Readonly<Record<string, unknown>>;
      for (const [name, value] of Object.entries(exported)) {
        const room = path.posix.join(path.relative(sourcesRoot, path.dirname(file)), name);
        if (isUnread(value) && !functions.has(name)) unread.push(room);
      }
    }
    expect(unread.toSorted()).toEqual(Object.keys(OBJECTS).toSorted());
  });
});

/** A function that is no class; or an object of functions that is neither errors nor records, which `completions` stand for. */
function isUnread(value: unknown): boolean {
  if (typeof value === 'function') return !/^class\b/.test(String(value));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return false;
  const methods = methodsOf(value);
  const isRecords = methods.join() === methodsOf(completions).join();
  return methods.length > 0 && !isRecords && !('definitions' in value);
}

/** Its own, and those of its class. */
function methodsOf(value: object): string[] {
  const prototype: object = Object.getPrototypeOf(value);
  const names = [value, ...(prototype === Object.prototype ? [] : [prototype])].flatMap((each) =>
    Object.entries(Object.getOwnPropertyDescriptors(each)),
  );
  return names
    .filter(([name, { value: member }]) => typeof member === 'function' && name !== 'constructor')
    .map(([name]) => name)
    .sort();
}

describe('a hostile value is refused with a code, or answered, and nothing is half done', () => {
  const db = useDatabase();
  let world: World;
  /** As everything is as long as all that was called is undone. */
  let undone: Standing;
  beforeAll(async () => {
    vi.stubEnv('DMZ_HOME', db.environment.DMZ_HOME);
    vi.stubEnv('LOG_LEVEL', 'silent');
    world = await makeWorld(db);
    undone = await standingOf(world);
  });
  afterAll(() => vi.unstubAllEnvs());

  const inTransactions = entryPoints.filter(({ name, inTransaction }) => inTransaction && name in SOUND);
  it.each(inTransactions.map((each) => [each.name, each] as const))('%s', async (name, entryPoint) => {
    const call = await importedFrom(entryPoint);
    await fuzz(name, SOUND[name]!, (args, changes) =>
      inUndoneTransaction(world, (tx) => call(tx, ...args), changes),
    );
  });

  it('left every row as it was, in what was undone', async () => {
    expect((await standingOf(world)).all).toEqual(undone.all);
  });

  const alone = entryPoints.filter(({ name, inTransaction }) => !inTransaction && name in SOUND);
  it.each(alone.map((each) => [each.name, each] as const))('%s', async (name, entryPoint) => {
    const call = await importedFrom(entryPoint);
    await fuzz(name, SOUND[name]!, (args) => inCommits(() => call(...args)));
  });

  it.each(Object.keys(METHODS))('%s', async (name) => {
    await fuzz(name, METHODS[name]!, (args) => inCommits(() => methodOf(name)(...args)));
  });

  it.each(Object.keys(METHODS_IN_TRANSACTION))('%s', async (name) => {
    await fuzz(name, METHODS_IN_TRANSACTION[name]!, (args, changes) =>
      inUndoneTransaction(world, (tx) => methodOf(name)(tx, ...args), changes),
    );
  });

  it('knows every method of what the platform hands out', () => {
    const known = Object.keys({ ...METHODS, ...METHODS_IN_TRANSACTION, ...METHODS_LEFT_OUT });
    const owners = [...new Set(known.map((name) => name.split('.')[0]!))];
    const methods = owners.flatMap((owner) =>
      methodsOf(ownerOf(owner, world)).map((name) => `${owner}.${name}`),
    );
    expect(methods.toSorted()).toEqual(known.toSorted());
  });

  function methodOf(name: string): Call {
    const owner = ownerOf(name, world);
    return (...args) => Reflect.get(owner, name.split('.')[1]!).apply(owner, args);
  }

  async function fuzz(
    name: string,
    soundArguments: (world: World) => readonly unknown[],
    call: (args: readonly unknown[], changes: readonly Change[]) => Promise<Done>,
  ): Promise<void> {
    const sound = soundArguments(world);
    const plain = await outcomeOf(() => call(withChanges(sound, []) as unknown[], []));
    expect(findingOf(plain), 'as it is called soundly').toBeUndefined();
    const leaves = leavesOf(sound);
    await fc.assert(
      fc.asyncProperty(changesOf(leaves, world.strangers), async (made) => {
        const outcome = await outcomeOf(() =>
          call(withChanges(soundArguments(world), made) as unknown[], made),
        );
        expect(findingOf(outcome)).toBeUndefined();
        if (outcome.kind !== 'answered') return;
        const { answer, rows } = outcome.result as Done;
        expect(unfaithful(name, made, rows, answer), 'kept as something else').toEqual([]);
      }),
      runsAsAsked(leaves.length),
    );
  }

  /** Holds the database to what the end of a call says: nothing after a refusal, and nothing of others at all. */
  async function inCommits(work: () => unknown): Promise<Done> {
    const before = await standingOf(world);
    const ended = await Promise.allSettled([(async () => drained(await work()))()]);
    const after = await standingOf(world);
    expect(after.other, `rows of ${OTHER_TENANT}`).toEqual(before.other);
    const [end] = ended;
    if (end.status === 'fulfilled')
      return { answer: end.value, rows: await rowsCommittedSince(world, before, after) };
    const half = changedTables(before, after);
    if (half.length > 0) throw new Error(`refused, and written: ${half.join(', ')}`, { cause: end.reason });
    throw end.reason;
  }
});

interface Done {
  readonly answer: unknown;
  readonly rows: readonly WrittenRow[];
}

/** One or two of the places of a call, with a value in each; most texts have marks around them. */
function changesOf(leaves: readonly Leaf[], strangers: readonly string[]) {
  const change = fc.oneof(
    ...leaves.map((leaf) =>
      fc.record({
        leaf: fc.constant(leaf),
        hostile: hostileValue(leaf.kind, leaf.sound, strangers),
        how: fc.constantFrom('bare', 'marked', 'behind'),
      }),
    ),
  );
  return fc
    .uniqueArray(change, {
      selector: ({ leaf }) => leaf.path.join('.'),
      minLength: 1,
      maxLength: MARKS.length,
    })
    .map((changes) =>
      withoutCovered(
        changes.map(({ leaf, hostile, how }, at) => ({
          leaf,
          hostile: how === 'bare' ? hostile : hostile.marked(MARKS[at]!, how === 'behind' ? leaf.sound : ''),
        })),
      ),
    );
}

const findingOf = (outcome: Outcome) => (outcome.kind === 'finding' ? outcome.what : undefined);

type Call = (...args: readonly unknown[]) => unknown;

async function importedFrom({ file, export: name }: EntryPoint): Promise<Call> {
  return ((await import(file)) as Record<string, Call>)[name]!;
}

/** Does all that a commit would do but the commit, so that the next call finds what this one found. */
async function inUndoneTransaction(
  world: World,
  work: (tx: TenantTx) => unknown,
  changes: readonly Change[],
): Promise<Done> {
  let done: Done = { answer: undefined, rows: [] };
  try {
    await world.platform.tenancy.run(TENANT, async (tx) => {
      const answer = await drained(await work(tx));
      await finish(tx);
      await execute(tx, 'SET CONSTRAINTS ALL IMMEDIATE');
      await requireUnwritten(tx, changes);
      done = { answer, rows: await rowsWrittenIn(tx, world) };
      throw UNDONE;
    });
  } catch (error) {
    if (error !== UNDONE) throw error;
  }
  return done;
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
