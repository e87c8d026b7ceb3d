/** The attack on isolation as tests make it: two tenants with a row in every table, so that there is something to take. */
import type pg from 'pg';
import { definedSchema } from '../../src/defined-schema.ts';
import { type AttackedPlace, type Field, openField } from '../../src/kernel/isolation/index.ts';
import {
  MODULE_SCHEMAS,
  readTenantTables,
  type TenantTable,
  tenantIdOf,
} from '../../src/kernel/isolation/tenant-tables.ts';
import { fillTables } from './fill-tables.ts';

/**
 * A trigger that looks at a row before it is inserted speaks before the policy is asked, and what it reads, it reads
 * under the attacker's policies. They are off, so that isolation does not seem to hold by their grace.
 */
const SILENCE_ROW_TRIGGERS = `DO $$ DECLARE loud record; BEGIN
  FOR loud IN SELECT tgrelid::regclass AS relation, tgname FROM pg_trigger
    WHERE NOT tgisinternal AND tgparentid = 0 AND tgenabled <> 'D' AND tgtype & 7 = 7 -- ROW, BEFORE, INSERT
  LOOP EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', loud.relation, loud.tgname); END LOOP;
END $$`;

export const PAIR = { own: 'consumers', victim: 'small-company' } as const;

/** A database, as tests and benchmarks have it. */
export interface FilledDatabase {
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly environment: { readonly REDIS_URL: string | null };
}

export interface FilledPlace {
  readonly schema: string | null;
  readonly role: string;
}

/** By default the module schemas. */
export function placeOf(
  { adminUrl, appUrl, environment }: FilledDatabase,
  { schema, role }: FilledPlace = MODULE_SCHEMAS,
): AttackedPlace {
  return {
    ...{ instance: 'main', tier: schema === null ? 'shared' : 'schema', schema, role, adminUrl, appUrl },
    ...{ appUrlOf: async () => appUrl, others: [], strangers: [], redisUrl: environment.REDIS_URL },
    reviewed: definedSchema(),
  };
}

/** Fills every table of a place for two tenants, and silences what would speak before its policies. */
export async function fillPlace(
  db: FilledDatabase,
  admin: pg.Client,
  slugs: { readonly own: string; readonly victim: string } = PAIR,
  place: FilledPlace = MODULE_SCHEMAS,
) {
  const own = { id: await tenantIdOf(admin, slugs.own), slug: slugs.own };
  const victim = { id: await tenantIdOf(admin, slugs.victim), slug: slugs.victim };
  const tables = await readTenantTables(admin, place);
  for (const { id } of [own, victim]) await fillTables(admin, tables, id);
  await admin.query(SILENCE_ROW_TRIGGERS);
  await admin.query(`ANALYZE ${tables.map(({ name }) => name).join(', ')}`);
  return { place: placeOf(db, place), own, victim };
}

export async function openFilled(
  db: FilledDatabase,
  admin: pg.Client,
  slugs?: { readonly own: string; readonly victim: string },
  place?: FilledPlace,
): Promise<Field> {
  const { place: at, ...tenants } = await fillPlace(db, admin, slugs, place);
  return openField(at, tenants);
}

/** Counts and checksums of a tenant's rows, table by table, as a superuser sees them. */
export async function checksums(
  admin: pg.Client,
  tables: readonly TenantTable[],
  tenantId: string,
): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await admin.query(
      `SELECT count(*) || ' rows ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS sum
       FROM ${name} AS t WHERE tenant_id = $1`,
      [tenantId],
    );
    sums[name] = rows[0].sum;
  }
  return sums;
}
