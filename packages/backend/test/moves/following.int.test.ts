/**
 * Whatever transactions do at the source while a move follows, the target has the same rows in the end: random changes,
 * and each kind of change that a stream of them tells in a way of its own.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Move, runMove } from '../../src/kernel/mover/index.ts';
import type { SqlClient } from '../harness/by-hand.ts';
import { useDatabase } from '../harness/database.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';
import { playedGame } from '../harness/play.ts';

const TENANT = 'small-company';
/** Longer than what PostgreSQL keeps in the row itself (TOAST_TUPLE_THRESHOLD, 2 kB), and not to be compressed below it. */
const LONG = `(SELECT jsonb_agg(md5(n::text || random()::text)) FROM generate_series(1, 200) AS n)`;

describe('following a source', { timeout: 180_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  let clients: Record<string, SqlClient>;
  let tenantId = '';
  let at = 'main';
  beforeAll(async () => {
    clients = { main: await db.connectAsAdmin(), second: await db.connectAsAdmin('second') };
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
    await playedGame(db.platform, TENANT, { days: 1 });
  });

  /**
   * Moves the tenant to the other instance, with statements at the source once the copy is made.
   *
   * @returns the move, and the SQLSTATEs of the statements that failed
   */
  async function moveDuring(...transactions: string[]): Promise<Move & { failed: string[] }> {
    const [from, to] = at === 'main' ? (['main', 'second'] as const) : (['second', 'main'] as const);
    const source = clients[from]!;
    const failed: string[] = [];
    const onStep = async ({ step }: Move) => {
      if (step !== 'copied') return;
      for (const transaction of transactions) {
        await source.query('BEGIN');
        await source.query('SET LOCAL session_replication_role = replica');
        await source
          .query(transaction.replaceAll('$tenant', `'${tenantId}'`))
          .catch(({ code }) => failed.push(code));
        await source.query('COMMIT');
      }
    };
    const place = to === 'main' ? placeOf('shared', 'main') : placeOf('instance', to);
    const move = await plannedMove(db, TENANT, place);
    const moved = await runMove(optionsFor(db, { onStep }), move.id);
    at = to;
    expect(await contentOf(clients[to]!)).toEqual(await contentOf(source));
    return { ...moved, failed };
  }

  /** Each table's rows as text, hashed: another way than the one that the mover verifies by. */
  async function contentOf(client: SqlClient): Promise<Record<string, string>> {
    const all = optionsFor(db).tables.map(
      ({ namespace, name }) =>
        `SELECT '${namespace}.${name}' AS name, md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")) AS hash
         FROM ${namespace}.${name} AS t WHERE tenant_id = $1`,
    );
    const { rows } = await client.query(all.join(' UNION ALL '), [tenantId]);
    return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
  }

  const NEW_TEMPLATE = `INSERT INTO content.email_templates
    (tenant_id, pack_version, key, category, legitimate, difficulty, subject, template, template_sha256)
    SELECT tenant_id, 'extra', 'long', category, legitimate, difficulty, subject, ${LONG}, template_sha256
    FROM content.email_templates WHERE tenant_id = $tenant LIMIT 1`;
  const OF_NEW = `WHERE tenant_id = $tenant AND pack_version = 'extra'`;
  const NEW_EVENTS = `INSERT INTO game.events (tenant_id, session_id, sequence, event_type, version, event_data, action_id, server_time)
    SELECT tenant_id, session_id, sequence + 100000, event_type, version, event_data, action_id, server_time
    FROM game.events WHERE tenant_id = $tenant AND sequence <= 2`;
  const department = (name: string) =>
    `INSERT INTO org.departments (tenant_id, name) VALUES ($tenant, '${name}')`;

  it.each([
    [
      'a long value that an update leaves where it is',
      94,
      [
        `UPDATE content.email_templates SET difficulty = 5 WHERE tenant_id = $tenant`,
        NEW_TEMPLATE,
        `UPDATE content.email_templates SET subject = 'changed' ${OF_NEW}`,
      ],
    ],
    [
      'a long value that one batch writes and leaves',
      3,
      [
        `${NEW_TEMPLATE.replace("'extra', 'long'", "'extra', 'again'")}; UPDATE content.email_templates SET subject = 'more' ${OF_NEW}`,
      ],
    ],
    [
      'a key that changes, with a long value in its row',
      4,
      [
        `UPDATE content.email_templates SET id = uuidv7() ${OF_NEW}`,
        `UPDATE content.email_templates SET id = uuidv7(), subject = 'twice' ${OF_NEW}`,
      ],
    ],
    [
      'two rows that change places in a unique key',
      5,
      [
        department('east'),
        department('west'),
        `UPDATE org.departments SET name = 'aside' WHERE tenant_id = $tenant AND name = 'east'; UPDATE org.departments SET name = 'east' WHERE tenant_id = $tenant AND name = 'west'; UPDATE org.departments SET name = 'west' WHERE tenant_id = $tenant AND name = 'aside'`,
      ],
    ],
    [
      'a row that goes and comes again under its key',
      2,
      [
        `WITH gone AS (DELETE FROM org.departments WHERE tenant_id = $tenant AND name = 'west' RETURNING *) INSERT INTO org.departments SELECT * FROM gone`,
      ],
    ],
    [
      'a row that moves to another month',
      2,
      [
        `UPDATE game.events SET server_time = server_time + interval '40 days' WHERE tenant_id = $tenant AND sequence = 3`,
      ],
    ],
    [
      'a row of a log that a door at the source has let go',
      1,
      [`DELETE FROM game.events WHERE tenant_id = $tenant AND sequence = 9`],
    ],
    [
      'rows of a log, of which one is there already',
      4,
      [
        `WITH gone AS (DELETE FROM game.events WHERE tenant_id = $tenant AND sequence = 4 RETURNING *) INSERT INTO game.events SELECT * FROM gone; ${NEW_EVENTS}`,
      ],
    ],
    [
      'a transaction that is larger than a batch',
      27500,
      [
        `INSERT INTO org.departments (tenant_id, name) SELECT $tenant, 'many ' || n FROM generate_series(1, 25000) AS n; UPDATE org.departments SET name = name || '!' WHERE tenant_id = $tenant AND name LIKE 'many %7'`,
      ],
    ],
  ])('brings %s', async (_, least, transactions) => {
    const { step, changesApplied, failed } = await moveDuring(...transactions);
    expect({ step, failed }).toEqual({ step: 'completed', failed: [] });
    expect(changesApplied).toBeGreaterThanOrEqual(least);
  });

  it('leaves out what was rolled back, whole or in part, and what other tenants did', async () => {
    const inPart = `DO $$ BEGIN
      BEGIN ${department('nor this')}; RAISE 'no'; EXCEPTION WHEN OTHERS THEN NULL; END;
    END $$`;
    const others = `UPDATE org.departments SET name = name || ' x' WHERE tenant_id <> $tenant`;
    const { changesApplied, failed } = await moveDuring(
      `${department('never')}; SELECT 1 / 0`,
      inPart,
      others,
    );
    expect({ changesApplied, failed }).toEqual({ changesApplied: 0, failed: ['22012'] });
  });

  it('brings whatever random transactions make', async () => {
    const name = fc.integer({ min: 0, max: 8 }).map((n) => `random ${n}`);
    const where = (given: string) => `WHERE tenant_id = $tenant AND name = '${given}'`;
    const statement = fc.oneof(
      name.map(department),
      name.map((each) => `UPDATE org.departments SET updated_at = clock_timestamp() ${where(each)}`),
      fc
        .tuple(name, name)
        .map(([one, other]) => `UPDATE org.departments SET name = '${other}' ${where(one)}`),
      name.map((each) => `UPDATE org.departments SET id = uuidv7() ${where(each)}`),
      name.map((each) => `DELETE FROM org.departments ${where(each)}`),
      fc.constant(NEW_TEMPLATE.replace("'long'", 'uuidv7()::text')),
      fc
        .integer({ min: 1, max: 5 })
        .map((n) => `UPDATE content.email_templates SET difficulty = ${n} ${OF_NEW}`),
      fc.constant(`DELETE FROM content.email_templates ${OF_NEW} AND random() < 0.3`),
    );
    const transaction = fc.array(statement, { minLength: 1, maxLength: 6 }).map((all) => all.join('; '));
    await fc.assert(
      fc.asyncProperty(fc.array(transaction, { minLength: 20, maxLength: 60 }), async (transactions) => {
        await moveDuring(...transactions);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });
});
