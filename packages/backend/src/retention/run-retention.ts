/**
 * A run of retention over one tenant: what has outlived every duty goes, table by table, in batches that each stand for
 * themselves; what went is then recorded, certified and audited in one transaction. A run that was killed is found by what it
 * took, and ends as it would have ended.
 */
import type { KeyObject } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { placedTable } from '../kernel/db/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { type InstanceUrls, instanceUrls } from '../kernel/instances/index.ts';
import { type Part, PurgeDoor, type PurgedRun } from '../kernel/purges/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { isRunRecorded } from '../modules/governance/index.ts';
import { DATA_CLASSES, type DataClass } from '../modules/org/index.ts';
import { type DueTimes, dueTimes } from './due-times.ts';
import { purgeTables, type TableTally } from './purge-tables.ts';
import { recordRun, type TableOutcome } from './record-run.ts';
import { partsByCascade, partsOfUnits, retainedTables } from './retained-tables.ts';

export interface RetentionShop {
  readonly tenancy: Tenancy;
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
  /** What certificates are signed with. */
  readonly key: KeyObject;
  readonly onStep?: (line: string) => void;
}

export interface RetentionRequest {
  readonly cause: 'schedule' | 'operator';
  /** Nothing goes: everything is done, and undone. */
  readonly rehearsal: boolean;
}

export interface TenantRetention {
  readonly tenant: string;
  /** Null where nothing went. */
  readonly runId: string | null;
  readonly rehearsal: boolean;
  readonly tables: readonly TableOutcome[];
}

/** A tenant that moves meanwhile is followed; one that moves more often than that is left for the next run. */
const MOST_MOVES = 5;

/** @throws TENANCY_NOT_SERVED, TENANCY_UNKNOWN_TENANT, INSTANCE_*, DATABASE_* */
export async function runRetention(
  shop: RetentionShop,
  tenant: string,
  request: RetentionRequest,
): Promise<TenantRetention> {
  const { tenancy } = shop;
  const times = await readDueTimes(tenancy, tenant);
  const parts = partsOfUnits();
  const tally = new Map<string, TableTally>();
  const run = { runId: uuidv7(), tally };
  for (let moves = 0; ; moves += 1) {
    try {
      await purgeWhereItLives(shop, tenant, { request, times, parts, run });
      break;
    } catch (error) {
      if (!isDmzError(error, 'TENANCY_MOVED') || moves === MOST_MOVES) throw error;
      // What was rehearsed where it lived is undone, and is rehearsed again.
      if (request.rehearsal) tally.clear();
      // Whoever asks the tenancy for a tenant that has moved is told where it is now.
      await tenancy.run(tenant, async () => {}, { snapshot: true });
    }
  }
  const { slug } = await tenancy.locate(tenant);
  const tables = outcomesOf(tally, times, parts);
  const isNothing = request.rehearsal || tables.every(({ purged }) => purged === 0);
  return { tenant: slug, rehearsal: request.rehearsal, tables, runId: isNothing ? null : run.runId };
}

type TimesByClass = ReadonlyMap<DataClass, DueTimes>;

interface Work {
  readonly request: RetentionRequest;
  readonly times: TimesByClass;
  readonly parts: readonly Part[];
  /** Taken over from a run that was killed, where there is one. */
  readonly run: { runId: string; readonly tally: Map<string, TableTally> };
}

function readDueTimes(tenancy: Tenancy, tenant: string): Promise<TimesByClass> {
  return tenancy.run(
    tenant,
    async (tx) => {
      const times = new Map<DataClass, DueTimes>();
      for (const dataClass of DATA_CLASSES) times.set(dataClass, await dueTimes(tx, dataClass));
      return times;
    },
    { snapshot: true },
  );
}

async function purgeWhereItLives(
  { tenancy, controlUrl, key, onStep = () => {} }: RetentionShop,
  tenant: string,
  { request, times, parts, run }: Work,
): Promise<void> {
  const { id, slug, instance, schema, epoch } = await tenancy.locate(tenant);
  const { maintenanceUrl }: InstanceUrls = await instanceUrls(instance, { mainAdminUrl: controlUrl });
  const tables = retainedTables(parts).flatMap(({ name, dataClass }) => {
    const due = times.get(dataClass)?.ranges ?? '{}';
    return due === '{}' ? [] : [{ name, place: placeOf(name, schema), due }];
  });
  const door = await PurgeDoor.open(maintenanceUrl, { rehearsal: request.rehearsal });
  try {
    await door.alone(id);
    if (!request.rehearsal && run.tally.size === 0) {
      const killed = await findKilledRun(tenancy, id, await door.latestRun(id));
      if (killed) takeOver(run, killed);
    }
    const of = { runId: run.runId, tenantId: id, epoch };
    await purgeTables({
      door,
      of,
      tables,
      parts,
      tally: run.tally,
      onStep: (line) => onStep(`${slug}: ${line}`),
    });
    const outcomes = outcomesOf(run.tally, times, parts);
    if (!request.rehearsal && outcomes.some(({ purged }) => purged > 0))
      await recordRun(tenancy, id, { runId: run.runId, cause: request.cause, tables: outcomes, key });
  } finally {
    await door.close();
  }
}

const placeOf = (name: string, schema: string | null): string => {
  const [namespace = '', table = ''] = name.split('.');
  return schema === null ? name : `${schema}.${placedTable(namespace, table)}`;
};

async function findKilledRun(
  tenancy: Tenancy,
  tenantId: string,
  latest: PurgedRun | undefined,
): Promise<PurgedRun | undefined> {
  if (!latest) return undefined;
  const recorded = await tenancy.run(tenantId, (tx) => isRunRecorded(tx, latest.runId), { snapshot: true });
  return recorded ? undefined : latest;
}

function takeOver(run: Work['run'], { runId, purged }: PurgedRun): void {
  run.runId = runId;
  for (const [table, rows] of Object.entries(purged)) run.tally.set(table, { purged: rows, kept: {} });
}

/** By table, those included whose rows went with others'. */
function outcomesOf(
  tally: ReadonlyMap<string, TableTally>,
  times: TimesByClass,
  parts: readonly Part[],
): TableOutcome[] {
  const classes = new Map(retainedTables(parts).map(({ name, dataClass }) => [name, dataClass]));
  const links = [...parts, ...partsByCascade()];
  const classOfRow = (table: string): DataClass | undefined =>
    classes.get(table) ??
    links
      .filter(({ child, of }) => child === table && of !== table)
      .map(({ of }) => classOfRow(of))
      .find((found) => found !== undefined);
  return [...tally]
    .filter(([, { purged, kept }]) => purged > 0 || Object.keys(kept).length > 0)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([table, { purged, kept }]) => {
      const dataClass = classOfRow(table);
      const { ground, framework, before } = (dataClass && times.get(dataClass)) ?? NOTHING_DUE;
      const stay = Object.values(kept).reduce((sum, rows) => sum + rows, 0);
      return { table, due: purged + stay, purged, kept, ground, framework, before };
    });
}

const NOTHING_DUE = { ground: '', framework: null, before: null };
