/** A second instance for a benchmark: another database of the same server, and a platform that knows both. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { connectAsAdministrator, runAsOwner } from '../../src/kernel/db/index.ts';
import { instanceUrls, keepAddress } from '../../src/kernel/instances/index.ts';
import { migrate } from '../../src/kernel/migrations/runner.ts';
import type { Move, MoverOptions, Tier } from '../../src/kernel/mover/index.ts';
import { moveRegister, registerInstance } from '../../src/modules/public/index.ts';
import { moverOptions } from '../../src/moving/mover-options.ts';
import { openPlatform, type Platform } from '../../src/platform.ts';
import { seedReference } from '../../src/seed.ts';
import { type BenchDatabase, withBenchDatabase } from '../bench-database.ts';

export interface TwoInstances {
  readonly control: BenchDatabase;
  /** Administrator of the second instance. */
  readonly second: pg.Client;
  /** Knows both. */
  readonly platform: Platform;
  /** What a command needs in its environment to work here. */
  readonly environment: { readonly DATABASE_URL: string; readonly DMZ_HOME: string };
}

export const SECOND = 'second';
const LARGEST_LOG_BYTES = 2 ** 40;
const REGION = 'eu';

export async function withTwoInstances(
  name: string,
  poolSize: number,
  work: (place: TwoInstances) => Promise<void>,
): Promise<void> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-home-'));
  const other = `${name}_${SECOND}`;
  await withBenchDatabase(name, poolSize, async (control) => {
    const url = Object.assign(new URL(control.adminUrl), { pathname: `/${other}` }).href;
    await control.admin.query(`DROP DATABASE IF EXISTS ${other} WITH (FORCE)`);
    await control.admin.query(`CREATE DATABASE ${other}`);
    try {
      await migrate(url);
      await runAsOwner(url, seedReference);
      await keepAddress({ name: SECOND, kind: 'url', adminUrl: url }, home);
      await runAsOwner(control.adminUrl, (tx) => registerInstance(tx, SECOND, REGION));
      const appUrlOf = async (instance: string) =>
        (await instanceUrls(instance, { stateFolder: home })).appUrl;
      const platform = openPlatform({ appUrl: control.appUrl, poolSize, appUrlOf });
      const second = await connectAsAdministrator(url);
      try {
        const environment = { DATABASE_URL: control.adminUrl, DMZ_HOME: home };
        await work({ control, second, platform, environment });
      } finally {
        await second.end();
        await platform.close();
      }
    } finally {
      await control.admin.query(`DROP DATABASE IF EXISTS ${other} WITH (FORCE)`);
      fs.rmSync(home, { recursive: true });
    }
  });
}

export const optionsOf = (
  { control, environment }: TwoInstances,
  more: Partial<MoverOptions>,
): MoverOptions => moverOptions(control.adminUrl, { stateFolder: environment.DMZ_HOME, ...more });

/** To the second instance; nothing is copied yet. */
export async function plannedMove({ control, platform }: TwoInstances, tenant: string): Promise<Move> {
  const { id: tenantId } = await platform.tenancy.locate(tenant);
  const to = { tier: 'instance' as Tier, instance: SECOND, region: REGION, schema: null };
  const limits = { maxPauseMs: 500, keepSourceSeconds: 3_600, maxWalBytes: LARGEST_LOG_BYTES };
  return runAsOwner(control.adminUrl, (tx) =>
    moveRegister.plan(tx, { tenantId, to, approval: null, ...limits }),
  );
}

class Interrupted extends Error {}

/** Runs a move until its copy is made, and leaves it there. @returns how long copying took, in ms */
export async function copyOnly(
  place: TwoInstances,
  run: (options: MoverOptions) => Promise<unknown>,
): Promise<number> {
  let begunAt = 0;
  let copiedAt = 0;
  const onStep = ({ step }: Move) => {
    if (step === 'copying') begunAt = performance.now();
    if (step !== 'copied') return;
    copiedAt = performance.now();
    throw new Interrupted('the copy is made');
  };
  await run(optionsOf(place, { onStep })).catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });
  return copiedAt - begunAt;
}
