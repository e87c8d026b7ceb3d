/** Every way to write a row of another tenant’s: to change, remove, add, replace or give away one. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Outcome } from './attempt.ts';
import { type Field, insertion, keyOf, type Row, renewed, type Target } from './field.ts';
import { countOf, type Group, passedPolicy, type TableAttempt, tryOn } from './group.ts';

export const writing: Group = {
  name: 'writing',
  tries:
    'UPDATE, DELETE, INSERT, INSERT … RETURNING, ON CONFLICT DO NOTHING and DO UPDATE, MERGE with each of its ends, COPY FROM, TRUNCATE, a row moved to the other tenant, and a row of nobody, in every table.',
  standsFor:
    'A use case that takes a tenant’s id from its caller, and a statement injected into one tenant’s request.',
  remedy:
    'give the table the policy of its kind for all commands, USING and WITH CHECK; pnpm db:check names what is missing',
  async attack(field, note) {
    const context = { entered: field.own.id } as const;
    for (const target of field.targets)
      for (const each of attemptsOn(field, target))
        note({ rule: each.rule, object: target.name }, await tryOn(field, context, target, each));
  },
};

function attemptsOn(field: Field, target: Target): TableAttempt[] {
  const { name, updatable } = target;
  const theirs = target.prey ? keyOf(target, target.prey) : `tenant_id = '${field.victim.id}'`;
  const changed = (rule: string, text: string): TableAttempt => ({
    rule,
    text,
    evidence: (outcome) => countOf(outcome, 'rows of another tenant changed'),
  });
  return [
    changed('changes-own-rows-alone', `UPDATE ${name} SET ${updatable} = ${updatable} WHERE ${theirs}`),
    changed(
      'changes-own-rows-alone',
      `UPDATE ${name} SET ${updatable} = ${updatable} WHERE ${theirs} RETURNING *`,
    ),
    changed('removes-own-rows-alone', `DELETE FROM ${name} WHERE ${theirs} RETURNING *`),
    ...(target.prey ? [...insertionsOf(target, target.prey), ...mergesOf(target, target.prey)] : []),
    ...(target.ownRow ? ownRowMoved(field, target, target.ownRow) : []),
    {
      rule: 'truncates-nothing',
      text: `TRUNCATE ${name}`,
      evidence: ({ state }) =>
        state === '42501'
          ? undefined
          : 'TRUNCATE, which no policy stops, was not refused as a matter of rights',
    },
    { rule: 'copies-nothing-in', text: `COPY ${name} FROM STDIN`, evidence: takenIn },
  ];
}

/** The driver breaks off a COPY that the server has agreed to, which it then answers as a query that was cancelled. */
const takenIn = ({ state, message }: Outcome): string | undefined =>
  state === '57014' && message.includes('COPY')
    ? 'COPY FROM, which no policy looks at, was agreed to'
    : undefined;

/** A row of the other’s: a new one, and the very one that is there. */
function insertionsOf(target: Target, prey: Row): TableAttempt[] {
  const insert = insertion(target);
  const key = target.primaryKey.map((column) => pg.escapeIdentifier(column)).join(', ');
  const passed = (outcome: Outcome) => passedPolicy(target, outcome);
  const fresh = { values: [JSON.stringify(renewed(target, prey))], evidence: passed };
  // Nothing done, and no error, is what somebody is told whose row is there already.
  const skipped = (outcome: Outcome) =>
    outcome.state === undefined
      ? `carried out, ${outcome.rowCount} rows: it tells that the row is there`
      : passed(outcome);
  const same = { values: [JSON.stringify(prey)], evidence: skipped };
  const { updatable } = target;
  return [
    { rule: 'adds-own-rows-alone', text: insert, ...fresh },
    { rule: 'adds-own-rows-alone', text: `${insert} RETURNING *`, ...fresh },
    { rule: 'meets-own-rows-alone', text: `${insert} ON CONFLICT DO NOTHING`, ...same },
    {
      rule: 'meets-own-rows-alone',
      text: `${insert} ON CONFLICT (${key}) DO UPDATE SET ${updatable} = excluded.${updatable} RETURNING *`,
      ...same,
    },
  ];
}

function mergesOf(target: Target, prey: Row): TableAttempt[] {
  const { name, updatable } = target;
  const keys = target.primaryKey.map((key) => `t.${key} = s.${key}`).join(' AND ');
  const merge = `MERGE INTO ${name} AS t USING jsonb_populate_record(NULL::${name}, $1::jsonb) AS s ON ${keys}`;
  const names = target.columns
    .filter(({ computed }) => !computed)
    .map(({ name: column }) => pg.escapeIdentifier(column));
  const insert = `INSERT (${names.join(', ')}) VALUES (${names.map((column) => `s.${column}`).join(', ')})`;
  const same = {
    values: [JSON.stringify(prey)],
    evidence: (outcome: Outcome) => countOf(outcome, 'rows of another tenant merged'),
  };
  return [
    {
      rule: 'merges-own-rows-alone',
      text: `${merge} WHEN NOT MATCHED THEN ${insert}`,
      values: [JSON.stringify(renewed(target, prey))],
      evidence: (outcome) => passedPolicy(target, outcome),
    },
    {
      rule: 'merges-own-rows-alone',
      text: `${merge} WHEN MATCHED THEN UPDATE SET ${updatable} = s.${updatable}`,
      ...same,
    },
    { rule: 'merges-own-rows-alone', text: `${merge} WHEN MATCHED THEN DELETE`, ...same },
  ];
}

/**
 * One's own row, given to the other tenant or to nobody. A condition would have PostgreSQL hold the new row to what may be
 * read, too; without one, WITH CHECK stands alone, and refuses the first row of all.
 */
function ownRowMoved({ victim }: Field, target: Target, ownRow: Row): TableAttempt[] {
  const { name } = target;
  const passed = { evidence: (outcome: Outcome) => passedPolicy(target, outcome), worthwhile: true };
  return [
    {
      rule: 'gives-no-row-away',
      text: `UPDATE ${name} SET tenant_id = '${victim.id}'`,
      ...passed,
    },
    {
      rule: 'gives-no-row-away',
      text: `UPDATE ${name} SET tenant_id = '${randomUUID()}'`,
      ...passed,
    },
    {
      rule: 'a-row-has-a-tenant',
      text: insertion(target),
      values: [JSON.stringify({ ...renewed(target, ownRow), tenant_id: null })],
      ...passed,
    },
  ];
}
