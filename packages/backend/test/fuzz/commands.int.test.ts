import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useDatabase } from '../harness/database.ts';
import { callDmz, type Ended, expectNoTrace } from '../harness/run-dmz.ts';
import { argvOf, type FuzzedCommand, findCommands, ONLY_READ, soundValues } from './command-line.ts';
import { hostilePath, makeHostileFiles } from './hostile-files.ts';
import { type Hostile, hostileText } from './hostile-values.ts';
import { MARKS, rowsCommittedSince, unfaithful } from './kept-values.ts';
import { CONTROL_CHARACTER, isMisleading, outcomeOf } from './outcome.ts';
import { runsAsAsked } from './runs.ts';
import { changedTables, type Standing, standingOf } from './table-contents.ts';
import { makeWorld, OTHER_TENANT, type World } from './world.ts';

const commands = findCommands();
const LIMIT_MS = 20_000;

interface Attempt {
  readonly place: string;
  readonly hostile: Hostile;
  readonly joined: boolean;
  readonly json: boolean;
  /** An option that is given twice. */
  readonly twice: boolean;
}

describe('every command, given a value that nobody means well with', () => {
  const db = useDatabase();
  const top = mkdtempSync(path.join(os.tmpdir(), 'dmz-fuzz-'));
  // As deep as paths that lead upwards are long, so that they end in the test's own folder.
  const folder = path.join(top, 'a/b/c/d/e/f/g/h');
  const before = process.cwd();
  let world: World;
  let standing: Standing;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    process.chdir(folder);
    vi.stubEnv('DMZ_HOME', db.environment.DMZ_HOME);
    world = await makeWorld(db);
    standing = await standingOf(world);
    makeHostileFiles(folder);
    vi.unstubAllEnvs();
  });
  beforeEach(() => {
    process.on('unhandledRejection', fail);
  });
  afterEach(() => {
    process.off('unhandledRejection', fail);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(top, { recursive: true, force: true });
  });

  it('has a reason for each that is only read, and not run', () => {
    const names = commands.map(({ name }) => name);
    expect(Object.keys(ONLY_READ).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(commands.map((each) => [each.name, each] as const))('dmz %s', async (_, command) => {
    await fc.assert(
      fc.asyncProperty(attemptsAt(command), async (attempt) => {
        const argv = argvFor(command, attempt);
        const outcome = await outcomeOf(() => run(argv), LIMIT_MS);
        if (outcome.kind !== 'answered') return expect.fail(JSON.stringify(outcome));
        expectEnding(outcome.result as Ended, attempt);
        await expectRows(command.name, outcome.result as Ended, attempt);
      }),
      runsAsAsked(command.places.length + 1),
    );
  });

  /** A command that says what is wrong has changed nothing; one that has done its work, nothing of others. */
  async function expectRows(
    name: string,
    { status, err }: Ended,
    { place, hostile }: Attempt,
  ): Promise<void> {
    const before = standing;
    standing = await standingOf(world);
    expect(standing.other, `rows of ${OTHER_TENANT}`).toEqual(before.other);
    if (status !== 0 && codesIn(err).length > 0)
      return expect(changedTables(before, standing), 'refused, and written').toEqual([]);
    const rows = await rowsCommittedSince(world, before, standing);
    const leaf = { path: [place], kind: 'text', sound: '' } as const;
    expect(unfaithful(name, [{ leaf, hostile }], rows, undefined), 'kept as something else').toEqual([]);
  }

  function argvFor(command: FuzzedCommand, { place, hostile, joined, json, twice }: Attempt): string[] {
    const values = { ...soundValues(command.name, world, folder), [place]: String(hostile.value) };
    const argv = argvOf(command, values, { hostileAt: place, joined });
    const flags = json && command.hasJson ? ['--json', ...(twice ? ['--json'] : [])] : [];
    const words = command.name.split(' ').length;
    const mistake = command.onlyRead ? ['--no-such-option'] : [];
    return [
      ...argv.slice(0, words),
      ...flags,
      ...mistake,
      ...argv.slice(words),
      ...(place === '' ? [String(hostile.value)] : []),
    ];
  }

  async function run(argv: string[]): Promise<Ended> {
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new TypeError(`process.exit(${code})`);
    });
    return callDmz(argv, db.environment);
  }

  function expectEnding({ status, out, err }: Ended, { json }: Attempt): void {
    const told = `${out}${err}`;
    expect([0, 1, 2]).toContain(status);
    expectNoTrace({ status, out, err });
    expect(
      CONTROL_CHARACTER.exec(told)?.[0]?.codePointAt(0)?.toString(16),
      'a control character that is printed',
    ).toBeUndefined();
    expect(told).not.toContain(new URL(db.adminUrl).password);
    // Whoever gives a file such a name reads it in the answer.
    expect(err).not.toContain('secret-of-somebody');
    const codes = codesIn(err);
    expect(codes.filter(isMisleading), err).toEqual([]);
    if (status !== 0 && out === '') expect(codes, err.slice(0, 400)).toHaveLength(1);
    for (const code of codes) expectParticulars(err, code, json);
    if (json && status === 0 && !out.startsWith('Usage:')) expectJson(out);
  }
});

const codesIn = (err: string) =>
  [...err.matchAll(/^(?:\{"error":\{"code":")?([A-Z]+(?:_[A-Z]+)+)/gm)].map(([, code]) => code ?? '');

const fail = (reason: unknown) => {
  throw reason;
};

/** What is marked is found again wherever it was kept. */
const hostileWord = () =>
  fc.oneof(
    { weight: 3, arbitrary: hostileText() },
    { weight: 2, arbitrary: hostileText().map((hostile) => hostile.marked(MARKS[0])) },
    { weight: 1, arbitrary: hostilePath() },
  );

const attemptsAt = ({ places }: FuzzedCommand): fc.Arbitrary<Attempt> =>
  fc.record({
    // The nameless one is a word too many.
    place: fc.constantFrom(...places.map(({ name }) => name), ''),
    hostile: hostileWord(),
    joined: fc.boolean(),
    json: fc.boolean(),
    twice: fc.boolean(),
  });

function expectParticulars(err: string, code: string, json: boolean): void {
  if (!json || !err.includes('{"error":')) {
    expect(err, code).toMatch(/^ {2}next {6}\S/m);
    return;
  }
  const line = err.split('\n').find((each) => each.startsWith('{"error":')) ?? '';
  expect(JSON.parse(line).error).toMatchObject({
    code,
    message: expect.any(String),
    next: expect.any(String),
  });
}

/** One value, or one a line. */
function expectJson(out: string): void {
  const wholes = [out, ...out.trim().split('\n')].map(isJson);
  expect(wholes[0] || wholes.slice(1).every(Boolean), out.slice(0, 300)).toBe(true);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return text === '';
  }
}
