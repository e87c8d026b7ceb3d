/** What is read through something else than its table: views, materialised views, foreign tables and sequences. */
import { actAs, inWorld, rehearse, removeQuietly } from './acting.ts';
import { attempt, describeOutcome, type Outcome } from './attempt.ts';
import type { Field } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import { markIn, marksOf } from './marks.ts';
import type { Verdict } from './tally.ts';

export const views: Group = {
  name: 'views',
  tries:
    'Every view, materialised view, foreign table and sequence that the role may read, in the columns that it may, inside a tenant and outside of one; and whether a view shows something else where the other tenant has nothing.',
  standsFor: 'A report that was built with its author’s rights, and counters that all tenants share.',
  remedy:
    'make the view security_invoker; a materialised view and a sequence cannot be guarded, so drop them, or revoke them from everybody',
  async attack(field, note) {
    for (const relation of await readableRelations(field)) {
      await readIt(field, relation, note);
      if (relation.kind === 'v')
        note({ rule: RULES.v, object: relation.name }, await compareWithout(field, relation));
    }
  },
};

type Kind = 'v' | 'm' | 'f' | 'S';
const RULES: Readonly<Record<Kind, string>> = {
  v: 'a-view-shows-own-rows-alone',
  m: 'no-materialised-view-is-open',
  f: 'no-foreign-table-is-open',
  S: 'no-sequence-is-shared',
};

interface Readable {
  readonly name: string;
  readonly kind: Kind;
  /** Whether it is made of tables of tenants. */
  readonly ofTenants: boolean;
  /** Those that the role may read. */
  readonly columns: string;
}

async function readableRelations({ admin, place }: Field): Promise<Readable[]> {
  const { rows } = await admin.query(
    `SELECT c.oid::regclass::text AS name, relkind AS kind,
       EXISTS (SELECT FROM pg_rewrite AS r JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
         JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND attname = 'tenant_id' WHERE r.ev_class = c.oid) OR relkind = 'f' AS "ofTenants",
       coalesce((SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0
         AND NOT attisdropped AND (relkind = 'S' OR has_column_privilege($1, c.oid, attnum, 'SELECT'))), '') AS columns
     FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
     WHERE relkind IN ('v', 'm', 'f', 'S') AND nspname !~ '^(pg_|information_schema$)' AND has_schema_privilege($1, n.oid, 'USAGE')
       AND CASE relkind WHEN 'S' THEN has_sequence_privilege($1, c.oid, 'USAGE, SELECT') ELSE has_any_column_privilege($1, c.oid, 'SELECT') END ORDER BY 1`,
    [place.role],
  );
  return rows;
}

const SHOWN_ROWS = 10_000;
const reading = ({ name, columns }: Readable) => `SELECT ${columns} FROM ${name} LIMIT ${SHOWN_ROWS}`;

async function readIt(field: Field, relation: Readable, note: Note): Promise<void> {
  const { kind, name, ofTenants } = relation;
  for (const context of [{ entered: field.own.id }, 'none'] as const) {
    const outcome = await attempt(field.app, context, reading(relation));
    const shown = markIn(
      outcome.rows.map((row) => JSON.stringify(row)),
      marksOf(field),
    );
    const unguarded = kind !== 'v' && outcome.rowCount > 0 && (ofTenants || kind === 'S');
    const detail = shown
      ? `it shows what is of another tenant: ${shown}`
      : unguarded
        ? `no policy guards it, and it answers: ${describeOutcome(outcome)}`
        : undefined;
    note({ rule: RULES[kind], object: name }, judge(outcome, detail, true));
  }
}

/** What is counted or put together gives nobody's id away; but it is another one without the other's rows. */
function compareWithout(field: Field, relation: Readable): Promise<Verdict> {
  return rehearse(field, async (inside) => {
    const read = () => actAs(inside, field.own.id, [[reading(relation), []]]);
    const [once, again] = [await inWorld(inside.admin, read), await inWorld(inside.admin, read)];
    const without = await inWorld(inside.admin, async () => {
      await removePrey(inside);
      return read();
    });
    const steady = textOf(once) === textOf(again);
    const detail =
      steady && textOf(once) !== textOf(without)
        ? `it shows ${describeOutcome(once)}, and something else where the other tenant has nothing`
        : undefined;
    return judge(once, detail, true);
  });
}

async function removePrey({ admin, targets }: Field): Promise<void> {
  for (const target of targets) if (target.prey) await removeQuietly(admin, target, target.prey);
}

const textOf = ({ state, rows }: Outcome): string =>
  state ?? JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());
