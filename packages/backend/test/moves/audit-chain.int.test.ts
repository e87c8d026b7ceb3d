/** A tenant's audit chain goes with it: the same entries, the same head, one chain, wherever the tenant lives and writes. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeCheckpoint } from '../../src/auditing/take-checkpoint.ts';
import { tenantSchema } from '../../src/kernel/db/index.ts';
import { type MovePlace, runMove } from '../../src/kernel/mover/index.ts';
import { platformKey } from '../../src/kernel/signing/index.ts';
import { entriesOf, exportAndVerify, useFolder, writeEntries } from '../harness/audit-log.ts';
import { useDatabase } from '../harness/database.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';

const TENANT = 'small-company';

describe('the audit chain of a tenant that moves', { timeout: 120_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  const folder = useFolder();
  const kept: string[] = [];

  async function keepCheckpoint(): Promise<void> {
    const { checkpoint } = await takeCheckpoint(db.platform.tenancy, TENANT, {
      key: platformKey(),
      former: undefined,
    });
    const file = path.join(folder, `${checkpoint.sequence}.json`);
    writeFileSync(file, JSON.stringify(checkpoint));
    kept.push(file);
  }

  const TOUR: [string, MovePlace][] = [
    ['a schema of its own', placeOf('schema', 'main', tenantSchema(TENANT))],
    ['an instance of its own', placeOf('instance', 'second')],
    ['the module schemas', placeOf('shared', 'main')],
  ];

  it.each(TOUR)('goes on at %s, and every checkpoint of before holds', async (_, to) => {
    await writeEntries(db.platform, TENANT, 3);
    await keepCheckpoint();
    const before = await entriesOf(db.platform, TENANT);
    const move = await plannedMove(db, TENANT, to);
    const writing = writeEntries(db.platform, TENANT, 40, 'meanwhile');
    expect(await runMove(optionsFor(db), move.id)).toMatchObject({ step: 'completed' });
    await writing;
    await writeEntries(db.platform, TENANT, 3, 'after');
    const after = await entriesOf(db.platform, TENANT);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 43);
    expect(await exportAndVerify(db.platform, TENANT, folder, kept)).toEqual([]);
    expect(readFileSync(path.join(folder, 'export.jsonl'), 'utf8')).toContain('admin.test.meanwhile');
  });
});
