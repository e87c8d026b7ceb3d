/**
 * What verification finds: whoever writes to the target by himself, whatever he does to a row, is named by table and key,
 * and the tenant stays where it is. Afterwards the move holds nothing back, and can begin anew or be undone.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DmzError } from '../../src/kernel/errors/index.ts';
import { type Move, rollBackMove, runMove } from '../../src/kernel/mover/index.ts';
import type { SqlClient } from '../harness/by-hand.ts';
import { useDatabase } from '../harness/database.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';
import { playedGame } from '../harness/play.ts';

const TENANT = 'small-company';

describe('the verification of a move', { timeout: 120_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  let source: SqlClient;
  let target: SqlClient;
  let tenantId = '';
  let sessionId = '';
  beforeAll(async () => {
    source = await db.connectAsAdmin();
    target = await db.connectAsAdmin('second');
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
    ({ sessionId } = await playedGame(db.platform, TENANT, { days: 1 }));
  });

  const asReplica = async (client: SqlClient, text: string): Promise<void> => {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    const { rowCount } = await client.query(text.replaceAll('$session', `'${sessionId}'`));
    await client.query('COMMIT');
    expect(rowCount).toBe(1);
  };

  const ONE_EVENT = 'session_id = $session AND sequence = 4';
  const TAMPERINGS: [string, string, string, RegExp][] = [
    [
      'changes one value of an event',
      `UPDATE game.events SET event_data = event_data || '{"forged": true}' WHERE ${ONE_EVENT}`,
      'game.events',
      /^game\.events: 1 of [\d,]+ rows, such as session_id \S+, sequence 4, .*: checksum [0-9a-f]{8}… at the target, [0-9a-f]{8}… at the source$/,
    ],
    [
      'takes an event away',
      `DELETE FROM game.events WHERE ${ONE_EVENT}`,
      'game.events',
      /^game\.events: 1 of [\d,]+ rows, such as session_id \S+, sequence 4, .*: it is at the source, and not at the target$/,
    ],
    [
      'adds a department',
      `INSERT INTO org.departments (tenant_id, name) SELECT tenant_id, 'ghosts' FROM game.sessions WHERE id = $session`,
      'org.departments',
      /^org\.departments: 1 of \d+ rows, such as id \S+: it is at the target, and not at the source$/,
    ],
    [
      'moves a head back',
      'UPDATE game.session_heads SET sequence = sequence - 1 WHERE id = $session',
      'game.session_heads',
      /^game\.session_heads: 1 of \d+ rows/,
    ],
  ];

  it.each(TAMPERINGS)('finds who %s at the target', async (_, statement, table, found) => {
    const move = await plannedMove(db, TENANT, placeOf('instance', 'second'));
    const onStep = async ({ step }: Move) => {
      if (step === 'copied') await asReplica(target, statement);
    };
    const failure = await runMove(optionsFor(db, { onStep }), move.id).catch((error: DmzError) => error);
    expect(failure).toMatchObject({
      code: 'TENANCY_MOVE_VERIFICATION_FAILED',
      found: expect.stringMatching(found),
      data: { differences: [{ table, different: 1 }] },
    });
    expect(await db.platform.tenancy.locate(TENANT)).toMatchObject({ instance: 'main', schema: null });
    await db.platform.tenancy.run(TENANT, async () => {});
    expect(await keptAt(source)).toEqual([]);
    await rollBackMove(optionsFor(db), move.id);
    expect(await rowsAt(target)).toBe(0);
  });

  it('finds who changes a row while the move is paused, after all was verified', async () => {
    const move = await plannedMove(db, TENANT, placeOf('instance', 'second'));
    const wish = (to: string) =>
      source.query('UPDATE public.moves SET wish = $2 WHERE id = $1', [move.id, to]);
    let verified = 0;
    const onStep = async ({ step }: Move) => {
      if (step !== 'verified') return;
      verified += 1;
      if (verified > 1) return;
      const statement = `UPDATE game.events SET version = version + 1 WHERE ${ONE_EVENT}`;
      await asReplica(target, statement);
      await wish('pause');
      // The move looks every half a second, and goes no further before its next look.
      await sleep(1_500);
      setTimeout(() => void wish('go'), 200);
    };
    const failure = await runMove(optionsFor(db, { onStep }), move.id).catch((error: DmzError) => error);
    expect(failure).toMatchObject({ code: 'TENANCY_MOVE_VERIFICATION_FAILED' });
    await rollBackMove(optionsFor(db), move.id);
  });

  it('lets the move begin anew, which then brings what the source has', async () => {
    const move = await plannedMove(db, TENANT, placeOf('instance', 'second'));
    let tampered = false;
    const onStep = async ({ step }: Move) => {
      if (step !== 'copied' || tampered) return;
      tampered = true;
      await asReplica(target, `DELETE FROM game.events WHERE ${ONE_EVENT}`);
    };
    await runMove(optionsFor(db, { onStep }), move.id).catch(() => {});
    const moved = await runMove(optionsFor(db), move.id);
    expect(moved).toMatchObject({ step: 'completed', attempt: 2 });
    expect((await db.platform.game.replay(TENANT, sessionId)).mismatches).toEqual([]);
  });

  async function keptAt(client: SqlClient): Promise<string[]> {
    const { rows } = await client.query(
      `SELECT slot_name AS name FROM pg_replication_slots WHERE database = current_database()
       UNION ALL SELECT pubname FROM pg_publication`,
    );
    return rows.map(({ name }) => name);
  }

  async function rowsAt(client: SqlClient): Promise<number> {
    const counts = optionsFor(db).tables.map(
      ({ namespace, name }) =>
        `SELECT count(*) AS n FROM ${namespace}.${name} WHERE tenant_id = '${tenantId}'`,
    );
    const { rows } = await client.query(`SELECT sum(n)::int AS n FROM (${counts.join(' UNION ALL ')}) AS t`);
    return rows[0].n;
  }
});
