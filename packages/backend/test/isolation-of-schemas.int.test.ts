/**
 * A tenant in a schema of its own is kept apart twice: its role reaches nothing but its schema, and behind that the same
 * row security holds as in the module schemas. So it is attacked as if another tenant's rows were in its very tables,
 * and by its neighbours' roles.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { tenantRole } from '../src/kernel/db/index.ts';
import { attempt, type Context, type Finding } from '../src/kernel/isolation/attempt.ts';
import { readTenantTables } from '../src/kernel/isolation/tenant-tables.ts';
import { useDatabase } from './harness/database.ts';
import { type SchemaTenant, schemaTenant } from './harness/schema-tenant.ts';
import { attackAcrossReferences } from './isolation/across-references.ts';
import { attackAcrossTenants } from './isolation/across-tenants.ts';
import { type Battlefield, checksums, connectAs, prepareBattlefield } from './isolation/battlefield.ts';
import { attackPartitions } from './isolation/by-partition.ts';
import { attackWithoutTenant, CONTEXTS_OF_NOBODY } from './isolation/without-tenant.ts';

/** What an append-only table refuses to everyone is refused before any policy is asked. */
const ofIsolation = ({ detail }: Finding) => !detail.includes(': ZD010 ');
const OWNER_RIGHTS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
const NO_RIGHTS = () => [];

describe('the isolation of a schema of a tenant’s own', { timeout: 240_000 }, () => {
  const db = useDatabase();
  let field: Battlefield;
  let own: SchemaTenant;
  let neighbour: SchemaTenant;
  beforeAll(async () => {
    own = await schemaTenant(db, 'walled-one');
    neighbour = await schemaTenant(db, 'walled-two');
    const place = { schema: own.schema, role: tenantRole(own.schema) };
    field = await prepareBattlefield(db, { place, slug: own.slug });
  }, 120_000);

  it('is of as many tables as the modules have', async () => {
    const ofModules = await readTenantTables(field.admin);
    expect(field.tables).toHaveLength(ofModules.length);
    expect(field.tables.filter(({ name }) => !name.startsWith(`${own.schema}.`))).toEqual([]);
  });

  it('answers whoever has entered no tenant with an error, the owner too', async () => {
    const contexts: Record<string, Context> = {
      ...CONTEXTS_OF_NOBODY,
      'a tenant of another place': { set: neighbour.id },
      'a tenant of the module schemas': { set: field.foreign },
    };
    const app = await connectAs(db, field.place.role);
    expect(await attackWithoutTenant(field, app, ({ granted }) => granted, contexts)).toEqual([]);
    const owner = await db.connectAsOwner();
    const findings = await attackWithoutTenant(field, owner, () => OWNER_RIGHTS, contexts);
    expect(findings.filter(ofIsolation)).toEqual([]);
  });

  it('lets the tenant neither see nor touch rows of another one, were they in its tables', async () => {
    const before = await checksums(field.admin, field.tables, field.foreign);
    expect(await attackAcrossTenants(field, true)).toEqual([]);
    expect(await checksums(field.admin, field.tables, field.foreign)).toEqual(before);
  });

  it('opens no partition, and no reference to another tenant’s rows', async () => {
    expect(await attackPartitions(field)).toEqual([]);
    const { keys, findings } = await attackAcrossReferences(field);
    expect(findings).toEqual([]);
    expect(keys).toBeGreaterThanOrEqual(250);
  });

  it('is closed to a neighbour’s role and to the program’s own, whichever tenant they have entered', async () => {
    const shared: Record<string, Context> = { 'a shared tenant': { entered: field.foreign } };
    for (const role of [tenantRole(neighbour.schema), 'dmz_app', 'dmz_maintenance']) {
      const client = role.startsWith('dmz_tenant') ? await connectAs(db, role) : await db.connectAsAdmin();
      if (!role.startsWith('dmz_tenant')) await client.query(`SET ROLE ${role}`);
      const contexts = {
        ...shared,
        'the tenant itself': { entered: own.id },
        'the neighbour': { entered: neighbour.id },
        nobody: 'none',
      } as const;
      expect(await attackWithoutTenant(field, client, NO_RIGHTS, contexts), role).toEqual([]);
    }
  });

  it('gives the tenant’s role no right in the module schemas, nor in its neighbour’s', async () => {
    const contexts = { 'its own tenant': { entered: own.id } } as const;
    const app = await connectAs(db, field.place.role);
    for (const schema of [null, neighbour.schema]) {
      const tables = await readTenantTables(field.admin, { schema, role: 'dmz_app' });
      const elsewhere = { ...field, tables, rowOf: () => ({}) };
      expect(await attackWithoutTenant(elsewhere, app, NO_RIGHTS, contexts), `${schema}`).toEqual([]);
    }
  });

  it('does not end where the program becomes another tenant’s role: the context stays the first one’s', async () => {
    const app = await db.connectAsApp();
    for (const { name } of await readTenantTables(field.admin, {
      schema: neighbour.schema,
      role: 'dmz_app',
    })) {
      const text = `SET LOCAL ROLE ${tenantRole(neighbour.schema)}; SELECT FROM ${name}`;
      const { state } = await attempt(app, { entered: own.id }, text);
      expect(state, name).toMatch(/^(ZD002|42501)$/);
    }
  });

  it('reads reference tables, writes none, and finds no door to the register', async () => {
    const app = await connectAs(db, field.place.role);
    const { rows } = await field.admin.query(
      `SELECT oid::regclass::text AS name, substring(obj_description(oid, 'pg_class') FROM '@kind (\\S+)') AS kind
       FROM pg_class WHERE relkind = 'r' AND obj_description(oid, 'pg_class') ~ '@kind (reference|control)'`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { name, kind } of rows) {
      const read = await attempt(app, { entered: own.id }, `SELECT FROM ${name} LIMIT 1`);
      expect(read.state, name).toBe(kind === 'reference' ? undefined : '42501');
      const written = await attempt(app, { entered: own.id }, `DELETE FROM ${name}`);
      expect(written.state, name).toBe('42501');
    }
    for (const call of ["dmz.locate_tenant('consumers')", "dmz.tenant_of_domain('a.example', 'web')"])
      expect((await attempt(app, { entered: own.id }, `SELECT ${call}`)).state, call).toBe('42501');
  });
});
