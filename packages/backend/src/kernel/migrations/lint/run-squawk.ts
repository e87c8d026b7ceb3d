/** Runs squawk, a linter of migrations, on a file's statements, and turns what it finds into breaches of ours. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { lintErrors } from './errors.ts';
import type { Breach } from './lint-rule.ts';
import type { MigrationFile, Statement } from './read-migration.ts';
import { excludedSquawkRules, SQUAWK_PREFIX } from './squawk-rules.ts';

const Findings = z.array(
  z.object({ line: z.int(), rule_name: z.string(), message: z.string(), help: z.string().nullish() }),
);
/** As package.json pins the server. */
const POSTGRES = '18.0';
/** Its own parser does not know every clause of PostgreSQL 18, whose grammar we have asked already. */
const NOT_UNDERSTOOD = 'syntax-error';

export interface SquawkBreach extends Breach {
  readonly rule: string;
  readonly remedy: string;
  readonly at: Statement;
}

/** @throws MIGRATION_LINT_SQUAWK_MISSING, MIGRATION_LINT_SQUAWK_FAILED */
export function runSquawk({ statements: all, header, tag }: MigrationFile): SquawkBreach[] {
  // It does not look into blocks.
  const statements = all.filter(({ within }) => within === undefined);
  if (statements.length === 0) return [];
  const { text, statementAt } = laidOut(statements);
  return ask(text, header.inTransaction)
    .filter(({ rule_name }) => rule_name !== NOT_UNDERSTOOD)
    .flatMap(({ line, rule_name, message, help }) => {
      const at = statementAt(line);
      const remedy = help ?? 'the rule’s page in the manual of squawk says the safe way';
      return at
        ? [{ at, object: tag, rule: `${SQUAWK_PREFIX}${rule_name}`, found: withoutFullStop(message), remedy }]
        : [];
    });
}

const withoutFullStop = (text: string) => text.replace(/\.$/, '');

/** One statement after the other without comments, each from a line of its own on. Lines count from 0, as squawk's do. */
function laidOut(statements: readonly Statement[]) {
  const starts: number[] = [];
  let lines = 0;
  for (const { text } of statements) {
    starts.push(lines);
    lines += text.split('\n').length;
  }
  const statementAt = (line: number) => statements[starts.findLastIndex((start) => start <= line)];
  return { text: statements.map(({ text }) => `${text};\n`).join(''), statementAt };
}

function ask(text: string, inTransaction: boolean): z.infer<typeof Findings> {
  const { stdout, stderr, status, error } = spawnSync(
    process.execPath,
    [
      programFile(),
      ...['--reporter', 'json', '--pg-version', POSTGRES, '--stdin-filepath', 'migration.sql'],
      inTransaction ? '--assume-in-transaction' : '--no-assume-in-transaction',
      ...Object.keys(excludedSquawkRules).map((name) => `--exclude=${name}`),
    ],
    { input: text, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  try {
    return Findings.parse(JSON.parse(stdout));
  } catch (cause) {
    const found = error?.message ?? (stderr.trim() || `exit status ${status}`);
    throw lintErrors.MIGRATION_LINT_SQUAWK_FAILED({ found: found.slice(0, 300), cause });
  }
}

function programFile(): string {
  try {
    return createRequire(import.meta.url).resolve('squawk-cli/js/bin/squawk');
  } catch (cause) {
    throw lintErrors.MIGRATION_LINT_SQUAWK_MISSING({ expected: 'the package squawk-cli', cause });
  }
}
