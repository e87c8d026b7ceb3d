import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/kernel/project.ts';
import { useDatabase } from '../harness/database.ts';
import { type Ended, expectNoTrace, runDmz, runInShell } from '../harness/run-dmz.ts';

const mainFile = path.join(projectRoot, 'packages/backend/src/cli/main.ts');

describe('the program, in surroundings that nobody would choose', () => {
  const db = useDatabase();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmz-around-'));
  const pipe = path.join(folder, 'pipe');
  beforeAll(() => {
    execFileSync('mkfifo', [pipe]);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  const shell = (script: string, more: Readonly<Record<string, string>> = {}) =>
    runInShell(script, { ...db.environment, ...more });

  it.each([
    ['nobody reads what it prints', '$DMZ tenant list | head -c 0', 0],
    ['nobody reads its errors either', '$DMZ tenant show nobody 2>&1 | head -c 0', 1],
    ['its output is closed', '$DMZ tenant list --json >&-', 0],
    ['its errors have nowhere to go', '$DMZ tenant show nobody 2>&-', 1],
  ])('ends with an exit status of its own where %s', async (_, script, status) => {
    const ended = await shell(script);
    expectNoTrace(ended);
    expect(ended).toEqual({ status, out: '', err: '' });
  });

  it('needs no home, no locale, no time zone and no terminal of any width', async () => {
    const usual = await shell('$DMZ tenant list');
    const bare = await shell(
      `env -i PATH="$PATH" DATABASE_URL="$DATABASE_URL" REDIS_URL="$REDIS_URL" DMZ_HOME="$DMZ_HOME" \\
       LANG=C LC_ALL=xx_XX.none TZ=Mars/Olympus TERM=dumb COLUMNS=1 NO_COLOR=1 $DMZ tenant list`,
    );
    expect(bare).toEqual(usual);
    expect(usual.status).toBe(0);
  });

  it('says so where its state cannot be kept', async () => {
    const file = path.join(folder, 'file');
    fs.writeFileSync(file, '');
    for (const home of [path.join(file, 'below'), '/proc/nowhere'])
      expectRefusal(await runDmz(['keys', 'create'], { ...db.environment, DMZ_HOME: home }));
  });

  it('reads no pipe, which would be waited for without end', async () => {
    // In one process, which something that waits for the pipe would keep from ending.
    const commands = ['certificate verify', 'simulate check', 'tenant import', 'audit verify'];
    const calls = commands.map((each) => [...each.split(' '), pipe]);
    const program = `const { main } = await import('${mainFile}');
      const ends = [];
      for (const call of ${JSON.stringify(calls)}) ends.push(await main(call));
      console.log(ends.join());`;
    const ended = await shell(`timeout 60 node --import tsx --input-type=module -e "$PROGRAM"`, {
      PROGRAM: program,
    });
    expectNoTrace(ended);
    expect(ended.err.match(/^[A-Z]+(_[A-Z]+)+ {2}/gm)).toHaveLength(calls.length);
    expect(ended).toMatchObject({ status: 0, out: '1,2,1,2\n' });
  });
});

function expectRefusal(ended: Ended): void {
  expectNoTrace(ended);
  expect(ended.err).toMatch(/^[A-Z]+(_[A-Z]+)+ {2}/m);
  expect([1, 2]).toContain(ended.status);
}
