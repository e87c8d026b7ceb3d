/** What one tenant tries on another one's rows in every table: reading, writing, moving, copying, guessing. */
import {
  attempt,
  attemptCopy,
  describeOutcome,
  type Finding,
  type Outcome,
} from '../../src/kernel/isolation/attempt.ts';
import type { TenantTable } from '../../src/kernel/isolation/tenant-tables.ts';
import { type Battlefield, copySource, insertion, refusedByRights, renewed } from './battlefield.ts';

interface Attack {
  readonly rule: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly foiled: (outcome: Outcome) => boolean;
}

const nothing = (outcome: Outcome) =>
  refusedByRights(outcome) || (outcome.state === undefined && outcome.rowCount === 0);

/** @param keep  commits attacks that succeed, for checksums to show */
export async function attackAcrossTenants(field: Battlefield, keep = false): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const table of field.tables) {
    const report = (rule: string, detail: string) => findings.push({ rule, object: table.name, detail });
    await readEverything(field, table, report);
    for (const { rule, text, values, foiled } of attacksOn(field, table)) {
      const outcome = await attempt(field.app, { entered: field.own }, text, values, { keep });
      if (!foiled(outcome)) report(rule, describeOutcome(outcome));
    }
  }
  return findings;
}

type Report = (rule: string, detail: string) => void;

/** Every way to read a whole table must give all rows of one's own, and no other. */
async function readEverything(field: Battlefield, table: TenantTable, report: Report): Promise<void> {
  if (!table.granted.includes('SELECT')) return;
  const { admin, app, own, foreign } = field;
  const { rows } = await admin.query(`SELECT count(*)::int AS n FROM ${table.name} WHERE tenant_id = $1`, [
    own,
  ]);
  const context = { entered: own };
  for (const from of [table.name, `${table.name} TABLESAMPLE SYSTEM (100)`, `ONLY ${table.name}`]) {
    if (from.startsWith('ONLY') && table.partitions.length > 0) continue;
    const seen = await attempt(app, context, `SELECT tenant_id FROM ${from}`);
    if (seen.state !== undefined || seen.rows.some(({ tenant_id }) => tenant_id !== own))
      report('reading gives one’s own rows alone', describeOutcome(seen));
    if (seen.rowCount !== rows[0].n) report('reading gives all of one’s own rows', describeOutcome(seen));
  }
  for (const source of [
    copySource(table),
    `(SELECT * FROM ${table.name} WHERE tenant_id = '${foreign}' OR true)`,
  ]) {
    const copied = await attemptCopy(app, context, `COPY ${source} TO STDOUT`);
    if (copied.state !== undefined || copied.rows.some(({ line }) => String(line).includes(foreign)))
      report('COPY TO gives one’s own rows alone', describeOutcome(copied));
    if (copied.rowCount !== rows[0].n) report('COPY TO gives all of one’s own rows', describeOutcome(copied));
  }
}

function attacksOn(field: Battlefield, table: TenantTable): Attack[] {
  const { name } = table;
  const { foreign } = field;
  const nothingOf = (rule: string, text: string, values: readonly unknown[] = [foreign]): Attack => ({
    rule,
    text,
    values,
    foiled: nothing,
  });
  return [
    nothingOf('SELECT by the other’s id finds nothing', `SELECT * FROM ${name} WHERE tenant_id = $1`),
    nothingOf(
      'an OR finds nothing',
      `SELECT * FROM ${name} WHERE (tenant_id = $1 OR true) AND tenant_id = $1`,
    ),
    nothingOf('locking finds nothing', `SELECT * FROM ${name} WHERE tenant_id = $1 FOR UPDATE`),
    {
      rule: 'a condition that fails on the other’s rows does not tell that they are there',
      text: `SELECT 1 / (CASE WHEN tenant_id = $1 THEN 0 ELSE 1 END) FROM ${name}`,
      values: [foreign],
      foiled: ({ state }) => state === undefined || state === '42501',
    },
    {
      rule: 'statistics do not tell the other’s values',
      text: "SELECT * FROM pg_stats WHERE format('%I.%I', schemaname, tablename)::regclass = ANY ($1::regclass[])",
      values: [[name, ...table.partitions]],
      foiled: nothing,
    },
    nothingOf(
      'UPDATE changes nothing',
      `UPDATE ${name} SET ${table.updatable} = ${table.updatable} WHERE tenant_id = $1 RETURNING *`,
    ),
    nothingOf('DELETE removes nothing', `DELETE FROM ${name} WHERE tenant_id = $1 RETURNING *`),
    ...insertionsOn(field, table),
    ...mergesOn(field, table),
    refused(
      'row-level security cannot be switched off',
      `SET LOCAL row_security = off; SELECT * FROM ${name}`,
      [],
    ),
    refused('TRUNCATE is refused', `TRUNCATE ${name}`, []),
    refused('COPY FROM is refused', `COPY ${name} FROM STDIN`, []),
  ];
}

function refused(rule: string, text: string, values: readonly unknown[]): Attack {
  return { rule, text, values, foiled: refusedByRights };
}

/** A row of the other’s: a new one, and the very one that is there. */
function insertionsOn(field: Battlefield, table: TenantTable): Attack[] {
  const existing = field.rowOf(table, field.foreign);
  const fresh = [JSON.stringify(renewed(table, existing))];
  const same = [JSON.stringify(existing)];
  const insert = insertion(table);
  const key = table.primaryKey.join(', ');
  return [
    refused('INSERT of the other’s row is refused', insert, fresh),
    refused('INSERT … RETURNING is refused', `${insert} RETURNING *`, fresh),
    refused('ON CONFLICT DO NOTHING is refused', `${insert} ON CONFLICT DO NOTHING`, same),
    refused(
      'ON CONFLICT DO UPDATE is refused',
      `${insert} ON CONFLICT (${key}) DO UPDATE SET ${table.updatable} = excluded.${table.updatable} RETURNING *`,
      same,
    ),
    refused('moving one’s own row to the other is refused', `UPDATE ${table.name} SET tenant_id = $1`, [
      field.foreign,
    ]),
  ];
}

function mergesOn(field: Battlefield, table: TenantTable): Attack[] {
  const existing = field.rowOf(table, field.foreign);
  const keys = table.primaryKey.map((key) => `t.${key} = s.${key}`).join(' AND ');
  const merge = `MERGE INTO ${table.name} AS t USING jsonb_populate_record(NULL::${table.name}, $1::jsonb) AS s ON ${keys}`;
  const names = table.columns.filter(({ computed }) => !computed).map((column) => `"${column.name}"`);
  const insert = `INSERT (${names.join(', ')}) VALUES (${names.map((column) => `s.${column}`).join(', ')})`;
  const same = [JSON.stringify(existing)];
  const fresh = [JSON.stringify(renewed(table, existing))];
  return [
    refused('MERGE inserts none of the other’s rows', `${merge} WHEN NOT MATCHED THEN ${insert}`, fresh),
    {
      rule: 'MERGE updates none of the other’s rows',
      text: `${merge} WHEN MATCHED THEN UPDATE SET ${table.updatable} = s.${table.updatable}`,
      values: same,
      foiled: nothing,
    },
    {
      rule: 'MERGE deletes none of the other’s rows',
      text: `${merge} WHEN MATCHED THEN DELETE`,
      values: same,
      foiled: nothing,
    },
  ];
}
