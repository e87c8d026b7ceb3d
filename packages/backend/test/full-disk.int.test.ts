/** A full disk under the database: clear words, a clean end, and afterwards everything that was acknowledged is there. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { redisDown, stackDown, stackUp } from '../src/kernel/stack/index.ts';
import { expectFailure, expectNoTrace, runDmz } from './harness/run-dmz.ts';
import { type TinyDisk, tinyDisk, whyNoTinyDisk } from './harness/tiny-disk.ts';

const MEGABYTE = 1024 ** 2;

describe.skipIf(whyNoTinyDisk)(`a full disk under the database${whyNoTinyDisk}`, { timeout: 120_000 }, () => {
  let disk: TinyDisk;
  let log: string;
  const dmz = (...args: string[]) =>
    runDmz(args, { DATABASE_URL: '', DMZ_HOME: disk.folder, DMZ_RETRY_MS: '1500' });
  const json = async (...args: string[]) => JSON.parse((await dmz(...args, '--json')).out);

  beforeEach(() => {
    vi.stubEnv('DATABASE_URL', '');
    disk = tinyDisk('24m');
    log = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'full-disk-')), 'acks.ndjson');
  });
  afterEach(async () => {
    await stackDown({ stateFolder: disk.folder });
    await redisDown({ stateFolder: disk.folder });
    disk.remove();
    fs.rmSync(path.dirname(log), { recursive: true });
  });

  it('is said when a server is to be made on it, and made good by making room', async () => {
    expectFailure(await dmz('stack', 'up'), 'STACK_DISK_FULL', 1);
    disk.resize('300m');
    expect(await dmz('stack', 'up')).toMatchObject({ status: 0 });
    expect(await dmz('db', 'migrate')).toMatchObject({ status: 0 });
  });

  it('fails players clearly while it lasts, and loses nothing that they were told', async () => {
    disk.resize('300m');
    for (const step of ['migrate', 'seed']) expect(await dmz('db', step)).toMatchObject({ status: 0 });
    disk.fillUpTo(MEGABYTE / 2);
    const limits = ['--players', '4', '--seconds', '8', '--ack-log', log, '--json'];
    const ended = await dmz('simulate', '--tenant', 'consumers', ...limits);
    expectNoTrace(ended);
    expect(ended.status).toBe(1);
    const report = JSON.parse(ended.out);
    expect(report.failed).toBeGreaterThan(0);
    for (const code of Object.keys(report.failures))
      expect(code).toMatch(/^DATABASE_(DISK_FULL|UNAVAILABLE)$/);
    const sick = await json('doctor');
    expect(sick.findings.map(({ rule }: { rule: string }) => rule)).toContain('disk-has-room');

    disk.fillUpTo(100 * MEGABYTE);
    await stackUp({ stateFolder: disk.folder });
    const check = await json('simulate', 'check', log);
    expect(check).toMatchObject({ verified: report.actions, missing: [], different: [] });
    expect(check.verified).toBeGreaterThan(0);
    expect(await json('session', 'replay', '--all', '--verify')).toMatchObject({ identical: true });
    const again = await json('simulate', '--tenant', 'consumers', '--players', '4', '--actions', '40');
    expect(again).toMatchObject({ actions: 40, failed: 0 });
  });
});
