/**
 * No tenant reaches another one's rows, in whatever table and by whatever statement. The tables come from the live
 * catalogue, so a new one is attacked without being named here; and the attacks are attacked too, by breaking the
 * isolation of single tables and seeing that they say so.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { attempt, type Finding } from '../src/kernel/isolation/attempt.ts';
import { useDatabase } from './harness/database.ts';
import { attackAcrossReferences } from './isolation/across-references.ts';
import { attackAcrossTenants } from './isolation/across-tenants.ts';
import { type Battlefield, checksums, prepareBattlefield } from './isolation/battlefield.ts';
import { attackPartitions } from './isolation/by-partition.ts';
import { attackWithoutTenant } from './isolation/without-tenant.ts';

/** What an append-only table refuses to everyone is refused before any policy is asked. */
const ofIsolation = ({ detail }: Finding) => !detail.includes(': ZD010 ');
const OWNER_RIGHTS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

describe('isolation', { timeout: 120_000 }, () => {
  const db = useDatabase();
  let field: Battlefield;
  beforeAll(async () => {
    field = await prepareBattlefield(db);
  });

  it('knows every table with a tenant_id, each with rows of both tenants', async () => {
    expect(field.tables.length).toBeGreaterThanOrEqual(190);
    expect(field.tables.filter(({ kind }) => kind === null)).toEqual([]);
  });

  it('answers whoever has entered no tenant with an error, in every table and for every statement', async () => {
    expect(await attackWithoutTenant(field, await db.connectAsApp(), ({ granted }) => granted)).toEqual([]);
  });

  it('binds the owner of the tables as it binds the application', async () => {
    const owner = await db.connectAsOwner();
    const findings = await attackWithoutTenant(field, owner, () => OWNER_RIGHTS);
    expect(findings.filter(ofIsolation)).toEqual([]);
  });

  it('keeps the owner from another tenant’s rows, on every partition too', async () => {
    const owner = await db.connectAsOwner();
    const readable = field.tables.flatMap(({ name, partitions }) => [name, ...partitions]);
    for (const relation of readable) {
      const seen = await attempt(owner, { entered: field.own }, `SELECT tenant_id FROM ${relation}`);
      expect(seen.state, relation).toBeUndefined();
      expect(
        seen.rows.filter(({ tenant_id }) => tenant_id !== field.own),
        relation,
      ).toEqual([]);
    }
  });

  it('lets a tenant neither see nor touch another one’s rows', async () => {
    const before = await checksums(field.admin, field.tables, field.foreign);
    expect(await attackAcrossTenants(field, true)).toEqual([]);
    expect(await checksums(field.admin, field.tables, field.foreign)).toEqual(before);
  });

  it('opens no partition to the application, be it past, present, future or the default one', async () => {
    expect(field.tables.flatMap(({ partitions }) => partitions).length).toBeGreaterThanOrEqual(10);
    expect(await attackPartitions(field)).toEqual([]);
  });

  it('refuses a reference into another tenant by each foreign key between tenants’ tables', async () => {
    const { keys, findings } = await attackAcrossReferences(field);
    expect(findings).toEqual([]);
    expect(keys).toBeGreaterThanOrEqual(250);
  });

  it('lets a transaction that has entered one tenant enter no other', async () => {
    const { app, own, foreign } = field;
    const second = await attempt(app, { entered: own }, 'SELECT dmz.enter_tenant($1)', [foreign]);
    expect(second.state).toBe('ZD004');
    expect(
      (await attempt(app, { entered: own }, 'SELECT dmz.enter_tenant($1)', [own])).state,
    ).toBeUndefined();
  });
});

