/** Every way to read a table, for rows of somebody else; and a look at one's own, since who sees nothing proves nothing. */
import { attempt, describeOutcome, type Outcome } from './attempt.ts';
import { canBeCopied, copySource, type Field, keyOf, type Target } from './field.ts';
import { countOf, type Group, judge, type Note, SCAN_ALL, type TableAttempt, tryOn } from './group.ts';

export const reading: Group = {
  name: 'reading',
  tries:
    'SELECT by the other’s id and by anything but one’s own, with OR, locks, samples, ONLY, cursors, aggregates, CTEs and scans, with row security switched off, and COPY TO, of every table.',
  standsFor: 'A forgotten WHERE, and a statement injected into one tenant’s request.',
  remedy:
    'enable and force row security with the policy of the table’s kind; pnpm db:check names what is missing',
  async attack(field, note) {
    for (const target of field.targets) await readTarget(field, target, note);
  },
};

async function readTarget(field: Field, target: Target, note: Note): Promise<void> {
  const context = { entered: field.own.id } as const;
  const object = target.name;
  for (const each of attemptsOn(field, target))
    note({ rule: each.rule, object }, await tryOn(field, context, target, each));
  note({ rule: 'reading-is-not-blind', object }, await seesItsOwn(field, target));
}

function attemptsOn({ own, victim }: Field, target: Target): TableAttempt[] {
  const { name, partitions } = target;
  const others = `tenant_id IS DISTINCT FROM '${own.id}'`;
  const theirs = `tenant_id = '${victim.id}'`;
  const read = (rule: string, text: string): TableAttempt => ({
    rule,
    text,
    evidence: (outcome) => countOf(outcome, 'rows of another tenant read'),
  });
  const counted = (text: string): TableAttempt => ({
    rule: 'reads-own-rows-alone',
    text,
    evidence: ({ rows }) =>
      Number(rows[0]?.n ?? 0) > 0 ? `${rows[0]?.n} rows of another tenant counted` : undefined,
  });
  return [
    read('reads-own-rows-alone', `SELECT tenant_id FROM ${name} WHERE ${others} LIMIT 5`),
    read('reads-own-rows-alone', `SELECT * FROM ${name} WHERE ${theirs} LIMIT 5`),
    read('reads-own-rows-alone', `SELECT * FROM ${name} WHERE (${theirs} OR true) AND ${others} LIMIT 5`),
    read('reads-own-rows-alone', `${SCAN_ALL}; SELECT * FROM ${name} WHERE ${theirs} LIMIT 5`),
    read('reads-own-rows-alone', `SELECT * FROM ${name} TABLESAMPLE SYSTEM (100) WHERE ${others} LIMIT 5`),
    ...(partitions.length > 0
      ? []
      : [read('reads-own-rows-alone', `SELECT * FROM ONLY ${name} WHERE ${others} LIMIT 5`)]),
    read(
      'reads-own-rows-alone',
      `WITH all_rows AS MATERIALIZED (SELECT * FROM ${name} WHERE ${theirs}) SELECT * FROM all_rows LIMIT 5`,
    ),
    read(
      'reads-own-rows-alone',
      `DECLARE thief NO SCROLL CURSOR FOR SELECT * FROM ${name} WHERE ${theirs}; FETCH 5 FROM thief`,
    ),
    counted(`SELECT count(*) AS n FROM ${name} WHERE ${theirs}`),
    counted(`SELECT (EXISTS (SELECT FROM ${name} WHERE ${theirs}))::int AS n`),
    ...(target.prey
      ? [read('reads-own-rows-alone', `SELECT * FROM ${name} WHERE ${keyOf(target, target.prey)}`)]
      : []),
    read('locks-own-rows-alone', `SELECT * FROM ${name} WHERE ${theirs} LIMIT 1 FOR UPDATE SKIP LOCKED`),
    read(
      'row-security-stays-on',
      `SET LOCAL row_security = off; SELECT * FROM ${name} WHERE ${theirs} LIMIT 5`,
    ),
    {
      rule: 'row-security-is-active',
      text: `SELECT row_security_active('${name}') AS active`,
      evidence: ({ rows }) =>
        rows[0]?.active === false
          ? 'PostgreSQL says that row security does not bind this role here'
          : undefined,
    },
    read('copies-own-rows-alone', `COPY (SELECT * FROM ${name} WHERE ${theirs} LIMIT 5) TO STDOUT`),
    {
      rule: 'copies-own-rows-alone',
      text: `COPY ${canBeCopied(target) ? copySource(target) : `(SELECT tenant_id FROM ${name} WHERE ${others} LIMIT 5)`} TO STDOUT`,
      evidence: (outcome) => copied(outcome, victim.id),
    },
  ];
}

function copied({ rows }: Outcome, victim: string): string | undefined {
  const lines = rows.filter(({ line }) => String(line).includes(victim)).length;
  return lines > 0 ? `${lines} rows of another tenant copied` : undefined;
}

/** An attacker who is kept from everything, as by a wrong name, would find nothing in a database without any wall. */
async function seesItsOwn(field: Field, target: Target) {
  const { ownRow, name } = target;
  if (!ownRow || !target.granted.includes('SELECT')) return 'empty' as const;
  const text = `SELECT FROM ${name} WHERE ${keyOf(target, ownRow)}`;
  const seen = await attempt(field.app, { entered: field.own.id }, text);
  return seen.rowCount > 0
    ? judge(seen, undefined, true)
    : { untried: `it does not see its own row: ${describeOutcome(seen)}` };
}
