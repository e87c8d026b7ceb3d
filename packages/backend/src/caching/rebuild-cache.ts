/**
 * Makes everything that Redis has of tenants again, from PostgreSQL, while people play. How far it is stands in
 * `.dmz/cache-rebuild.json`, so that what was interrupted is gone on with, unless Redis has lost it since.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { askServer, forgetTenant, readKey, scanKeys } from '../kernel/cache/index.ts';
import { stateFolder } from '../kernel/project.ts';
import { makeFolder, writeWhole } from '../kernel/stack/index.ts';
import { DIFFICULTIES, rebuildPool } from '../modules/content/index.ts';
import { hotSessionIdsAfter, rebuildHotSession } from '../modules/game/index.ts';
import { type Board, followBoard, listBoards } from '../modules/social/index.ts';
import type { Keeper, ServedTenant } from './verify-cache.ts';

/** In one transaction; a tenant that is to move waits for its end. */
const PAGES_PER_TRANSACTION = 20;
const SESSIONS_PER_TRANSACTION = 20;

/** Who plays on moves the rows meanwhile, and another program may be at the same board. */
const MOST_TRIES = 20;
const PAUSE_MS = 20;

export interface Rebuilt {
  readonly tenants: number;
  readonly boards: number;
  readonly sessions: number;
  /** False when it was interrupted, or Redis went away: the same command goes on. */
  readonly finished: boolean;
}

const Unfinished = z.object({ runId: z.string(), done: z.array(z.string()), current: z.string().nullable() });
type Unfinished = z.infer<typeof Unfinished>;

const file = () => path.join(stateFolder(), 'cache-rebuild.json');

/** @param tenants  all that are registered: what is of another one goes */
export async function rebuildCache(
  keeper: Keeper,
  tenants: readonly ServedTenant[],
  only?: string,
): Promise<Rebuilt> {
  const runId = (await askServer(keeper.cache))?.runId ?? '';
  // One tenant alone is soon done, and is no part of doing them all.
  const progress = only === undefined ? readUnfinished(runId) : beginning(runId);
  const counts = { tenants: 0, boards: 0, sessions: 0 };
  if (only === undefined && progress.current === null) await forgetOrphans(keeper, tenants);
  for (const tenant of tenants.filter(({ id }) => (only ?? id) === id && !progress.done.includes(id))) {
    const goesOn = progress.current === tenant.id;
    progress.current = tenant.id;
    if (only === undefined) keep(progress);
    if (!(await rebuildTenant(keeper, tenant, goesOn, counts))) return { ...counts, finished: false };
    counts.tenants += 1;
    progress.done.push(tenant.id);
  }
  if (only === undefined) fs.rmSync(file(), { force: true });
  return { ...counts, finished: true };
}

type Counts = { tenants: number; boards: number; sessions: number };

async function rebuildTenant(
  keeper: Keeper,
  tenant: ServedTenant,
  goesOn: boolean,
  counts: Counts,
): Promise<boolean> {
  const { cache, tenancy, signal } = keeper;
  if (!goesOn && (await forgetTenant(cache, tenant.id)) === undefined) return false;
  if (!tenant.active) return true;
  for (const board of await tenancy.run(tenant.slug, listBoards)) {
    if (!(await rebuildBoard(keeper, tenant, board))) return false;
    counts.boards += 1;
  }
  for (const difficulty of DIFFICULTIES)
    if (!(await tenancy.run(tenant.slug, (tx) => rebuildPool(tx, cache, difficulty)))) return false;
  for (let after: string | undefined; ; ) {
    if (signal?.aborted) return false;
    const ids = await tenancy.run(tenant.slug, async (tx) => {
      const found = await hotSessionIdsAfter(tx, after, SESSIONS_PER_TRANSACTION);
      for (const id of found) if (!(await rebuildHotSession(tx, cache, id))) return undefined;
      return found;
    });
    if (ids === undefined) return false;
    counts.sessions += ids.length;
    keeper.onProgress?.(`${tenant.slug}: ${counts.boards} boards, ${counts.sessions} sessions`);
    after = ids.at(-1);
    if (ids.length < SESSIONS_PER_TRANSACTION) return true;
  }
}

async function rebuildBoard(keeper: Keeper, { slug }: ServedTenant, { id, key }: Board): Promise<boolean> {
  const { tenancy, cache, signal, onProgress } = keeper;
  let rows = 0;
  for (let tries = 0; tries < MOST_TRIES && cache.isOpen && !signal?.aborted; tries += 1) {
    const before = rows;
    const finished = await tenancy.run(slug, async (tx) => {
      const board = (await listBoards(tx)).find((each) => each.id === id);
      if (!board) return true;
      return followBoard(tx, cache, board, {
        mostPages: PAGES_PER_TRANSACTION,
        signal,
        onProgress: (done) => {
          rows = before + done;
          onProgress?.(`${slug}: board ${key}, ${rows} places`);
        },
      });
    });
    if (finished) return true;
    if (rows > before) tries = 0;
    else await sleep(PAUSE_MS);
  }
  return false;
}

/** What no tenant has any more. */
async function forgetOrphans({ cache }: Keeper, tenants: readonly ServedTenant[]): Promise<void> {
  const known = new Set(tenants.map(({ id }) => id));
  const orphans = new Set<string>();
  await scanKeys(cache, '{*', (names) => {
    for (const name of names) {
      const key = readKey(name);
      if (key !== undefined && key !== 'platform' && !known.has(key.tenantId)) orphans.add(key.tenantId);
    }
  });
  for (const id of orphans) await forgetTenant(cache, id);
}

const beginning = (runId: string): Unfinished => ({ runId, done: [], current: null });

/** A server that was started since has nothing of what was done. */
function readUnfinished(runId: string): Unfinished {
  try {
    const kept = Unfinished.parse(JSON.parse(fs.readFileSync(file(), 'utf8')));
    return kept.runId === runId ? kept : beginning(runId);
  } catch {
    return beginning(runId);
  }
}

function keep(progress: Unfinished): void {
  makeFolder(stateFolder());
  writeWhole(file(), `${JSON.stringify(progress)}\n`);
}
