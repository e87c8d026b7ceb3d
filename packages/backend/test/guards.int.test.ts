/** The rules that join rows, which triggers keep: each refuses what it must, and lets pass what may. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTenantTables, type TenantTable, tenantIdOf } from '../src/kernel/isolation/tenant-tables.ts';
import { useDatabase } from './harness/database.ts';
import { fillTables, insertGuess } from './isolation/fill-tables.ts';

type Fixed = Readonly<Record<string, string | number | null>>;

const literal = (value: string | number | null) => (value === null ? 'NULL' : `'${value}'`);
const WRAPPED = 'dmz:1:tenant:00000000-0000-7000-8000-000000000000:x';
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

describe('the guards of the data model', () => {
  const db = useDatabase();
  let admin: pg.Client;
  let tables: readonly TenantTable[];
  let tenantId: string;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    tables = await readTenantTables(admin);
    tenantId = await tenantIdOf(admin, 'consumers');
    await fillTables(admin, tables, tenantId);
  });

  /** Inserts rows with these values, all else guessed, in one transaction. @returns what refused them, and their ids */
  async function insert(...rows: readonly (readonly [table: string, fixed: Fixed])[]) {
    const ids: string[] = [];
    await admin.query('BEGIN');
    for (const [name, values] of rows) {
      const id = randomUUID();
      ids.push(id);
      const fixed = new Map(Object.entries({ id, ...values }).map(([key, value]) => [key, literal(value)]));
      const table = tables.find((each) => each.name === name)!;
      const refusal = await insertGuess(admin, table, tenantId, { fixed });
      if (!refusal) continue;
      await admin.query('ROLLBACK');
      return { refused: refusal.constraint ?? refusal.code, ids };
    }
    return { refused: await ending('COMMIT'), ids };
  }

  /** @returns the constraint or SQLSTATE that refused the statement, if any did */
  const ending = (text: string) =>
    admin.query(text).then(
      () => undefined,
      ({ constraint, code }: pg.DatabaseError) => constraint ?? code,
    );

  const update = (table: string, id: string, set: string) =>
    ending(`UPDATE ${table} SET ${set} WHERE tenant_id = '${tenantId}' AND id = '${id}'`);

  it('keep departments a forest', async () => {
    const above = await insert(['org.departments', { parent_id: null }]);
    const below = await insert(['org.departments', { parent_id: above.ids[0]! }]);
    expect([above.refused, below.refused]).toEqual([undefined, undefined]);
    expect(await update('org.departments', above.ids[0]!, `parent_id = '${below.ids[0]}'`)).toBe('ZD060');
    expect(await update('org.departments', below.ids[0]!, 'parent_id = NULL')).toBeUndefined();
  });

  it('keep what a released content pack holds', async () => {
    const state = { state: 'draft', released_at: null, withdrawn_at: null, manifest_sha256: null };
    const { refused, ids } = await insert(['content.content_packs', state]);
    expect(refused).toBeUndefined();
    const pack = ids[0]!;
    const release = `state = 'released', released_at = now(), manifest_sha256 = repeat('a', 64)`;
    expect(await update('content.content_packs', pack, release)).toBeUndefined();
    const changed = await update('content.content_packs', pack, `manifest_sha256 = repeat('b', 64)`);
    expect(changed).toBe('content_packs_released_is_kept');
    const added = await insert(['content.pack_items', { pack_id: pack }]);
    expect(added.refused).toBe('pack_items_of_released_are_kept');
    const withdrawn = await update(
      'content.content_packs',
      pack,
      `state = 'withdrawn', withdrawn_at = now()`,
    );
    expect(withdrawn).toBeUndefined();
  });

  it('void a statement by a statement that says so, and by no other', async () => {
    const nobody = { activity_id: null, object_agent_id: null };
    const completed = {
      ...nobody,
      verb_iri: 'http://adlnet.gov/expapi/verbs/completed',
      object_type: 'StatementRef',
    };
    const ofAnother = () => ({ ...completed, object_statement_id: randomUUID() });
    const plain = await insert(['lrs.statements', ofAnother()]);
    const voiding = await insert([
      'lrs.statements',
      { ...nobody, verb_iri: VOIDED, object_type: 'StatementRef', object_statement_id: plain.ids[0]! },
    ]);
    const other = await insert(['lrs.statements', ofAnother()]);
    expect([plain.refused, voiding.refused, other.refused]).toEqual([undefined, undefined, undefined]);
    const by = (id: string) => ['lrs.statement_voids', { voiding_id: id, voided_id: plain.ids[0]! }] as const;
    expect((await insert(by(other.ids[0]!))).refused).toBe('statement_voids_by_voiding_statement_check');
    expect((await insert(by(voiding.ids[0]!))).refused).toBeUndefined();
  });

  it('bring no destroyed key back', async () => {
    const held = { wrapped_key_ciphertext: WRAPPED, destroyed_at: null };
    const { refused, ids } = await insert(['governance.subject_keys', held]);
    expect(refused).toBeUndefined();
    const key = ids[0]!;
    const destroy = 'wrapped_key_ciphertext = NULL, destroyed_at = now()';
    expect(await update('governance.subject_keys', key, destroy)).toBeUndefined();
    const restored = await update(
      'governance.subject_keys',
      key,
      `wrapped_key_ciphertext = '${WRAPPED}', destroyed_at = NULL`,
    );
    expect(restored).toBe('subject_keys_stay_destroyed_check');
  });

  it('release a legal hold by a release of the same matter and scope', async () => {
    const hold = { scope: 'tenant', user_id: null, table_name: null };
    const placed = await insert([
      'governance.legal_holds',
      { ...hold, action: 'placed', matter: 'A', releases_id: null },
    ]);
    expect(placed.refused).toBeUndefined();
    const release = (matter: string) =>
      insert([
        'governance.legal_holds',
        { ...hold, action: 'released', matter, releases_id: placed.ids[0]! },
      ]);
    expect((await release('B')).refused).toBe('legal_holds_release_of_its_hold_check');
    expect((await release('A')).refused).toBeUndefined();
  });

  it('issue an invoice with all of its lines, and add none later', async () => {
    const invoiceId = randomUUID();
    const invoice = {
      id: invoiceId,
      kind: 'invoice',
      supersedes_id: null,
      net_minor: 100,
      tax_minor: 19,
      total_minor: 119,
    };
    const line = (net: number, tax: number) =>
      ['billing.invoice_lines', { invoice_id: invoiceId, net_minor: net, tax_minor: tax }] as const;
    expect((await insert(['billing.invoices', invoice], line(90, 19))).refused).toBe('ZD040');
    expect((await insert(['billing.invoices', invoice], line(100, 19))).refused).toBeUndefined();
    expect((await insert(line(1, 0))).refused).toBe('ZD040');
  });
});
