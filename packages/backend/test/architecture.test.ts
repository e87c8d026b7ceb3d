/**
 * The boundaries of the house hold, and the rules that hold them work: each one refuses an example made to break it,
 * with the message that says what to do instead. Examples live in a folder of their own, laid out as the repository is.
 */
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../src/kernel/project.ts';
import { modules } from '../src/modules/registry.ts';

const src = 'packages/backend/src';

/** By rule: the file that breaks it. Every rule of the configuration needs one. */
const breaches: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'kernel-knows-no-module': [`${src}/kernel/curious.ts`, "import '../modules/game/index.ts';"],
  'only-kernel-uses-the-driver': [`${src}/modules/game/driver.ts`, "import 'pg';"],
  'module-through-its-index': [`${src}/modules/org/service.ts`, "import '../auth/service.ts';"],
  'module-through-its-index-from-outside': [`${src}/wiring.ts`, "import './modules/auth/service.ts';"],
  'schema-imports-schemas': [`${src}/modules/org/schema.ts`, "import '../auth/index.ts';"],
  'index-hands-out-no-tables': [`${src}/modules/ai/index.ts`, "export * from './schema.ts';"],
  'registry-imports-schemas': [`${src}/modules/registry.ts`, "import './org/index.ts';"],
  'module-is-registered': [`${src}/modules/unlisted/index.ts`, "import '../../kernel/plain.ts';"],
  'content-depends-as-registered': [`${src}/modules/content/index.ts`, "import '../game/index.ts';"],
  'edges-have-no-queries': [`${src}/cli/query.ts`, "import 'drizzle-orm';"],
  'nothing-imports-an-edge': [`${src}/modules/auth/prints.ts`, "import '../../cli/query.ts';"],
  'audit-verifier-stands-alone': [`${src}/audit-verifier/asks.ts`, "import 'pg';"],
  'audit-verifier-through-its-index': [`${src}/proving.ts`, "import './audit-verifier/proofs.ts';"],
  'engine-stands-alone': ['packages/game-engine/src/reads.ts', "import 'node:fs';"],
  'engine-through-its-index': [`${src}/deep.ts`, "import '../../game-engine/src/plain.ts';"],
  'no-cycles': [`${src}/kernel/one.ts`, "import './other.ts';"],
  'no-dead-files': [`${src}/kernel/dead.ts`, 'export {};'],
  'programs-import-no-tests': [`${src}/kernel/tested.ts`, "import './plain.test.ts';"],
  'imports-resolve': [`${src}/kernel/lost.ts`, "import './nowhere.ts';"],
};

/** The ways to reach into another module; its tables are such a file too, so no query joins what two modules own. */
const innerFiles: Readonly<Record<string, string>> = {
  [`${src}/modules/org/tables-of-others.ts`]: "import { users } from '../auth/schema.ts';",
  [`${src}/modules/org/at-run-time.ts`]: "export const inner = () => import('../auth/service.ts');",
  [`${src}/modules/org/required.ts`]: "export const inner = require('../auth/service.ts');",
  [`${src}/modules/org/whole.ts`]: "import * as auth from '../auth/service.ts';",
  [`${src}/modules/org/exported.ts`]: "export { findPlayer as find } from '../auth/service.ts';",
  [`${src}/modules/org/types.ts`]: "import type { Person } from '../auth/service.ts';",
};

const innocent: Readonly<Record<string, string>> = {
  [`${src}/cli/main.ts`]: "import '../kernel/plain.ts';",
  [`${src}/kernel/plain.ts`]: 'export {};',
  [`${src}/kernel/plain.test.ts`]: "import '../modules/auth/service.ts';",
  [`${src}/kernel/other.ts`]: "import './one.ts';",
  [`${src}/audit-verifier/index.ts`]: "import './proofs.ts';",
  [`${src}/audit-verifier/proofs.ts`]: "import 'node:crypto';",
  [`${src}/modules/game/index.ts`]: 'export {};',
  [`${src}/modules/ai/schema.ts`]: 'export {};',
  [`${src}/modules/auth/index.ts`]: "import './service.ts';",
  [`${src}/modules/auth/service.ts`]: "import 'drizzle-orm';",
  [`${src}/modules/auth/schema.ts`]: 'export {};',
  [`${src}/modules/org/index.ts`]: "import '../auth/index.ts';",
  'packages/game-engine/src/plain.ts': "import 'zod';",
};

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: {
      readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
    };
  };
}

