/** What is read through something else than its table: views, materialised views, foreign tables and sequences. */
import { attempt, describeOutcome } from './attempt.ts';
import type { Field } from './field.ts';
import { type Group, judge } from './group.ts';
import { markIn, marksOf } from './marks.ts';

export const views: Group = {
  name: 'views',
  tries:
    'Every view, materialised view, foreign table and sequence that the role may read, inside a tenant and outside of one.',
  standsFor: 'A report that was built with its author’s rights, and counters that all tenants share.',
  remedy:
    'make the view security_invoker; a materialised view and a sequence cannot be guarded, so drop them, or revoke them from everybody',
  async attack(field, note) {
    for (const { name, kind, ofTenants } of await readableRelations(field)) {
      const aim = { rule: RULES[kind], object: name };
      for (const context of [{ entered: field.own.id }, 'none'] as const) {
        const outcome = await attempt(field.app, context, `SELECT * FROM ${name} LIMIT 10000`);
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
        note(aim, judge(outcome, detail, true));
      }
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

async function readableRelations({
  admin,
  place,
}: Field): Promise<{ name: string; kind: Kind; ofTenants: boolean }[]> {
  const { rows } = await admin.query(
    `SELECT c.oid::regclass::text AS name, relkind AS kind,
       EXISTS (SELECT FROM pg_rewrite AS r JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
         JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND attname = 'tenant_id' WHERE r.ev_class = c.oid) OR relkind = 'f' AS "ofTenants"
     FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
     WHERE relkind IN ('v', 'm', 'f', 'S') AND nspname !~ '^(pg_|information_schema$)' AND has_schema_privilege($1, n.oid, 'USAGE')
       AND CASE relkind WHEN 'S' THEN has_sequence_privilege($1, c.oid, 'USAGE, SELECT') ELSE has_any_column_privilege($1, c.oid, 'SELECT') END ORDER BY 1`,
    [place.role],
  );
  return rows;
}
