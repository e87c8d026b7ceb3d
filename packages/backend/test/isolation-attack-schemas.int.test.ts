/**
 * A tenant in a schema of its own is kept apart twice: its role reaches nothing but its schema, and behind that the same
 * row security holds as in the module schemas. So it is attacked as if another tenant's rows were in its very tables,
 * and it attacks its neighbours.
 */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantRole } from '../src/kernel/db/index.ts';
import { attackPlace, type Field, groups, Tally } from '../src/kernel/isolation/index.ts';
import { readTenantTables } from '../src/kernel/isolation/tenant-tables.ts';
import { useDatabase } from './harness/database.ts';
import { type SchemaTenant, schemaTenant } from './harness/schema-tenant.ts';
import { openFilled, PAIR } from './isolation/filled-field.ts';
import { nestedField } from './isolation/nested-field.ts';

const KNOWN = 'context-cannot-be-forged';

/** What is another thing in a schema of a tenant's own; the rest is of tables that are made alike, and tried on those. */
const OF_PLACE = [
  ...['reading', 'writing', 'policies', 'contexts', 'tokens', 'interference'],
  ...['functions', 'register', 'rights', 'guards', 'placements'],
];

describe('the attack on a schema of a tenant’s own', { timeout: 300_000 }, () => {
  const db = useDatabase();
  let admin: pg.Client;
  let field: Field;
  afterAll(() => field.close());
  let neighbour: SchemaTenant;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    const { schema, slug } = await schemaTenant(db, 'walled-one');
    neighbour = await schemaTenant(db, 'walled-two');
    const place = { schema, role: tenantRole(schema) };
    field = await openFilled(db, admin, { own: slug, victim: PAIR.victim }, place);
  }, 120_000);

  const attack = async (at: Field, only: readonly string[]) => {
    const tally = new Tally();
    const wanted = groups.filter(({ name }) => only.includes(name));
    await attackPlace(at, wanted, tally);
    return tally;
  };

  it('is of as many tables as the modules have', async () => {
    expect(field.targets).toHaveLength((await readTenantTables(admin)).length);
    expect(field.targets.filter(({ name }) => !name.startsWith(`${field.place.schema}.`))).toEqual([]);
  });

  it('gets through nowhere, in its tables and in its neighbours’', async () => {
    const tally = await attack(field, OF_PLACE);
    expect(tally.findings.filter(({ rule }) => rule !== KNOWN)).toEqual([]);
    const counted = Object.fromEntries(tally.groups.map(({ group, refused }) => [group, refused]));
    expect(counted.reading).toBeGreaterThan(2_000);
    expect(counted.placements).toBeGreaterThan(1_500);
  });

  it.each([
    {
      name: 'a table has no policy',
      rule: 'row-security-is-active',
      objectOf: () => `${field.place.schema}.org_teams`,
      sqlOf: () => `ALTER TABLE ${field.place.schema}.org_teams DISABLE ROW LEVEL SECURITY`,
    },
    {
      name: 'a table is granted to a neighbour',
      rule: 'a-neighbour-has-no-right',
      objectOf: () => `${neighbour.schema}.org_teams`,
      sqlOf: () => `GRANT USAGE ON SCHEMA ${neighbour.schema} TO ${field.place.role};
        GRANT SELECT ON ${neighbour.schema}.org_teams TO ${field.place.role}`,
    },
    {
      name: 'the module schemas are granted to every tenant',
      rule: 'a-neighbour-has-no-right',
      objectOf: () => 'org.teams',
      sqlOf: () => 'GRANT USAGE ON SCHEMA org TO dmz_tenant; GRANT SELECT ON org.teams TO dmz_tenant',
    },
  ])('finds where $name', async ({ rule, objectOf, sqlOf }) => {
    await admin.query(`BEGIN; ${sqlOf()}`);
    try {
      const only = (table: string) => table.endsWith('.org_teams');
      const broken = await nestedField(admin, field.place, field, only);
      const { findings } = await attack(broken, ['reading', 'placements']);
      expect(findings).toContainEqual(expect.objectContaining({ rule, object: objectOf() }));
      expect(findings.filter(({ rule: of, object }) => of !== KNOWN && object !== objectOf())).toEqual([]);
    } finally {
      await admin.query('ROLLBACK');
    }
  });

  it('finds what waits in the catalogue of a placement', async () => {
    const [own, other] = [field.place.schema, neighbour.schema];
    const read = `${own}.admin_read_audit_log(uuid, bigint, timestamptz, bigint, uuid, integer)`;
    const breaches = {
      [`row-security-forced ${other}.org_teams`]: `ALTER TABLE ${other}.org_teams DISABLE ROW LEVEL SECURITY`,
      [`partition-has-no-grants ${other}.game_events_default`]: `GRANT SELECT ON ${other}.game_events_default TO dmz_app`,
      [`no-policy-widens ${own}.org_locations`]: `CREATE POLICY later ON ${own}.org_locations USING (now() > '2100-01-01')`,
      'role-is-no-member dmz_app': `GRANT ${field.place.role} TO dmz_app WITH INHERIT TRUE`,
      [`function-reads-as-reviewed ${own}.admin_read_audit_log(uuid,bigint,timestamp with time zone,bigint,uuid,integer)`]: `ALTER FUNCTION ${read} SECURITY DEFINER`,
      [`function-reads-as-reviewed ${own}.org_counted()`]: `CREATE FUNCTION ${own}.org_counted() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'`,
    };
    await admin.query(`BEGIN; ${Object.values(breaches).join(';\n')}`);
    try {
      const broken = await nestedField(admin, field.place, field, () => false);
      const { findings } = await attack(broken, ['guards']);
      const found = findings.map(({ rule, object }) => `${rule} ${object}`);
      expect(Object.keys(breaches).filter((each) => !found.includes(each))).toEqual([]);
    } finally {
      await admin.query('ROLLBACK');
    }
  });
});
