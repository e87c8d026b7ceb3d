/**
 * Wrong input, missing services and full disks: each command says in one message what is wrong and what to do next,
 * ends with 1 or 2, and leaves nothing half done.
 */
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';
import { listSessions } from '../src/modules/game/index.ts';
import { checkAckLog } from '../src/simulate/index.ts';
import { useDatabase } from './harness/database.ts';
import {
  callDmz,
  ended,
  expectFailure,
  expectNoTrace,
  runDmz,
  runInShell,
  startDmz,
} from './harness/run-dmz.ts';
import { tinyDisk, whyNoTinyDisk } from './harness/tiny-disk.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cli-'));
const ID = uuidv7();
const SIMULATE = ['simulate', '--tenant', 'consumers', '--players', '2', '--actions', '40'];

describe('the command line', () => {
  const db = useDatabase();
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  const dmz = (...args: string[]) => callDmz(args, { DATABASE_URL: db.adminUrl });
  const played = () => db.platform.tenancy.run('consumers', async (tx) => (await listSessions(tx)).length);

  it.each<[string[], string, 1 | 2]>([
    [['simulate', '--tenant', 'nobody', '--actions', '5'], 'TENANCY_UNKNOWN_TENANT', 1],
    [['session', 'list', '--tenant', 'nobody'], 'TENANCY_UNKNOWN_TENANT', 1],
    [['session', 'replay', '--all', '--verify', '--tenant', 'nobody'], 'TENANCY_UNKNOWN_TENANT', 1],
    [['session', 'rebuild', '--all', '--tenant', 'nobody'], 'TENANCY_UNKNOWN_TENANT', 1],
    [['tenant', 'show', 'nobody'], 'TENANCY_UNKNOWN_TENANT', 1],
    [['session', 'show', ID], 'GAME_SESSION_UNKNOWN', 1],
    [['session', 'events', ID], 'GAME_SESSION_UNKNOWN', 1],
    [['session', 'state', ID, '--tenant', 'consumers'], 'GAME_SESSION_UNKNOWN', 1],
    [['session', 'diff', ID, '0', '4'], 'GAME_SESSION_UNKNOWN', 1],
    [['session', 'correct', ID, '1', '--credits', '5', '--reason', 'duplicate'], 'GAME_SESSION_UNKNOWN', 1],
    [['session', 'replay', ID, '--verify'], 'GAME_SESSION_UNKNOWN', 1],
    [['session', 'rebuild', ID], 'GAME_SESSION_UNKNOWN', 1],
    [['simulate', 'check', path.join(folder, 'nothing')], 'SIMULATION_ACK_LOG_UNREADABLE', 2],
    [['simulate', 'check', folder], 'SIMULATION_ACK_LOG_UNREADABLE', 2],
  ])('answers %j with %s', async (args, code, exitCode) => {
    expectFailure(await dmz(...args), code, exitCode);
  });

  it.each([
    ['a folder that is not there', path.join(folder, 'no', 'acks.ndjson')],
    ['a folder', folder],
    ['a file of somebody else’s', path.join(folder, 'letter.txt')],
  ])('plays nothing when the log is %s', async (_, file) => {
    fs.writeFileSync(path.join(folder, 'letter.txt'), 'Dear all\n');
    const before = await played();
    expectFailure(await dmz(...SIMULATE, '--ack-log', file), 'SIMULATION_ACK_LOG_UNUSABLE', 2);
    expect(await played()).toBe(before);
    expect(fs.readFileSync(path.join(folder, 'letter.txt'), 'utf8')).toBe('Dear all\n');
  });

  it('works with standard input closed, and with a reader that stops early', async () => {
    const environment = { DATABASE_URL: db.adminUrl };
    const closed = await runInShell(`$DMZ ${SIMULATE.join(' ')} --json <&-`, environment);
    expect(closed).toMatchObject({ status: 0, err: '' });
    expect(JSON.parse(closed.out)).toMatchObject({ actions: 40, failed: 0 });
    const cut = await runInShell('$DMZ session list --json | head -c 1', environment);
    expect(cut).toEqual({ status: 0, out: '[', err: '' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'follows a session until %s, and ends then at once',
    async (signal) => {
      const [{ id, events }] = JSON.parse((await dmz('session', 'list', '--json')).out);
      const watch = ['session', 'watch', id, '--follow', '--from', String(events), '--json'];
      const watching = startDmz(watch, { DATABASE_URL: db.adminUrl });
      const end = ended(watching);
      await once(watching.stdout!, 'data');
      const told = performance.now();
      watching.kill(signal);
      const { out, err } = await end;
      expect(performance.now() - told).toBeLessThan(2_000);
      expect(JSON.parse(out)).toMatchObject({ sequence: events });
      expect(err).toBe('');
      expect([watching.exitCode, watching.signalCode]).toEqual([null, signal]);
    },
  );

  it('watches no sequence that a session has not reached, unless it waits for it', async () => {
    const [{ id, events }] = JSON.parse((await dmz('session', 'list', '--json')).out);
    const beyond = await dmz('session', 'watch', id, '--from', String(events + 1));
    expectFailure(beyond, 'GAME_SEQUENCE_OUT_OF_RANGE', 2);
    expect(beyond.err).toContain(`0 to ${events}`);
    expect((await dmz('session', 'watch', id, '--from', String(events))).out.trim().split('\n')).toHaveLength(
      1,
    );
  });

  it('lists a branch as it stands, and says how it is played on', async () => {
    const sessions = async () =>
      JSON.parse((await dmz('session', 'list', '--tenant', 'consumers', '--json')).out);
    const [{ id, events, day }] = await sessions();
    const branched = await dmz('session', 'branch', id, '--at', String(events));
    const [branch] = await sessions();
    expect(branch).toMatchObject({ branchedFromId: id, events, day });
    expect(branched.out).toMatch(new RegExp(`^next +pnpm dmz play --session ${branch.id}$`, 'm'));
  });

  it('prints JSON that holds its contract', async () => {
    const sessions = JSON.parse((await dmz('session', 'list', '--tenant', 'consumers', '--json')).out);
    expect(sessions).toHaveLength(await played());
    for (const session of sessions) {
      expect(session).toMatchObject({ tenantId: expect.any(String), status: expect.any(String) });
      for (const field of ['day', 'events', 'seed']) expect(session[field]).toEqual(expect.any(Number));
    }
    const [{ id, events }] = sessions;
    expect(JSON.parse((await dmz('session', 'events', id, '--from', '2', '--json')).out)).toHaveLength(
      events - 1,
    );
    expect(JSON.parse((await dmz('session', 'state', id, '--at', '2', '--json')).out)).toMatchObject({
      sequence: 2,
    });
    const correction = ['--credits', '7', '--reason', 'wrong_scoring'];
    const corrected = await dmz('session', 'correct', id, '2', ...correction, '--json');
    expect(JSON.parse(corrected.out)).toMatchObject({
      sessionId: id,
      sequence: 2,
      correctedBy: events + 1,
      changes: [{ kind: 'changed', path: 'credits' }],
    });
    const repeatable = [...correction, '--action-id', 'AB5C4C4E-6D7A-4F0B-9A43-2B7C8E1D0F11', '--json'];
    const [first, again] = [
      await dmz('session', 'correct', id, '2', ...repeatable),
      await dmz('session', 'correct', id, '2', ...repeatable),
    ];
    expect(JSON.parse(first.out)).toMatchObject({ correctedBy: events + 2 });
    expect(again).toEqual(first);
    expectFailure(
      await dmz('session', 'correct', id, '2', '--credits', '8', ...repeatable.slice(2, -1)),
      'GAME_ACTION_ID_REUSED',
      1,
    );
    const beyond = await dmz('session', 'correct', id, String(events + 3), ...correction);
    expectFailure(beyond, 'GAME_CORRECTED_EVENT_UNKNOWN', 1);
    expectFailure(
      await dmz('session', 'correct', id, '2', '--reason', 'duplicate'),
      'GAME_CORRECTION_EMPTY',
      1,
    );
    const replayed = await dmz('session', 'replay', '--all', '--verify', '--json');
    expect(JSON.parse(replayed.out)).toMatchObject({
      sessions: sessions.length,
      identical: true,
      mismatches: [],
    });
    const tenants = JSON.parse((await dmz('tenant', 'list', '--json')).out);
    expect(tenants.map(({ slug, tier, schema }: Record<string, unknown>) => [slug, tier, schema])).toEqual([
      ['consumers', 'shared', null],
      ['mid-company', 'shared', null],
      ['small-company', 'shared', null],
    ]);
  });

  it('is the program too: its status, and an error in JSON when JSON was asked for', async () => {
    const environment = { DATABASE_URL: db.adminUrl };
    expectFailure(await runDmz(['session', 'show', 'abc'], environment), 'SESSION_ID_INVALID', 2);
    const result = await runDmz(['tenant', 'show', 'nobody', '--json'], environment);
    expect(JSON.parse(result.err)).toMatchObject({
      error: { code: 'TENANCY_UNKNOWN_TENANT', next: expect.any(String) },
    });
    expect(result).toMatchObject({ status: 1, out: '' });
  });

  it.skipIf(whyNoTinyDisk)(
    `ends when the disk of its log is full, with whole lines${whyNoTinyDisk}`,
    async () => {
      const disk = tinyDisk('16k');
      try {
        const log = path.join(disk.folder, 'acks.ndjson');
        const result = await dmz(...SIMULATE.slice(0, -1), '2000', '--ack-log', log);
        expectFailure(result, 'SIMULATION_ACK_LOG_FAILED', 1);
        const check = await checkAckLog(db.platform, log);
        expect(check).toMatchObject({ missing: [], different: [], torn: false });
        expect(check.verified).toBeGreaterThan(10);
      } finally {
        disk.remove();
      }
    },
  );
});

describe('the command line, asked for what cannot be', () => {
  const nowhere = { DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/nothing' };

  it.each([
    [['session', 'show', 'abc'], 'SESSION_ID_INVALID'],
    [['session', 'events', 'abc'], 'SESSION_ID_INVALID'],
    [['session', 'state', ID.slice(1)], 'SESSION_ID_INVALID'],
    [['session', 'replay', `${ID} `], 'SESSION_ID_INVALID'],
    [['session', 'rebuild', ''], 'SESSION_ID_INVALID'],
    [['session', 'replay'], 'CLI_OPTION_MISSING'],
    [['session', 'correct', ID, '1', '--credits', '5'], 'CLI_OPTION_MISSING'],
    [['session', 'correct', ID, '0', '--credits', '5', '--reason', 'duplicate'], 'CLI_OPTION_INVALID'],
    [['session', 'correct', ID, '1', '--action-id', 'five', '--reason', 'duplicate'], 'CLI_OPTION_INVALID'],
    [['session', 'correct', ID, '1', '--trust', 'five', '--reason', 'duplicate'], 'CLI_OPTION_INVALID'],
    [['session', 'correct', ID, '1', '--trust', '5', '--reason', 'mistake'], 'CLI_OPTION_INVALID'],
    [['session', 'replay', ID, '--all'], 'CLI_OPTION_INVALID'],
    [['session', 'state', ID, '--at', 'abc'], 'CLI_OPTION_INVALID'],
    [['session', 'state', ID, '--at', '-1'], 'CLI_OPTION_INVALID'],
    [['session', 'state', ID, '--at', '9007199254740992'], 'CLI_OPTION_INVALID'],
    [['session', 'state', ID, '--at-time', 'yesterday'], 'CLI_OPTION_INVALID'],
    [['session', 'state', ID, '--at', '1', '--at-time', '2026-01-01T00:00:00Z'], 'CLI_OPTION_INVALID'],
    [['session', 'diff', ID, '5', '4'], 'CLI_OPTION_INVALID'],
    [['session', 'diff', ID, '5', 'end'], 'CLI_OPTION_INVALID'],
    [['session', 'events', ID, '--from', '0'], 'CLI_OPTION_INVALID'],
    [['session', 'events', ID, '--limit', '0'], 'CLI_OPTION_INVALID'],
    [['session', 'events', ID, '--type', 'game.tea.served'], 'CLI_OPTION_INVALID'],
    [['session', 'events', ID, '--from', '5', '--to', '4'], 'CLI_OPTION_INVALID'],
    [['session', 'list', '--status', 'lost'], 'CLI_OPTION_INVALID'],
    [['simulate'], 'CLI_OPTION_MISSING'],
    [[...SIMULATE, '--players', '0'], 'CLI_OPTION_INVALID'],
    [[...SIMULATE, '--players', '1e9'], 'CLI_OPTION_INVALID'],
    [[...SIMULATE, '--seconds', '5'], 'CLI_OPTION_INVALID'],
    [['simulate', '--tenant', 'consumers', '--seconds', '0.5'], 'CLI_OPTION_INVALID'],
  ])('answers %j with %s before it asks the database', async (args, code) => {
    expectFailure(await callDmz(args, nowhere), code, 2);
  });

  it.each([[['session', 'nonsense']], [['tenant', 'show']], [['simulate', '--nonsense']], [['nonsense']]])(
    'shows the way to its help for %j',
    async (args) => {
      const result = await callDmz(args, nowhere);
      expect(result).toMatchObject({ status: 2, out: '', err: expect.stringContaining('CLI_USAGE') });
      expect(result.err).toContain('--help');
      expectNoTrace(result);
    },
  );
});

const everyCommand = [
  [...SIMULATE],
  ['simulate', 'check', path.join(folder, 'acks.ndjson')],
  ['session', 'list'],
  ['session', 'show', ID],
  ['session', 'events', ID],
  ['session', 'state', ID],
  ['session', 'diff', ID, '1', '2'],
  ['session', 'replay', '--all', '--verify'],
  ['session', 'rebuild', '--all'],
  ['tenant', 'list'],
  ['tenant', 'show', 'consumers'],
];

describe('the command line without its database', () => {
  const db = useDatabase();

  it.each(everyCommand.map((args) => [args]))('says for %j that none runs', async (args) => {
    const DMZ_HOME = path.join(folder, 'nothing-here');
    const result = await callDmz(args, { DATABASE_URL: '', DMZ_HOME });
    expectFailure(result, 'CLI_STACK_DOWN', 1);
    expect(fs.existsSync(DMZ_HOME)).toBe(false);
  });

  it.each<[string, (url: string) => string, string, 1 | 2]>([
    ['nobody listens', () => 'postgresql://me:hunter2@127.0.0.1:1/nothing', 'STACK_SERVER_UNREACHABLE', 1],
    ['the password is wrong', (url) => url.replace(/:[^:@]+@/, ':hunter2@'), 'STACK_WRONG_PASSWORD', 1],
    ['the database is missing', (url) => `${url}_hunter2`, 'STACK_DATABASE_MISSING', 1],
    ['it is no URL', () => 'hunter2', 'STACK_DATABASE_URL_INVALID', 2],
  ])('says that %s, and shows no password', async (_, change, code, exitCode) => {
    const result = await callDmz(['session', 'list'], { DATABASE_URL: change(db.adminUrl) });
    expectFailure(result, code, exitCode);
    if (code !== 'STACK_DATABASE_MISSING') expect(result.err).not.toContain('hunter2');
  });

  it('says that the database is not migrated', async () => {
    const admin = await db.connectAsAdmin();
    await admin.query('CREATE DATABASE t_cli_empty');
    try {
      const url = new URL(db.adminUrl);
      url.pathname = '/t_cli_empty';
      for (const args of [SIMULATE, ['tenant', 'list'], ['session', 'list', '--tenant', 'consumers']]) {
        expectFailure(await callDmz(args, { DATABASE_URL: url.href }), 'DATABASE_NOT_MIGRATED', 1);
      }
    } finally {
      await admin.query('DROP DATABASE t_cli_empty WITH (FORCE)');
    }
  });

  it('says which setting is wrong', async () => {
    const result = await runDmz(SIMULATE, { DATABASE_URL: db.adminUrl, DMZ_POOL_SIZE: 'many' });
    expectFailure(result, 'CONFIG_INVALID', 2);
    expect(result.err).toContain('DMZ_POOL_SIZE');
  });
});
