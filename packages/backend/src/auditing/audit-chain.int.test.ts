/** The chain of a tenant's audit log is kept by the database: whoever writes, in whatever order, it has one end and no fork. */
import fc from 'fast-check';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { entriesOf, exportAndVerify, useFolder, writeEntries } from '../../test/harness/audit-log.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { schemaTenant } from '../../test/harness/schema-tenant.ts';
import { NO_ENTRY } from '../audit-verifier/index.ts';
import { enterTenant } from '../kernel/isolation/enter-tenant.ts';
import { type AuditEntry, recordAudit } from '../modules/admin/index.ts';

const TENANT = 'small-company';
const WRITERS = 50;

const entry = (action: string, details: AuditEntry['details'] = {}): AuditEntry => ({
  actor: { kind: 'program' },
  action,
  details,
});

describe('an audit chain', () => {
  const db = useDatabase();
  const folder = useFolder();
  let admin: pg.Client;
  let tenantId = '';
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
  });

  const verified = (tenant = TENANT) => exportAndVerify(db.platform, tenant, folder);

  it('is one, unforked, of fifty concurrent writers, and verifies', async () => {
    const before = await entriesOf(db.platform, TENANT);
    const platform = db.open({ poolSize: WRITERS });
    await Promise.all(
      Array.from({ length: WRITERS }, (_, writer) => writeEntries(platform, TENANT, 4, `w${writer}`)),
    );
    const entries = await entriesOf(db.platform, TENANT);
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, at) => at + 1));
    expect(entries).toHaveLength(before.length + 4 * WRITERS);
    for (const [at, { previousSha256 }] of entries.entries())
      expect(previousSha256).toBe(at === 0 ? NO_ENTRY : entries[at - 1]!.entrySha256);
    expect(new Set(entries.map(({ entrySha256 }) => entrySha256)).size).toBe(entries.length);
    expect(await verified()).toEqual([]);
  });

  it('has no place for what was rolled back, and none is skipped for it', async () => {
    const before = await entriesOf(db.platform, TENANT);
    const failed = db.platform.tenancy.run(TENANT, async (tx) => {
      await recordAudit(tx, entry('admin.test.undone'));
      throw new Error('undone');
    });
    await expect(failed).rejects.toThrow('undone');
    await writeEntries(db.platform, TENANT, 1);
    const entries = await entriesOf(db.platform, TENANT);
    expect(entries).toHaveLength(before.length + 1);
    expect(entries.at(-1)?.previousSha256).toBe(before.at(-1)?.entrySha256);
  });

  it('decides places itself: what a writer sends for them is overwritten', async () => {
    const app = await db.connectAsApp();
    await app.query('BEGIN');
    await enterTenant(app, tenantId);
    await app.query(
      `INSERT INTO admin.audit_log (tenant_id, actor_kind, action, details, sequence, previous_sha256, entry_sha256)
       VALUES ($1, 'program', 'admin.test.forged', '{}', 1, $2, $2), ($1, 'program', 'admin.test.forged', '{}', 1, $2, $2)`,
      [tenantId, 'f'.repeat(64)],
    );
    await app.query('COMMIT');
    expect(
      (await entriesOf(db.platform, TENANT)).filter(
        ({ previousSha256 }) => previousSha256 === 'f'.repeat(64),
      ),
    ).toEqual([]);
    expect(await verified()).toEqual([]);
  });

  it('lets nobody move its head but its trigger', async () => {
    const app = await db.connectAsApp();
    await app.query('BEGIN');
    await enterTenant(app, tenantId);
    await expect(app.query('UPDATE admin.audit_chain_heads SET sequence = 0')).rejects.toMatchObject({
      code: '42501',
    });
    await app.query('ROLLBACK');
  });

  it('hashes whatever an entry can hold as the verifier does', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((each) => each.replaceAll('\0', ''));
    const json = fc.jsonValue({ depthSize: 'small' });
    const details = fc
      .dictionary(text, json, { maxKeys: 4 })
      .filter((each) => !JSON.stringify(each).includes('\\u0000'))
      .map((each) => JSON.parse(JSON.stringify(each)) as Record<string, unknown>);
    const wellFormed = details.filter(
      (each) => JSON.stringify(each).isWellFormed() && !/\\ud[89a-f]/.test(JSON.stringify(each)),
    );
    const subject = fc.option(fc.record({ type: text, id: fc.uuid() }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        text,
        wellFormed,
        subject,
        fc.option(fc.uuid(), { nil: null }),
        async (action, given, about, person) => {
          await db.platform.tenancy.run(TENANT, (tx) =>
            recordAudit(tx, {
              actor: person ? { kind: 'person', id: person } : { kind: 'operator' },
              action,
              details: given as Record<string, unknown>,
              ...(about ? { subject: about } : {}),
            }),
          );
        },
      ),
      { numRuns: 60 },
    );
    expect(await verified()).toEqual([]);
  });

  it('crosses months in the order of writing, which times do not decide', async () => {
    const clock = { now: () => new Date() };
    const next = new Date();
    next.setUTCMonth(next.getUTCMonth() + 1, 2);
    for (const time of [next, new Date(), next]) {
      const platform = db.open({ clock: { ...clock, now: () => time } });
      await writeEntries(platform, TENANT, 1, 'month');
    }
    const months = (await entriesOf(db.platform, TENANT))
      .slice(-3)
      .map(({ occurredAt }) => occurredAt.slice(0, 7));
    expect(new Set(months).size).toBe(2);
    expect(months[0]).toBe(months[2]);
    expect(await verified()).toEqual([]);
  });

  it('keeps its entries as they are where a month is made for them, taken out and put back', async () => {
    const far = new Date();
    far.setUTCMonth(far.getUTCMonth() + 8, 2);
    const [month] = far.toISOString().split('T');
    await writeEntries(db.open({ clock: { now: () => far } }), TENANT, 3, 'far');
    await writeEntries(db.platform, TENANT, 1);
    const before = await entriesOf(db.platform, TENANT);
    const ask = (call: string) => admin.query(`SET ROLE dmz_maintenance; SELECT dmz.${call}; RESET ROLE`);
    await ask(`prepare_month('admin.audit_log', '${month}', false)`);
    await ask(`attach_month('admin.audit_log', '${month}')`);
    expect(await entriesOf(db.platform, TENANT)).toEqual(before);
    expect(await verified()).toEqual([]);
    await ask(`detach_month('admin.audit_log', '${month}')`);
    expect(await verified()).toEqual([
      { rule: 'entry-removed', object: expect.stringMatching(/^entries \d+ to \d+$/) },
    ]);
    await ask(`attach_month('admin.audit_log', '${month}')`);
    await writeEntries(db.open({ clock: { now: () => far } }), TENANT, 1, 'far');
    expect(await verified()).toEqual([]);
  });

  it('is kept in a schema of a tenant’s own as well', { timeout: 60_000 }, async () => {
    const { slug, schema } = await schemaTenant(db, 'chained-schema');
    const platform = db.open({ poolSize: 10 });
    await Promise.all(Array.from({ length: 10 }, () => writeEntries(platform, slug, 3)));
    const { rows } = await admin.query(
      `SELECT sequence::int FROM ${schema}.admin_audit_log ORDER BY sequence`,
    );
    expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    expect(await verified(slug)).toEqual([]);
  });

  it('begins behind entries of earlier releases by telling how many there are and what they hash to', async () => {
    const { id } = await db.platform.tenancy.locate('mid-company');
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await admin.query(`DELETE FROM admin.audit_chain_heads WHERE tenant_id = '${id}'`);
    await admin.query(`DELETE FROM admin.audit_log WHERE tenant_id = '${id}'`);
    await admin.query(
      `INSERT INTO admin.audit_log (tenant_id, actor_kind, action, details) SELECT '${id}', 'program', 'admin.test.early', jsonb_build_object('at', n) FROM generate_series(1, 7) AS n`,
    );
    await admin.query('COMMIT');
    const platform = db.open({ poolSize: 10 });
    await Promise.all(Array.from({ length: 10 }, () => writeEntries(platform, 'mid-company', 1)));
    const entries = await entriesOf(db.platform, 'mid-company');
    expect(entries.map(({ action }) => action)).toEqual([
      'admin.audit_chain.begun',
      ...Array(10).fill('admin.test.written'),
    ]);
    expect(JSON.parse(entries[0]!.details)).toMatchObject({ entries: 7 });
    expect(await verified('mid-company')).toEqual([]);
    await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
    await admin.query(
      `UPDATE admin.audit_log SET details = '{}' WHERE tenant_id = '${id}' AND details = '{"at": 3}'`,
    );
    await admin.query('COMMIT');
    expect(await verified('mid-company')).toEqual([{ rule: 'entry-changed', object: 'before the chain' }]);
  });
});
