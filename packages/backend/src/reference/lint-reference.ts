/** `migration-lint.md`: every rule that migrations are held to, what it refuses and the safe way, by example. */
import {
  exampleFoundation,
  exampleSeries,
  excludedSquawkRules,
  lintSections,
  type RuleDescription,
} from '../kernel/migrations/lint/index.ts';
import { code, page, table } from './markdown.ts';

export function lintReference(): string {
  const sections = lintSections.flatMap(({ about, rules }) => [`## ${about}`, ...rules.map(ruleSection)]);
  return page('Rules for migrations', INTRO, [
    ...sections,
    '## What squawk is not asked',
    table(
      ['rule of squawk', 'why not'],
      Object.entries(excludedSquawkRules).map(([name, reason]) => [code(name), reason]),
    ),
    '## What the examples stand on',
    sql(exampleFoundation),
  ]);
}

const INTRO = `\`pnpm dmz migrate lint\` reads migrations as PostgreSQL parses them, and knows from the files before each what exists by then:
a table that the same file makes is nobody’s yet, and may be changed at will. Every other table counts as filled.

The header of a file is its first lines:

| line | means |
|---|---|
| \`-- phase: expand\` | adds the new beside the old; programs of both versions work |
| \`-- phase: backfill\` | fills the new, in batches by key |
| \`-- phase: contract\` | takes the old away |
| \`-- completes: 0027_add_x\` | of a contract, or a backfill: the expansion that it completes |
| \`-- role: administrator\` | the administrator runs it, and not the owner of the tables |
| \`-- transaction: none\` | each statement is a transaction of its own, or none, and may be run again after a kill |

A moment of ACCESS EXCLUSIVE for a change of the catalogue alone, such as ADD COLUMN without a rewrite, is allowed: the runner
waits for it no longer than lock_timeout, and tries again. Holding it while rows are read or written is not.

A statement is excused by a comment directly above it, \`-- lint: allow <rule> because <reason>\`.`;

function ruleSection({ name, danger, remedy, bad, safe }: RuleDescription): string {
  const examples = safe.length === 1 ? 'Accepted:' : 'Accepted, one migration after the other:';
  return [
    `### ${name}`,
    danger,
    `Instead: ${remedy}.`,
    'Refused:',
    ...filesOf([bad]),
    examples,
    ...filesOf(safe),
  ].join('\n\n');
}

const filesOf = (texts: readonly string[]) =>
  exampleSeries(texts)
    .slice(1)
    .map(({ tag, text }) => sql(texts.length === 1 ? text : `-- ${tag}.sql\n${text}`));

const sql = (text: string) => `\`\`\`sql\n${text.trim()}\n\`\`\``;
