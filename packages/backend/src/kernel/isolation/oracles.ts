/** Errors that tell what may not be seen: duplicates, conditions that fail on some rows only, casts that quote a value. */
import pg from 'pg';
import { attempt, describeOutcome, type Outcome } from './attempt.ts';
import { type Field, insertion, type Row, renewed, type Target } from './field.ts';
import { type Group, judge, type Note, SCAN_ALL } from './group.ts';

export const oracles: Group = {
  name: 'oracles',
  tries:
    'The values of the other’s row as one’s own, for a duplicate that is none of one’s own; divisions, casts and subscripts that fail on the other’s rows alone, in conditions, orders and joins.',
  standsFor: 'Guessing another tenant’s values, and learning from an error which are right.',
  remedy: 'begin unique keys with tenant_id; mark no function that can fail as leakproof',
  async attack(field, note) {
    for (const target of field.targets) {
      await tryFailing(field, target, note);
      await tryDuplicate(field, target, note);
    }
  },
};

async function tryFailing({ app, own, victim }: Field, target: Target, note: Note): Promise<void> {
  const { name } = target;
  const theirs = `tenant_id = '${victim.id}'`;
  const failing = [
    `SELECT FROM ${name} WHERE 1 / (CASE WHEN ${theirs} THEN 0 ELSE 1 END) = 1`,
    `SELECT 1 / (CASE WHEN ${theirs} THEN 0 ELSE 1 END) FROM ${name}`,
    `SELECT FROM ${name} WHERE CASE WHEN ${theirs} THEN tenant_id::text::integer = 1 ELSE false END`,
    `SELECT FROM ${name} ORDER BY CASE WHEN ${theirs} THEN tenant_id::text::integer END`,
    `${SCAN_ALL}; SELECT FROM ${name} AS t JOIN (VALUES (0)) AS v(n) ON 1 / (CASE WHEN t.${theirs} THEN v.n ELSE 1 END) = 1`,
  ];
  for (const text of failing) {
    const outcome = await attempt(app, { entered: own.id }, text);
    const failed = outcome.state === '22012' || outcome.state === '22P02';
    const detail = failed ? `it failed on a row of another tenant: ${describeOutcome(outcome)}` : undefined;
    note(
      { rule: 'no-condition-meets-others-rows', object: name },
      judge(outcome, detail, target.prey !== undefined),
    );
  }
}

/** The other's row as one's own: no key that contains the tenant can call it a duplicate. */
async function tryDuplicate(field: Field, target: Target, note: Note): Promise<void> {
  const aim = { rule: 'a-duplicate-is-of-ones-own', object: target.name };
  const { prey } = target;
  if (!prey || !target.granted.includes('INSERT')) return note(aim, 'empty');
  const row = { ...prey, tenant_id: field.own.id };
  for (const as of [row, renewed(target, row)])
    for (const suffix of ['', ' ON CONFLICT DO NOTHING']) {
      const outcome = await attempt(field.app, { entered: field.own.id }, insertion(target) + suffix, [
        JSON.stringify(as),
      ]);
      note(aim, judge(outcome, await duplicateOfOthers(field, target, as, outcome), true));
    }
}

async function duplicateOfOthers(
  field: Field,
  target: Target,
  row: Row,
  outcome: Outcome,
): Promise<string | undefined> {
  const skipped = outcome.state === undefined && outcome.rowCount === 0;
  if (outcome.state !== '23505' && !skipped) return undefined;
  const suspected = target.uniqueKeys.filter(({ name }) => skipped || name === outcome.constraint);
  for (const { columns } of suspected) if (await ownRowWith(field, target, columns, row)) return undefined;
  return `another tenant’s value is told: ${skipped ? 'skipped as a duplicate' : describeOutcome(outcome)}`;
}

async function ownRowWith(
  field: Field,
  { name }: Target,
  columns: readonly string[],
  row: Row,
): Promise<boolean> {
  const same = columns.map((column) => `t.${pg.escapeIdentifier(column)} = r.${pg.escapeIdentifier(column)}`);
  const { rows } = await field.admin.query(
    `SELECT FROM ${name} AS t, jsonb_populate_record(NULL::${name}, $1::jsonb) AS r WHERE ${['t.tenant_id = r.tenant_id', ...same].join(' AND ')} LIMIT 1`,
    [JSON.stringify(row)],
  );
  return rows.length > 0;
}
