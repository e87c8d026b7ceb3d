/** A contraction waits for the programs that still need what it takes away, and for nobody who is dead. */
import type pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrateInstances } from '../../src/instances/upgrade-instances.ts';
import { createLogger } from '../../src/kernel/log.ts';
import { lastNumber } from '../../src/kernel/migrations/journal.ts';
import { listPrograms } from '../../src/kernel/migrations/running-programs.ts';
import { reportProgram } from '../../src/kernel/programs/report-program.ts';
import { useDatabase } from '../harness/database.ts';
import { callDmz } from '../harness/run-dmz.ts';
import { nothingToSettle, useSmallSeries } from '../harness/small-series.ts';

const REGISTER = `CREATE TABLE public.running_programs (id uuid PRIMARY KEY DEFAULT uuidv7(), name text, program_version text,
  schema_number integer, host text, seen_at timestamptz DEFAULT now())`;

describe('a contraction', () => {
  const small = useSmallSeries();
  let adminUrl = '';
  let admin: pg.Client;
  const expansion = { '0000_add_new': `-- role: administrator\n-- phase: expand\n${REGISTER};` };
  const contraction = {
    ...expansion,
    '0001_fill_new': '-- phase: backfill\n-- completes: 0000_add_new\nSELECT 1;',
    '0002_drop_old': '-- phase: contract\n-- completes: 0000_add_new\nSELECT 2;',
  };
  const up = (series: Readonly<Record<string, string>>) =>
    migrateInstances(adminUrl, { folder: small.folder(series), settle: nothingToSettle });
  const runs = (knows: number, seen = 'now()') =>
    admin.query(
      `INSERT INTO public.running_programs (name, program_version, schema_number, host, seen_at) VALUES ('play', '1.0', ${knows}, 'here:1', ${seen})`,
    );

  beforeEach(async () => {
    adminUrl = await small.database();
    admin = await small.connect(adminUrl);
    await up(expansion);
  });

  it('waits for a program that knows too little, which is named, and what comes before it is applied', async () => {
    await runs(0);
    await expect(up(contraction)).rejects.toMatchObject({
      code: 'MIGRATION_CONTRACT_WAITS',
      found: 'play 1.0 on here:1 knows 0000',
      expected: 'every running program to know migration 0001 before 0002_drop_old is applied',
    });
    const { rows } = await admin.query('SELECT name FROM drizzle.__drizzle_migrations ORDER BY id');
    expect(rows.map(({ name }) => name)).toEqual(['0000_add_new', '0001_fill_new']);
    await admin.query('UPDATE public.running_programs SET schema_number = 1');
    expect((await up(contraction)).applied).toEqual(['0002_drop_old']);
  });

  it('does not wait for one that has been silent for five minutes', async () => {
    await runs(0, "now() - interval '5 minutes'");
    expect((await up(contraction)).applied).toEqual(['0001_fill_new', '0002_drop_old']);
  });
});

describe('programs that report themselves', () => {
  const db = useDatabase();
  let admin: pg.Client;
  beforeAll(async () => {
    admin = await db.connectAsAdmin();
  });
  const log = createLogger('silent');
  const dmz = (...args: string[]) => callDmz(['migrate', 'reported', ...args], db.environment);

  it('are listed with the last migration that they know, until they sign off', async () => {
    const report = reportProgram({ appUrl: db.appUrl, program: 'dmz play', log, firstAfterMs: 1 });
    await expect.poll(() => listPrograms(admin)).toHaveLength(1);
    expect(JSON.parse((await dmz('--json')).out)).toMatchObject([
      { name: 'dmz play', version: expect.stringMatching(/^\d/), schemaNumber: lastNumber(), stale: false },
    ]);
    await report.close();
    expect(await listPrograms(admin)).toEqual([]);
  });

  it('write nothing when they are over at once', async () => {
    const report = reportProgram({
      appUrl: db.appUrl,
      program: 'dmz session list',
      log,
      firstAfterMs: 60_000,
    });
    await report.close();
    expect(await listPrograms(admin)).toEqual([]);
  });

  it('are said to be stale when they are silent, and dismissed when that is asked for', async () => {
    await admin.query(
      "SELECT dmz.report_program(uuidv7(), 'gone', '1', 3, 'there:7'), dmz.report_program(uuidv7(), 'here', '1', 3, 'here:7')",
    );
    await admin.query(
      "UPDATE public.running_programs SET seen_at = now() - interval '6 minutes' WHERE name = 'gone'",
    );
    expect((await dmz()).out).toMatch(/gone .* stale[\s\S]*1 are stale/);
    expect((await dmz('--dismiss-stale')).out).toMatch(/^1 stale programs were dismissed\./);
    expect((await listPrograms(admin)).map(({ name }) => name)).toEqual(['here']);
  });

  it('reach the register by those two functions alone', async () => {
    const app = await db.connectAsApp();
    await app.query("SELECT dmz.report_program(uuidv7(), 'x', '1', 3, 'here')");
    for (const statement of ['SELECT * FROM', 'DELETE FROM', 'TRUNCATE'])
      await expect(app.query(`${statement} public.running_programs`)).rejects.toMatchObject({
        code: '42501',
      });
    await expect(app.query("SELECT dmz.report_program(uuidv7(), ' ', '1', 3, 'here')")).rejects.toMatchObject(
      { code: '23514' },
    );
  });
});
