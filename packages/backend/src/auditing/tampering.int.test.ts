/**
 * Whatever somebody changes who has the server in hand, a superuser with triggers off, is found in the export and named; and
 * what agrees with itself again, because all of it was written anew, is found by the checkpoint that was kept elsewhere.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  entriesOf,
  exportAndVerify,
  rewriteBehind,
  useFolder,
  whileTampered,
  writeEntries,
} from '../../test/harness/audit-log.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { formerKey, platformKey } from '../kernel/signing/index.ts';
import { takeCheckpoint } from './take-checkpoint.ts';

const TENANT = 'consumers';
const OF = 'UPDATE admin.audit_log SET';
const HERE = 'WHERE tenant_id = $1 AND';
const keys = () => ({ key: platformKey(), former: formerKey() });

describe('tampering with an audit log', () => {
  const db = useDatabase();
  const folder = useFolder();
  const kept = path.join(folder, 'kept.checkpoint.json');
  let admin: pg.Client;
  let tenantId = '';

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    tenantId = (await db.platform.tenancy.locate(TENANT)).id;
    await writeEntries(db.platform, TENANT, 20);
    const { checkpoint } = await takeCheckpoint(db.platform.tenancy, TENANT, keys());
    writeFileSync(kept, JSON.stringify(checkpoint));
    await writeEntries(db.platform, TENANT, 10, 'later');
  });

  const verified = (files: readonly string[] = []) => exportAndVerify(db.platform, TENANT, folder, files);
  const foundAfter = async (statements: readonly string[], files: readonly string[] = []) => {
    let found: { rule: string; object: string }[] = [];
    await whileTampered(admin, tenantId, statements, async () => {
      found = await verified(files);
    });
    return found;
  };
  const entry = (sequence: number) => expect.stringMatching(new RegExp(`^entry ${sequence}( |$)`));
  const checkpoint = expect.stringMatching(/checkpoint/);

  const WITHOUT_FIFTH = `DELETE FROM admin.audit_log ${HERE} sequence = 5`;
  const slipIn = (sequence: number, previous: string) =>
    `INSERT INTO admin.audit_log (tenant_id, occurred_at, actor_kind, action, details, sequence, previous_sha256, entry_sha256)
     SELECT tenant_id, occurred_at, actor_kind, 'admin.test.slipped_in', details, ${sequence}, ${previous}, entry_sha256
     FROM admin.audit_log ${HERE} sequence = 5`;
  const hashAgain = (where: string) =>
    `${OF} entry_sha256 = dmz.hash_audit_entry(tenant_id, sequence, previous_sha256, id, occurred_at, actor_kind, actor_id, action,
     subject_type, subject_id, details, version) ${HERE} ${where}`;
  const SLIPPED = "action = 'admin.test.slipped_in'";
  const moveHead = (by: string) =>
    `UPDATE admin.audit_chain_heads SET sequence = sequence ${by} WHERE tenant_id = $1`;
  const SHIFT = (by: string, from: number) => `${OF} sequence = sequence ${by} ${HERE} sequence >= ${from}`;
  const SWAP = `${OF} sequence = 14 - sequence ${HERE} sequence IN (5, 9)`;
  const CASES: [what: string, statements: string[], expected: unknown[]][] = [
    [
      'a changed detail',
      [`${OF} details = '{}' ${HERE} sequence = 5`],
      [{ rule: 'entry-changed', object: entry(5) }],
    ],
    [
      'a changed time, by a microsecond',
      [`${OF} occurred_at = occurred_at + '1 microsecond' ${HERE} sequence = 7`],
      [{ rule: 'entry-changed', object: entry(7) }],
    ],
    [
      'a changed actor of the last entry',
      [`${OF} actor_kind = 'operator' ${HERE} action = 'admin.test.later' AND details->>'at' = '10'`],
      [{ rule: 'entry-changed' }],
    ],
    [
      'an entry that was changed and hashed again',
      [`${OF} details = '{}' ${HERE} sequence = 5`, hashAgain('sequence = 5')],
      [
        { rule: 'entry-changed', object: 'entry 5' },
        { rule: 'checkpoint-differs', object: checkpoint },
      ],
    ],
    ['a removed entry', [WITHOUT_FIFTH], [{ rule: 'entry-removed', object: 'entry 5' }]],
    [
      'a removed entry whose gap was closed',
      [WITHOUT_FIFTH, SHIFT('- 1', 6), moveHead('- 1')],
      [{ rule: 'entry-removed', object: 'entry 5' }, { rule: 'checkpoint-differs' }],
    ],
    [
      'an entry beside another one',
      [slipIn(5, 'previous_sha256')],
      [{ rule: 'entry-inserted', object: entry(5) }],
    ],
    [
      'an entry beside another one that continues the chain as well',
      [slipIn(5, 'previous_sha256'), hashAgain(SLIPPED)],
      [{ rule: 'entry-inserted', object: entry(5) }],
    ],
    [
      'an entry for which others made room',
      [SHIFT('+ 1', 6), slipIn(6, 'entry_sha256'), hashAgain(SLIPPED), moveHead('+ 1')],
      [{ rule: 'entry-inserted', object: 'entry 6' }, { rule: 'checkpoint-differs' }],
    ],
    [
      'an entry outside of the chain',
      [
        `INSERT INTO admin.audit_log (tenant_id, actor_kind, action, details) VALUES ($1, 'program', 'admin.test.slipped_in', '{}')`,
      ],
      [{ rule: 'entry-inserted', object: 'before the chain' }],
    ],
    [
      'two entries in one another’s place',
      [SWAP],
      [
        { rule: 'entry-reordered', object: 'entry 5' },
        { rule: 'entry-reordered', object: 'entry 9' },
        { rule: 'checkpoint-differs' },
      ],
    ],
    [
      'a truncated tail',
      [`DELETE FROM admin.audit_log ${HERE} sequence > 18`],
      // The export’s own entry was chained to a head whose entry is not there.
      [{ rule: 'entry-removed' }],
    ],
    [
      'a tail that was truncated with the head',
      [
        `DELETE FROM admin.audit_log ${HERE} sequence > 15`,
        rewriteBehind(15).replace(
          'admin.audit_log WHERE tenant_id = $1)',
          'admin.audit_log WHERE tenant_id = $1)',
        ),
      ],
      [{ rule: 'tail-truncated', object: checkpoint }],
    ],
    [
      'a forged checkpoint',
      [`UPDATE admin.audit_checkpoints SET merkle_root_sha256 = repeat('a', 64) WHERE tenant_id = $1`],
      [
        { rule: 'checkpoint-forged', object: checkpoint },
        { rule: 'chain-rewritten', object: checkpoint },
      ],
    ],
  ];

  it('finds nothing where nobody did', async () => {
    expect(await verified()).toEqual([]);
    expect(await verified([kept])).toEqual([]);
  });

  it.each(CASES)('finds and names %s', async (_, statements, expected) => {
    const found = await foundAfter(statements);
    expect(found).toEqual(expected.map((each) => expect.objectContaining(each)));
    expect(await verified()).toEqual([]);
  });

  it('finds a chain that was written anew with the kept checkpoint, and with nothing else', async () => {
    const rewritten = [
      `${OF} details = '{}' ${HERE} sequence = 5`,
      rewriteBehind(0),
      'DELETE FROM admin.audit_checkpoints WHERE tenant_id = $1',
    ];
    expect(await foundAfter(rewritten)).toEqual([]);
    expect(await foundAfter(rewritten, [kept])).toEqual([
      { rule: 'chain-rewritten', object: 'kept.checkpoint.json' },
    ]);
  });

  it('finds a tail that was written anew behind the entries that were left', async () => {
    const rewritten = [
      `${OF} details = '{"at": 0}' ${HERE} sequence = 19`,
      rewriteBehind(18),
      'DELETE FROM admin.audit_checkpoints WHERE tenant_id = $1',
    ];
    expect(await foundAfter(rewritten)).toEqual([]);
    expect(await foundAfter(rewritten, [kept])).toEqual([
      { rule: 'chain-rewritten', object: 'kept.checkpoint.json' },
    ]);
  });

  it('signs no chain that was tampered with', async () => {
    await whileTampered(admin, tenantId, [WITHOUT_FIFTH], async () => {
      await expect(takeCheckpoint(db.platform.tenancy, TENANT, keys())).rejects.toMatchObject({
        code: 'AUDIT_CHAIN_BROKEN',
        found: expect.stringContaining('entry-removed: entry 5'),
      });
    });
  });

  it('finds what was done to the file alone: lines out of order, taken out, cut off, or made illegible', async () => {
    await verified();
    const file = path.join(folder, 'export.jsonl');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const { verifyFiles } = await import('../audit-verifier/index.ts');
    const foundIn = async (changed: readonly string[]) => {
      const other = path.join(folder, 'changed.jsonl');
      writeFileSync(other, `${changed.join('\n')}\n`);
      return (await verifyFiles([other])).findings.map(({ rule }) => rule);
    };
    expect(await foundIn(lines)).toEqual([]);
    expect(await foundIn(lines.slice(0, -1))).toEqual(['tail-truncated']);
    expect(await foundIn(lines.slice(0, -3))).toEqual(['tail-truncated']);
    expect(await foundIn(lines.toSpliced(8, 1))).toEqual(['entry-removed']);
    expect(await foundIn(lines.toSpliced(8, 0, lines[8]!))).toEqual(['entry-inserted']);
    expect(await foundIn(lines.toSpliced(8, 2, lines[9]!, lines[8]!))).toEqual(['entry-reordered']);
    const outside = { ...JSON.parse(lines[8]!), sequence: null, previousSha256: null, entrySha256: null };
    for (const place of [3, 12])
      expect(await foundIn(lines.toSpliced(place, 0, JSON.stringify(outside)))).toEqual(['entry-inserted']);
    expect(await foundIn(lines.with(8, '{"type": "entry"}'))).toEqual(['file-unreadable', 'entry-removed']);
    const more = JSON.stringify({ ...JSON.parse(lines[8]!), note: 'unhashed' });
    expect(await foundIn(lines.with(8, more))).toEqual(['file-unreadable', 'entry-removed']);
    expect((await entriesOf(db.platform, TENANT)).length).toBeGreaterThan(30);
  });
});
