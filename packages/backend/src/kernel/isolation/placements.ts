/** A tenant in a schema of its own, and its neighbours: each other's schema, and the module schemas. */
import pg from 'pg';
import { attempt, type Context, describeOutcome } from './attempt.ts';
import { APP_ROLE, type Field } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import { MODULE_SCHEMAS, readTenantTables } from './tenant-tables.ts';

export const placements: Group = {
  name: 'placements',
  tries:
    'Every table in the schemas of other tenants, and for a tenant in its own schema those of the module schemas: read, written and removed as the role of the place, and after becoming the other schema’s role in one’s own context.',
  standsFor: 'A statement injected into a request of one tenant, against a tenant in a schema beside it.',
  remedy:
    'grant a schema to its own tenant’s role alone, and let each table keep its policy; pnpm db:check names both',
  async attack(field, note) {
    for (const schema of await neighbours(field)) await trySchema(field, schema, note);
  },
};

/** Each is made alike, so that a few stand for all. */
const NEIGHBOURS = 2;

/** Null stands for the module schemas. */
async function neighbours({ admin, place }: Field): Promise<(string | null)[]> {
  const { rows } = await admin.query(
    "SELECT nspname AS schema FROM pg_namespace WHERE nspname ~ '^tenant_' AND nspname IS DISTINCT FROM $1 ORDER BY 1 LIMIT $2",
    [place.schema, NEIGHBOURS],
  );
  return [...(place.schema === null ? [] : [null]), ...rows.map(({ schema }) => schema)];
}

async function trySchema(field: Field, schema: string | null, note: Note): Promise<void> {
  const { admin, app, own, place } = field;
  const role = schema === null ? APP_ROLE : `dmz_${schema}`;
  const tables = await readTenantTables(admin, { ...MODULE_SCHEMAS, schema });
  const login = await field.connect(APP_ROLE);
  const inside: Context = { entered: own.id };
  for (const { name } of tables) {
    const texts = [
      `SELECT * FROM ${name} LIMIT 5`,
      `INSERT INTO ${name} DEFAULT VALUES`,
      `DELETE FROM ${name}`,
    ];
    for (const text of texts) {
      const outcome = await attempt(app, inside, text);
      // A second wall behind it may have stopped it; the first one has not.
      const detail =
        outcome.state === '42501'
          ? undefined
          : `${place.role} has a right there: ${describeOutcome(outcome)}`;
      note({ rule: 'a-neighbour-has-no-right', object: name }, judge(outcome, detail, true));
    }
    const become = `SET LOCAL ROLE ${pg.escapeIdentifier(role)}; SELECT * FROM ${name} LIMIT 5`;
    const outcome = await attempt(login, inside, become);
    const detail =
      outcome.state === undefined && outcome.rowCount > 0
        ? `${role} was shown ${outcome.rowCount} rows in another tenant’s context`
        : undefined;
    note({ rule: 'another-role-brings-no-context', object: name }, judge(outcome, detail, true));
  }
}
