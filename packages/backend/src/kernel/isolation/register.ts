/** The register of tenants and the reference tables: what says who else is there, and what all tenants share. */
import { attempt, describeOutcome } from './attempt.ts';
import { hasNoRight } from './field.ts';
import { type Group, judge } from './group.ts';

export const register: Group = {
  name: 'register',
  tries: 'Every table of no tenant: the register read and written, reference tables written.',
  standsFor: 'A list of customers, and a change of what every tenant reads.',
  remedy:
    'revoke the right: the register is reached through functions of the schema dmz alone, reference tables are read-only',
  async attack({ admin, app, own }, note) {
    const { rows } = await admin.query(
      `SELECT c.oid::regclass::text AS name, coalesce(substring(obj_description(c.oid, 'pg_class') FROM '@kind (\\S+)'), 'unknown') AS kind,
         (SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = c.oid AND attnum = 1) AS first
       FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
       WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname !~ '^(pg_|information_schema$)'
         AND (nspname IN ('public', 'drizzle') OR NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id')) ORDER BY 1`,
    );
    for (const { name, kind, first } of rows) {
      const writes = [
        `INSERT INTO ${name} DEFAULT VALUES`,
        `UPDATE ${name} SET ${first} = ${first}`,
        `DELETE FROM ${name}`,
        `TRUNCATE ${name}`,
      ];
      const reads =
        kind === 'reference' ? [] : [`SELECT * FROM ${name} LIMIT 5`, `SELECT count(*) FROM ${name}`];
      for (const text of [...reads, ...writes]) {
        const outcome = await attempt(app, { entered: own.id }, text);
        const detail = hasNoRight(outcome) ? undefined : `${text.slice(0, 60)}: ${describeOutcome(outcome)}`;
        const rule = reads.includes(text) ? 'the-register-is-closed' : 'what-all-share-is-read-only';
        note({ rule, object: name }, judge(outcome, detail, true));
      }
    }
  },
};
