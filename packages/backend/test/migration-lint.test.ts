/** The real series of migrations keeps the rules of lint; and rules, reference and squawk are held together, both ways. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationsFolder, readMigrations } from '../src/kernel/migrations/journal.ts';
import {
  excludedSquawkRules,
  lintFiles,
  lintMigrations,
  lintRules,
  lintSections,
} from '../src/kernel/migrations/lint/index.ts';
import { projectRoot } from '../src/kernel/project.ts';
import { expectFailure, runDmz } from './harness/run-dmz.ts';

const fileOf = (tag: string) => path.join(migrationsFolder, `${tag}.sql`);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'dmz-lint-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function next(text: string): string {
  const file = path.join(folder, '9000_try.sql');
  writeFileSync(file, text);
  return file;
}

describe('the series of migrations', () => {
  it('keeps every rule, from the first file on that is not exempt', async () => {
    const { checked, findings } = await lintMigrations();
    expect(findings).toEqual([]);
    expect(checked).toBe(readMigrations().filter(({ tag }) => tag > '0026').length);
  });

  it('is known to lint: what the exempt files did to filled tables would be found today', async () => {
    const rulesIn = async (tag: string) =>
      (await lintFiles([fileOf(tag)])).findings.map(({ rule, object }) => `${rule} ${object}`);
    expect(await rulesIn('0001_create_foundation_tables')).toEqual([
      'migration-header 0001_create_foundation_tables',
    ]);
    expect(await rulesIn('0014_place_residents_and_free_actions')).toEqual([
      'migration-header 0014_place_residents_and_free_actions',
      'old-shape-outside-contract game.actions.actions_session_id_fk',
    ]);
    expect(await rulesIn('0013_branch_sessions')).toEqual([
      'migration-header 0013_branch_sessions',
      'constraint-without-not-valid game.sessions.sessions_branched_from_id_fk',
      'index-not-concurrent game.sessions_branched_from_id_idx',
      'constraint-without-not-valid game.sessions.sessions_branch_complete_check',
      'constraint-without-not-valid game.sessions.sessions_branch_positive_check',
    ]);
  });

  it('is what a file from elsewhere is linted upon', async () => {
    const log = next('-- phase: expand\nCREATE INDEX CONCURRENTLY i ON "game"."events" ("tenant_id");');
    const { checked, findings } = await lintFiles([log]);
    expect(checked).toBe(1);
    expect(findings.map(({ rule }) => rule).sort()).toEqual([
      'concurrently-in-transaction',
      'concurrently-on-partitioned',
    ]);
    const reference = next('-- phase: expand\nGRANT INSERT ON countries TO dmz_app;');
    const [finding] = (await lintFiles([reference])).findings;
    expect(finding?.detail).toContain('It grants dmz_app INSERT on public.countries, of the kind reference,');
  });
});

describe('every rule', () => {
  const page = readFileSync(path.join(projectRoot, 'docs/reference/migration-lint.md'), 'utf8');

  it('has its section in the reference, and each section its rule', () => {
    const sections = [...page.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(lintRules.map(({ name }) => name));
    expect(lintSections.flatMap(({ rules }) => rules)).toEqual(lintRules);
  });

  it('of squawk is either asked or left out for a reason, and squawk knows it', () => {
    const asked = lintRules.map(({ name }) => name).filter((name) => name.startsWith('squawk/'));
    const left = Object.entries(excludedSquawkRules);
    for (const name of asked) expect(excludedSquawkRules).not.toHaveProperty(name.replace('squawk/', ''));
    for (const [, reason] of left) expect(reason).toMatch(/\w+ \w+/);
    const program = createRequire(import.meta.url).resolve('squawk-cli/js/bin/squawk');
    const all = [...asked.map((name) => name.replace('squawk/', '')), ...left.map(([name]) => name)];
    const { stderr, status } = spawnSync(
      process.execPath,
      [program, '--stdin-filepath', 'none.sql', ...all.map((name) => `--exclude=${name}`)],
      { input: 'SELECT 1;', encoding: 'utf8' },
    );
    expect({ stderr, status }).toEqual({ stderr: expect.not.stringContaining('invalid rule'), status: 0 });
  });
});

describe('dmz migrate lint', () => {
  const lint = (...words: string[]) => runDmz(['migrate', 'lint', ...words]);

  it('prints one JSON object of what it finds, and exits with 1', async () => {
    const { out, status } = await lint(
      next('-- phase: expand\nALTER TABLE game.sessions DROP COLUMN seed;'),
      '--json',
    );
    expect(status).toBe(1);
    expect(JSON.parse(out)).toEqual({
      checked: 1,
      findings: [
        {
          rule: 'old-shape-outside-contract',
          object: 'game.sessions.seed',
          detail: expect.stringContaining('9000_try.sql, line 2: It drops the column game.sessions.seed.'),
          remedy: expect.stringContaining('-- phase: contract'),
          file: '9000_try',
          line: 2,
        },
      ],
    });
  });

  it('says so where there is nothing, and exits with 0', async () => {
    const { out, status } = await lint(
      next('-- phase: expand\nALTER TABLE game.sessions ADD COLUMN mood text;'),
    );
    expect(status).toBe(0);
    expect(out).toBe('1 migrations checked; nothing found.\n');
  });

  it('exits with 2 for a file that is not there', async () => {
    expectFailure(await lint('nowhere.sql'), 'MIGRATION_LINT_FILE_UNKNOWN', 2);
  });
});
