/**
 * What squawk is asked: the rules of it that ours do not cover, each in our words, and every other rule that it knows with the
 * reason why it is left out. A rule that is in neither list, as after an upgrade, is reported like any other.
 */
import type { RuleDescription } from './lint-rule.ts';

export const SQUAWK_PREFIX = 'squawk/';

const rule = (name: string, danger: string, remedy: string, bad: string, safe: string): RuleDescription => ({
  ...{ name: `${SQUAWK_PREFIX}${name}`, danger, remedy, bad },
  safe: [safe],
});

export const squawkRules: readonly RuleDescription[] = [
  rule(
    'prefer-text-field',
    'A longer varchar later is another type to every view and function that was made with this one.',
    'text, with a CHECK of its length',
    'ALTER TABLE game.sessions ADD COLUMN mood varchar(20);',
    'ALTER TABLE game.sessions ADD COLUMN mood text;',
  ),
  rule(
    'prefer-timestamp-tz',
    'timestamp forgets the zone that it was given, so two sessions read one value as two moments.',
    'timestamptz',
    'ALTER TABLE game.sessions ADD COLUMN left_at timestamp;',
    'ALTER TABLE game.sessions ADD COLUMN left_at timestamptz;',
  ),
  rule(
    'ban-char-field',
    'char pads with blanks, which then compare equal here and differ there.',
    'text',
    'ALTER TABLE game.sessions ADD COLUMN code char(3);',
    'ALTER TABLE game.sessions ADD COLUMN code text;',
  ),
  rule(
    'ban-create-domain-with-constraint',
    'A domain’s constraint cannot be changed without reading every table that uses it.',
    'a CHECK of the table',
    'CREATE DOMAIN game.score AS integer CHECK (value >= 0);',
    'ALTER TABLE game.sessions ADD COLUMN score integer;',
  ),
  rule(
    'ban-alter-domain-with-add-constraint',
    'The new constraint of a domain reads every table that uses it, under a lock that keeps writers out.',
    'a CHECK of the table, NOT VALID, and its validation in a later migration',
    'ALTER DOMAIN game.score ADD CONSTRAINT score_check CHECK (value >= 0);',
    'ALTER TABLE game.sessions ADD COLUMN score integer;',
  ),
  rule(
    'ban-drop-database',
    'It drops every tenant of the instance.',
    'pnpm dmz tenant delete, for each tenant',
    '-- phase: contract\n-- completes: {expansion}\nDROP DATABASE dmz;',
    'ALTER TABLE game.sessions ADD COLUMN mood text;',
  ),
  rule(
    'transaction-nesting',
    'The runner has opened a transaction already; a COMMIT of the file’s own lets go of what was to stand or fall together.',
    'leave BEGIN and COMMIT to the runner, or give the file `-- transaction: none`',
    'BEGIN;\nALTER TABLE game.sessions ADD COLUMN mood text;\nCOMMIT;',
    'ALTER TABLE game.sessions ADD COLUMN mood text;',
  ),
  rule(
    'ban-uncommitted-transaction',
    'What was begun and not committed is undone when the runner lets the connection go.',
    'COMMIT, or a file that is one transaction',
    '-- phase: expand\n-- transaction: none\nBEGIN;\nALTER TABLE game.sessions ADD COLUMN IF NOT EXISTS mood text;',
    '-- phase: expand\nALTER TABLE game.sessions ADD COLUMN IF NOT EXISTS mood text;',
  ),
  rule(
    'require-enum-value-ordering',
    'A value that is added without its place is the greatest, whatever it means.',
    'ADD VALUE … BEFORE or AFTER another; better text with a CHECK',
    "ALTER TYPE game.mood ADD VALUE IF NOT EXISTS 'calm';",
    "ALTER TYPE game.mood ADD VALUE IF NOT EXISTS 'calm' BEFORE 'angry';",
  ),
  rule(
    'identifier-too-long',
    'PostgreSQL cuts a name after 63 bytes, so two long ones can become one.',
    'a shorter name',
    'ALTER TABLE game.sessions ADD COLUMN what_the_player_thought_about_the_session_after_it_had_come_to_its_end text;',
    'ALTER TABLE game.sessions ADD COLUMN thoughts_at_end text;',
  ),
];

const OURS = 'ours knows which tables are filled: ';

/** Each with the rule of ours that covers it, or the reason why it does not fit. */
export const excludedSquawkRules: Readonly<Record<string, string>> = {
  'require-concurrent-index-creation': `${OURS}index-not-concurrent`,
  'require-concurrent-index-deletion': `${OURS}index-not-concurrent`,
  'require-concurrent-reindex': `${OURS}index-not-concurrent`,
  'ban-concurrent-index-creation-in-transaction':
    'concurrently-in-transaction, which reads the header and the breakpoints',
  'require-concurrent-partition-detach': `${OURS}strong-lock-held-long`,
  'constraint-missing-not-valid': `${OURS}constraint-without-not-valid`,
  'adding-foreign-key-constraint': `${OURS}constraint-without-not-valid`,
  'disallowed-unique-constraint': `${OURS}key-without-index`,
  'adding-not-nullable-field': 'not-null-without-proof, which knows what earlier files have proven',
  'adding-required-field': `${OURS}not-null-without-proof`,
  'adding-field-with-default': 'volatile-default and generated-column-stored, which know our own functions',
  'changing-column-type':
    'type-change-rewrites and old-shape-outside-contract, which know the type from before',
  'renaming-column': 'old-shape-outside-contract, which lets contracts do it',
  'renaming-table': 'old-shape-outside-contract, which lets contracts do it',
  'ban-drop-column': 'old-shape-outside-contract, which lets contracts do it',
  'ban-drop-table': 'old-shape-outside-contract, which lets contracts do it',
  'ban-drop-not-null': 'an expansion must loosen what its new programs no longer fill',
  'ban-truncate-cascade': `${OURS}strong-lock-held-long refuses every TRUNCATE of them`,
  'prefer-repack': `${OURS}strong-lock-held-long`,
  'prefer-robust-stmts': 'not-repeatable, since what fails inside a transaction is undone',
  'prefer-identity': 'no table counts by a sequence, an identity included: no-sequence of `dmz db check`',
  'adding-serial-primary-key-field': 'tenant-first-key, and no-sequence of `dmz db check`',
  'prefer-bigint-over-int': 'counts, days and versions are integers that a CHECK bounds; ids are uuid',
  'prefer-bigint-over-smallint': 'small numbers that a CHECK bounds may be small',
  'require-table-schema': 'drizzle-kit leaves the schema `public` out',
  'require-timeout-settings': 'the runner sets lock_timeout for every file',
  'require-lock-timeout': 'the runner sets lock_timeout for every file',
  'require-statement-timeout':
    'VALIDATE and CREATE INDEX CONCURRENTLY take as long as their table is large, and hold nobody up',
};
