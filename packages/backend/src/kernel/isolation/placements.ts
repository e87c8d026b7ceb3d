/** A tenant in a schema of its own, and its neighbours: each other's schema, and the module schemas. */
import pg from 'pg';
import { tenantRole } from '../db/index.ts';
import { APP_ROLE } from '../stack/index.ts';
import { attempt, type Context, describeOutcome } from './attempt.ts';
import { type Field, hasNoRight } from './field.ts';
import { slotOf } from './forged.ts';
import { countOf, type Group, judge, type Note } from './group.ts';
import { MODULE_SCHEMAS, readTenantTables, type TenantTable } from './tenant-tables.ts';

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
  const role = schema === null ? APP_ROLE : tenantRole(schema);
  const tables = await readTenantTables(admin, { ...MODULE_SCHEMAS, schema });
  const login = await field.connect(APP_ROLE);
  const inside: Context = { entered: own.id };
  if (schema !== null) await forgeInto(field, login, { schema, role, tables }, note);
  for (const { name } of tables) {
    const texts = [
      `SELECT * FROM ${name} LIMIT 5`,
      `INSERT INTO ${name} DEFAULT VALUES`,
      `DELETE FROM ${name}`,
    ];
    for (const text of texts) {
      const outcome = await attempt(app, inside, text);
      // A second wall behind it may have stopped it; the first one has not.
      const detail = hasNoRight(outcome)
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

/** The role of the neighbour, and a context of the neighbour's that nobody has given. */
async function forgeInto(
  { admin }: Field,
  login: pg.Client,
  {
    schema,
    role,
    tables,
  }: { readonly schema: string; readonly role: string; readonly tables: readonly TenantTable[] },
  note: Note,
): Promise<void> {
  const resident = await admin.query(
    'SELECT tenant_id::text AS id FROM public.residents WHERE schema_name = $1',
    [schema],
  );
  const id: string | undefined = resident.rows[0]?.id;
  const prey = await firstFilled(admin, tables);
  const ways = {
    SET: `SET LOCAL dmz.tenant_id = '${id}'; SET LOCAL dmz.entered = '${id}@${schema}'`,
    'SET of the context': `SET LOCAL backtrace_functions = '${slotOf(String(id), schema)}'`,
    'an entry': `SELECT dmz.enter_tenant('${id}')`,
  };
  for (const [way, forge] of Object.entries(ways)) {
    const aim = { rule: 'context-cannot-be-forged', object: `${way}, as ${role}` };
    if (!id || !prey) note(aim, 'empty');
    else {
      const become = `SET LOCAL ROLE ${pg.escapeIdentifier(role)}`;
      const outcome = await attempt(login, 'none', `${forge}; ${become}; SELECT * FROM ${prey} LIMIT 5`);
      note(aim, judge(outcome, countOf(outcome, `rows of another tenant read in ${prey}`), true));
    }
  }
}

async function firstFilled(admin: pg.Client, tables: readonly TenantTable[]): Promise<string | undefined> {
  for (const { name } of tables) {
    const { rows } = await admin.query(`SELECT FROM ${name} LIMIT 1`);
    if (rows.length > 0) return name;
  }
  return undefined;
}