/** Each way to break one table's isolation, and what must find it. */
const BREACHES = [
  {
    name: 'row-level security is switched off',
    table: 'auth.users',
    apply: 'ALTER TABLE auth.users DISABLE ROW LEVEL SECURITY',
    mend: 'ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY',
  },
  {
    name: 'the owner is exempt',
    table: 'org.teams',
    apply: 'ALTER TABLE org.teams NO FORCE ROW LEVEL SECURITY',
    mend: 'ALTER TABLE org.teams FORCE ROW LEVEL SECURITY',
  },
  {
    name: 'a policy lets rows in that it would not show',
    table: 'game.decisions',
    apply: 'ALTER POLICY tenant_isolation ON game.decisions WITH CHECK (true)',
    mend: 'ALTER POLICY tenant_isolation ON game.decisions WITH CHECK (tenant_id = (SELECT dmz.current_tenant()))',
  },
  {
    name: 'a policy takes no context for an empty table',
    table: 'game.emails',
    apply: `ALTER POLICY tenant_isolation ON game.emails
      USING (tenant_id = nullif(current_setting('dmz.tenant_id', true), '')::uuid)`,
    mend: 'ALTER POLICY tenant_isolation ON game.emails USING (tenant_id = (SELECT dmz.current_tenant()))',
  },
  {
    name: 'a partition is granted',
    table: 'game.events_default',
    apply: 'GRANT SELECT ON game.events_default TO dmz_app',
    mend: 'REVOKE SELECT ON game.events_default FROM dmz_app',
  },
  {
    name: 'a foreign key leaves the tenant out',
    table: 'game.worksheets worksheets_email_id_fk',
    apply: `ALTER TABLE game.emails ADD CONSTRAINT loose UNIQUE (id);
      ALTER TABLE game.worksheets DROP CONSTRAINT worksheets_email_id_fk,
        ADD CONSTRAINT worksheets_email_id_fk FOREIGN KEY (email_id) REFERENCES game.emails (id)`,
    mend: `ALTER TABLE game.worksheets DROP CONSTRAINT worksheets_email_id_fk,
        ADD CONSTRAINT worksheets_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails (tenant_id, id);
      ALTER TABLE game.emails DROP CONSTRAINT loose`,
  },
  {
    name: 'a new table comes without any policy',
    table: 'org.notes',
    apply: `CREATE TABLE org.notes (tenant_id uuid NOT NULL, id uuid DEFAULT uuidv7(), PRIMARY KEY (tenant_id, id));
      ALTER TABLE org.notes OWNER TO dmz_owner; GRANT SELECT, INSERT ON org.notes TO dmz_app;
      INSERT INTO org.notes SELECT tenant_id FROM public.residents`,
    mend: 'DROP TABLE org.notes',
  },
];

/** Every attack on every table, while other test files are at work on the same machine. */
const ALL_ATTACKS_MS = 240_000;

describe('the attacks on isolation', { timeout: ALL_ATTACKS_MS }, () => {
  const db = useDatabase();
  let field: Battlefield;
  let found: string[] = [];
  beforeAll(async () => {
    field = await prepareBattlefield(db);
  });

  it('name the broken tables and no other', async () => {
    for (const { apply } of BREACHES) await field.admin.query(apply);
    try {
      found = await attackedObjects();
    } finally {
      for (const { mend } of BREACHES) await field.admin.query(mend);
    }
    expect(found).toEqual(BREACHES.map(({ table }) => table).sort());
  });

  it.each(BREACHES)('name the table where $name', ({ table }) => {
    expect(found).toContain(table);
  });

  it('name nothing once all is mended', async () => {
    expect(await attackedObjects()).toEqual([]);
  });

  async function attackedObjects(): Promise<string[]> {
    const attacked = { ...(await prepareBattlefield(db)), app: await db.connectAsApp() };
    const one = { 'no context': 'none' } as const;
    const findings = [
      ...(await attackWithoutTenant(attacked, await db.connectAsApp(), ({ granted }) => granted, one)),
      ...(await attackWithoutTenant(attacked, await db.connectAsOwner(), () => OWNER_RIGHTS, one)),
      ...(await attackAcrossTenants(attacked)),
      ...(await attackPartitions(attacked)),
      ...(await attackAcrossReferences(attacked)).findings,
    ];
    return [...new Set(findings.filter(ofIsolation).map(({ object }) => object))].sort();
  }

  it('say which table they could not fill', async () => {
    await field.admin.query(
      `CREATE TABLE org.impossible (tenant_id uuid, id int NOT NULL CHECK (id IN (4711, 4712)))`,
    );
    await expect(prepareBattlefield(db)).rejects.toThrow(/org\.impossible could not be filled/);
  });
});