describe('the boundaries of the house', () => {
  it('are kept by this repository', async () => {
    expect(violationsOf(await cruise(projectRoot))).toEqual([]);
  });

  it('let modules depend on registered ones alone, and on none in a circle', () => {
    const placed = new Set<string>();
    for (let before = -1; before < placed.size; ) {
      before = placed.size;
      for (const { name, dependsOn } of modules)
        if (dependsOn.every((dependency) => placed.has(dependency))) placed.add(name);
    }
    expect([...placed].sort()).toEqual(modules.map(({ name }) => name).sort());
  });

  describe('refuse', () => {
    const folder = makeFolder();
    let result: Cruise;
    beforeAll(async () => {
      for (const [file, text] of [
        ...Object.entries(innocent),
        ...Object.values(breaches),
        ...Object.entries(innerFiles),
      ])
        write(folder, file, text);
      result = await cruise(folder);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(Object.entries(breaches))('%s', (rule, [file]) => {
      expect(violationsOf(result)).toContain(`${rule}: ${file}`);
      const { comment } = result.summary.ruleSetUsed.forbidden.find(({ name }) => name === rule)!;
      expect(comment.length).toBeGreaterThan(40);
    });

    it.each(Object.entries(innerFiles))('another module’s inner file by %s', (file) => {
      expect(violationsOf(result)).toContain(`module-through-its-index: ${file}`);
    });

    it('nothing that is allowed', () => {
      const refusable = new Set([
        ...Object.values(breaches).map(([file]) => file),
        ...Object.keys(innerFiles),
        `${src}/kernel/other.ts`,
      ]);
      const unreached = /^no-dead-files/;
      expect(
        violationsOf(result).filter((each) => !unreached.test(each) && !refusable.has(each.split(': ')[1]!)),
      ).toEqual([]);
    });

    it('with every rule that there is', () => {
      const general = (name: string) => name.replace(/^.*-depends-as-registered$/, 'depends-as-registered');
      const known = result.summary.ruleSetUsed.forbidden.map(({ name }) => general(name));
      expect([...new Set(known)].sort()).toEqual(Object.keys(breaches).map(general).sort());
    });
  });
});

describe('raw SQL, the driver, and other modules’ tables', () => {
  const folder = makeFolder();
  beforeAll(() => {
    const settings = JSON.parse(readFileSync(path.join(projectRoot, 'biome.json'), 'utf8'));
    write(folder, 'biome.json', JSON.stringify({ ...settings, vcs: { enabled: false } }));
    copyFileSync(
      path.join(projectRoot, 'packages/backend/no-raw-sql.grit'),
      path.join(folder, 'packages/backend/no-raw-sql.grit'),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const noRawSql = 'No raw SQL';
  const notHandedOn = 'tables are not handed on';
  const targetsAlone = 'import its Targets alone';
  it.each([
    ["import { sql } from 'drizzle-orm';\nexport const all = [sql];", noRawSql],
    ["import { sql as plain } from 'drizzle-orm';\nexport const all = [plain];", noRawSql],
    ["import { sql } from 'drizzle-orm/sql';\nexport const all = [sql];", noRawSql],
    ["import { sql } from 'drizzle-orm/sql/sql';\nexport const all = [sql];", noRawSql],
    ["import { drizzle } from 'drizzle-orm/node-postgres';\nexport const all = [drizzle];", noRawSql],
    ["import * as orm from 'drizzle-orm';\nexport const all = [orm];", 'by name'],
    ["export const all = import('drizzle-orm');", 'Import statically'],
    ["import pg from 'pg';\nexport const all = [pg];", 'Only the kernel talks to the driver'],
    [
      "import type { Client } from 'pg/lib/client';\nexport type All = Client;",
      'Only the kernel talks to the driver',
    ],
    ["export const all = (tx: Tx) => tx.execute('SELECT 1');", noRawSql],
    ['export const all = (db: Tx) => db.execute(`SELECT 1`);', noRawSql],
    ['export const all = (tx: Tx) => tx.execute(query);', noRawSql],
    ["import { sql as plain } from 'drizzle-orm';\nexport const all = [plain.raw('SELECT 1')];", noRawSql],
    ["import orm from 'drizzle-orm';\nexport const all = [orm];", noRawSql],
    ["export { sql } from 'drizzle-orm';", noRawSql],
    ["export * from 'drizzle-orm';", noRawSql],
    ["export const { sql } = require('drizzle-orm');", noRawSql],
    ['export const all = (name: string) => import(name);', 'Import statically'],
    [`export const all = (name: string) => import(\`\${name}/sql\`);`, 'Import statically'],
    ["export { authTables } from '../auth/schema.ts';", notHandedOn],
    ["export { authTables as people } from '../../auth/schema.ts';", notHandedOn],
    ["export * from '../auth/schema.ts';", notHandedOn],
    ["export * as people from '../auth/schema.ts';", notHandedOn],
    ["import { authTables } from '../auth/schema.ts';\nexport { authTables };", notHandedOn],
    [
      "import { authTables } from '../auth/schema.ts';\nexport const people = authTables.canonical.users;",
      notHandedOn,
    ],
    [
      "import { authTables } from '../auth/schema.ts';\nexport const people = authTables(tx).users;",
      notHandedOn,
    ],
    [
      "import { authTables } from '../auth/schema.ts';\nexport const { users } = authTables.canonical;",
      targetsAlone,
    ],
    ["import { users } from '../../auth/schema.ts';\nexport const all = [users];", targetsAlone],
    [
      "import { authTargets, users } from '../auth/schema.ts';\nexport const all = [authTargets, users];",
      targetsAlone,
    ],
    [
      "import { StringChunk } from 'drizzle-orm';\nexport const all = [new StringChunk('SELECT 1')];",
      noRawSql,
    ],
  ])('are refused in modules, the command line and the web: %s', async (text, message) => {
    const files = ['modules/game', 'cli', 'http'].map((room) => `${src}/${room}/raw.ts`);
    for (const file of files) write(folder, file, `/** Raw. */\n${text}\n`);
    expect((await lint(folder, ...files)).split(message)).toHaveLength(files.length + 1);
  });

  it('are for the kernel, and prepared statements are for everybody', async () => {
    const driver =
      "/** Driver. */\nimport { sql } from 'drizzle-orm';\nimport pg from 'pg';\n\nexport const all = [sql, pg];\n";
    write(folder, `${src}/kernel/driver.ts`, driver);
    expect(await lint(folder, `${src}/kernel/driver.ts`)).not.toMatch(/raw SQL|driver:/);
    const prepared =
      "/** Query. */\nimport { eq } from 'drizzle-orm';\n\nexport const all = (statement: Prepared) => [eq, statement.execute({ id: 1 })];\n";
    write(folder, `${src}/modules/game/query.ts`, prepared);
    expect(await lint(folder, `${src}/modules/game/query.ts`)).not.toMatch(/raw SQL|driver:/);
  });

  it('leave another module’s targets to foreign keys, and a module’s own tables to itself', async () => {
    const schema = `${src}/modules/game/tables/rooms.ts`;
    const text =
      "/** Rooms. */\nimport { authTargets } from '../../auth/schema.ts';\nimport { sessions } from '../schema.ts';\n\nexport const all = [authTargets.users, sessions];\n";
    write(folder, schema, text);
    expect(await lint(folder, schema)).not.toMatch(/Targets alone|handed on/);
  });
});

/** Laid out as the repository, with its packages in reach. */
function makeFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dmz-boundaries-'));
  for (const name of ['backend', 'game-engine']) {
    mkdirSync(path.join(folder, 'packages', name, 'src'), { recursive: true });
    const installed = `packages/${name}/node_modules`;
    symlinkSync(path.join(projectRoot, installed), path.join(folder, installed));
  }
  return folder;
}

function write(folder: string, file: string, text: string): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `${text}\n`);
}

async function cruise(folder: string): Promise<Cruise> {
  const config = path.join(projectRoot, '.dependency-cruiser.mjs');
  const args = ['--config', config, '--output-type', 'json', 'packages'];
  return JSON.parse(await run('dependency-cruiser', 'bin/dependency-cruise.mjs', args, folder)) as Cruise;
}

const violationsOf = ({ summary }: Cruise) =>
  summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);

const lint = (folder: string, ...files: string[]) =>
  run('@biomejs/biome', 'bin/biome', ['lint', '--colors=off', ...files], folder);

/** Runs a package's command in a folder; what it prints tells more than its status. */
function run(packageName: string, script: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    const command = [path.join(projectRoot, 'node_modules', packageName, script), ...args];
    execFile(process.execPath, command, { cwd, maxBuffer: 2 ** 26 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
