/**
 * A tenant on its way through every tier and back: each move brings every row, each placement plays on where the last one
 * left off, and nothing of it is reached at the place that it left.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { tenantSchema } from '../../src/kernel/db/index.ts';
import { type MovePlace, runMove } from '../../src/kernel/mover/index.ts';
import type { SqlClient } from '../harness/by-hand.ts';
import { useDatabase } from '../harness/database.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';
import { playedGame } from '../harness/play.ts';

const TENANT = 'small-company';

describe('a tenant that moves', { timeout: 120_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  const clients: Record<string, SqlClient> = {};
  let tenantId = '';
  const sessions: string[] = [];
  beforeAll(async () => {
    for (const instance of ['main', 'second']) clients[instance] = await db.connectAsAdmin(instance);
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
    sessions.push((await playedGame(db.platform, TENANT, { days: 1 })).sessionId);
  });

  const SCHEMA = tenantSchema(TENANT);
  const TOUR: [string, MovePlace][] = [
    ['a schema of its own', placeOf('schema', 'main', SCHEMA)],
    ['an instance of its own', placeOf('instance', 'second')],
    ['a schema of its own again', placeOf('schema', 'main', SCHEMA)],
    ['the module schemas', placeOf('shared', 'main')],
    ['another instance, from there', placeOf('instance', 'second')],
    ['the module schemas once more', placeOf('shared', 'main')],
  ];

  it.each(TOUR)('brings every row to %s, and plays on there', async (_, to) => {
    const before = await countEverywhere();
    const moved = await runMove(optionsFor(db), (await plannedMove(db, TENANT, to)).id);
    expect(moved).toMatchObject({
      step: 'completed',
      rowsCopied: before.served,
      rowsVerified: before.served,
    });
    expect(moved.pauseMs).toBeLessThan(moved.maxPauseMs);
    const location = await db.platform.tenancy.locate(TENANT);
    // The router is told by the refusal of the place that it remembers.
    const { sessionId } = await playedGame(db.platform, TENANT, { days: 1 });
    sessions.push(sessionId);
    expect(await db.platform.tenancy.locate(TENANT)).toMatchObject({
      ...{ instance: to.instance, schema: to.schema, tier: to.tier, epoch: location.epoch + 1 },
    });
    for (const id of sessions) expect((await db.platform.game.replay(TENANT, id)).mismatches).toEqual([]);
    const after = await countEverywhere();
    expect(after.served).toBeGreaterThan(before.served);
    expect(await leftovers()).toEqual([]);
  });

  /** Rows of the tenant where it is served. */
  async function countEverywhere(): Promise<{ served: number }> {
    const { rows } = await clients.main!.query(
      `SELECT i.name AS instance, p.schema_name AS schema FROM public.placements AS p
       JOIN public.instances AS i ON i.id = p.instance_id WHERE tenant_id = $1`,
      [tenantId],
    );
    const [{ instance, schema }] = rows as [{ instance: string; schema: string | null }];
    let served = 0;
    for (const { namespace, name } of optionsFor(db).tables) {
      const table = schema === null ? `${namespace}.${name}` : `${schema}.${namespace}_${name}`;
      const counted = await clients[instance]!.query(
        `SELECT count(*)::int AS n FROM ${table} WHERE tenant_id = $1`,
        [tenantId],
      );
      served += counted.rows[0].n;
    }
    return { served };
  }

  /** Slots, publications and open ends of moves, at both instances. */
  async function leftovers(): Promise<string[]> {
    const found: string[] = [];
    for (const client of Object.values(clients)) {
      const { rows } = await client.query(
        `SELECT slot_name AS name FROM pg_replication_slots WHERE database = current_database()
         UNION ALL SELECT pubname FROM pg_publication UNION ALL SELECT move_id::text FROM public.move_ends`,
      );
      found.push(...rows.map(({ name }) => name));
    }
    return found;
  }
});
