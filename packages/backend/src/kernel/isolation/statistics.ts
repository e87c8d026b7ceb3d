/** What the planner knows of all tenants: sampled values, estimates, and counts of rows that were looked at. */
import { randomUUID } from 'node:crypto';
import { attempt, type Outcome } from './attempt.ts';
import type { Field, Target } from './field.ts';
import { type Group, judge, type Note } from './group.ts';

export const statistics: Group = {
  name: 'statistics',
  tries:
    'pg_stats, pg_stats_ext and pg_statistic of every table and partition; EXPLAIN, with and without ANALYZE, for the other tenant’s id and for one that nobody has.',
  standsFor:
    'Reading another tenant’s commonest values, or how many rows it has, from what PostgreSQL keeps for planning.',
  remedy: 'keep row security on, which closes pg_stats to whoever it binds; revoke what shows more',
  async attack(field, note) {
    await readSamples(field, note);
    for (const target of field.targets) await explain(field, target, note);
  },
};

/** Asked once for all tables, since each of these views puts together what there is of every column. */
const SOURCES = [
  "SELECT DISTINCT format('%I.%I', schemaname, tablename)::regclass::text AS name FROM pg_stats",
  "SELECT DISTINCT format('%I.%I', schemaname, tablename)::regclass::text AS name FROM pg_stats_ext WHERE most_common_vals IS NOT NULL",
  'SELECT DISTINCT starelid::regclass::text AS name FROM pg_statistic',
];

async function readSamples({ app, own, targets }: Field, note: Note): Promise<void> {
  for (const source of SOURCES) {
    const outcome = await attempt(app, { entered: own.id }, source);
    const shown = new Set(outcome.rows.map(({ name }) => name));
    for (const { name, partitions, filled } of targets) {
      const open = [name, ...partitions].find((each) => shown.has(each));
      const detail = open && `${/FROM (\w+)/.exec(source)?.[1]} shows values that were sampled in ${open}`;
      note({ rule: 'statistics-are-closed', object: name }, judge(outcome, detail, filled));
    }
  }
}

/**
 * Equality is leakproof, so the planner may use what it has sampled of every tenant's rows, whoever asks; and EXPLAIN is
 * no right that could be revoked. It shows an estimate, to whoever knows the tenant's id, and no row.
 */
const PLANNED_FOR_ALL = 'EXPLAIN estimates how many rows a tenant has, from samples of all';

/** Two plans differ where PostgreSQL knows something of the one tenant and nothing of the other. */
async function explain({ app, own, victim }: Field, target: Target, note: Note): Promise<void> {
  const aim = { rule: 'a-plan-tells-no-tenant-from-nobody', object: target.name };
  if (!target.prey || !target.granted.includes('SELECT')) return note(aim, 'empty');
  for (const condition of [
    (id: string) => `tenant_id = '${id}'`,
    (id: string) => `tenant_id BETWEEN '${id}' AND '${id}'`,
  ])
    for (const options of ['FORMAT json', 'FORMAT json, ANALYZE, TIMING off, SUMMARY off, BUFFERS off']) {
      const plan = (id: string) =>
        attempt(
          app,
          { entered: own.id },
          `EXPLAIN (${options}) SELECT FROM ${target.name} WHERE ${condition(id)}`,
        );
      const [theirs, ofNobody] = [await plan(victim.id), await plan(randomUUID())];
      const [one, other] = [gist(theirs), gist(ofNobody)];
      note(aim, one === other ? judge(theirs, undefined, true) : { known: PLANNED_FOR_ALL });
    }
}

/** Estimates and counts of a plan, without the ids in it. */
function gist({ state, rows }: Outcome): string {
  if (state !== undefined) return state;
  const text = JSON.stringify(rows[0]?.['QUERY PLAN'] ?? '');
  return [...text.matchAll(/"(Plan Rows|Rows Removed by Filter)":(\d+)/g)]
    .map(([, what, n]) => `${what} ${n}`)
    .join(', ');
}
