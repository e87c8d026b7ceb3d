/** Rules about excuses themselves, and about what cannot be read at all: no excuse helps against them. */
import type { FileRule, RuleDescription } from './lint-rule.ts';

/** Found while findings are excused, so it is described here and looked for there. */
export const excuseNotNeeded: RuleDescription = {
  name: 'excuse-not-needed',
  danger: 'An excuse that excuses nothing hides the next thing that its rule would find there.',
  remedy: 'remove the comment',
  bad: '-- lint: allow volatile-default because the table has ten rows\nALTER TABLE game.sessions ADD COLUMN mood text;',
  safe: [
    '-- lint: allow volatile-default because the table has ten rows\nALTER TABLE game.sessions ADD COLUMN share_key uuid DEFAULT gen_random_uuid();',
  ],
};

const excuseMalformed: FileRule = {
  name: 'excuse-malformed',
  danger:
    'An excuse without a rule, without a reason, or that stands above no statement excuses nothing, and says otherwise.',
  remedy:
    'write `-- lint: allow <rule> because <reason>` directly above the statement, without an empty line between',
  bad: '-- lint: allow volatile-default\nALTER TABLE game.sessions ADD COLUMN mood text;',
  safe: [
    '-- lint: allow volatile-default because the table has ten rows\nALTER TABLE game.sessions ADD COLUMN share_key uuid DEFAULT gen_random_uuid();',
  ],
  findInFile: ({ tag, malformedExcuses }) =>
    malformedExcuses.map(({ line, comment }) => ({ object: tag, found: `Line ${line} says: ${comment}` })),
};

const unreadable: FileRule = {
  name: 'sql-unreadable',
  danger: 'What PostgreSQL’s own grammar refuses cannot be applied, and no other rule can look at it.',
  remedy: 'mend the statement; breakpoints stand between statements, never inside one',
  bad: 'ALTER TABLE game.sessions ADD COLUMN;',
  safe: ['ALTER TABLE game.sessions ADD COLUMN mood text;'],
  findInFile: ({ tag, unreadable: pieces }) =>
    pieces.map(({ line, problem }) => ({
      object: tag,
      found: `What begins in line ${line} cannot be read: ${problem}`,
    })),
};

export const excuseRules: readonly FileRule[] = [excuseMalformed, unreadable];
