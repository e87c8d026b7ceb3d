/** Constraints on filled tables: first held for new rows alone, then for all of them under a lock that lets others work. */
import { type Breach, type FileRule, named, namedIn, type Scene, type StatementRule } from '../lint-rule.ts';
import {
  type AddedConstraint,
  alterationsOf,
  columnsAddedBy,
  constraintOfType,
  constraintsAddedBy,
} from '../read-alteration.ts';
import { isNull } from '../read-expression.ts';
import type { MigrationFile, Statement } from '../read-migration.ts';

const withoutNotValid: StatementRule = {
  name: 'constraint-without-not-valid',
  danger:
    'A CHECK, a NOT NULL or a foreign key that is added as valid reads every row while ACCESS EXCLUSIVE (or SHARE ROW EXCLUSIVE on both tables) keeps all writers out.',
  remedy:
    'add it NOT VALID, and VALIDATE CONSTRAINT it in a later migration, which only takes SHARE UPDATE EXCLUSIVE',
  bad: 'ALTER TABLE game.sessions ADD CONSTRAINT sessions_day_check CHECK (day >= 0);',
  safe: [
    'ALTER TABLE game.sessions ADD CONSTRAINT sessions_day_check CHECK (day >= 0) NOT VALID;',
    'ALTER TABLE game.sessions VALIDATE CONSTRAINT sessions_day_check;',
  ],
  findIn: (statement, scene) =>
    constraintsAddedBy(statement)
      .filter((added) => scene.isFilled(added.table) && readsRows(added, scene))
      .map(({ table, name, type }) => ({
        object: namedIn(table, name),
        found: `It adds ${CALLED[type]} to the filled table ${named(table)} and reads every row for it`,
      })),
};

const CALLED: Readonly<Record<string, string>> = {
  check: 'a CHECK',
  foreign: 'a foreign key',
  notnull: 'a NOT NULL constraint',
  primary: 'a primary key',
  unique: 'a unique key',
  exclusion: 'an exclusion',
};

function readsRows(
  { type, unchecked, column, table, columns }: AddedConstraint,
  { catalogue }: Scene,
): boolean {
  if (unchecked || !['check', 'foreign', 'notnull'].includes(type)) return false;
  if (type === 'notnull') return !column && columns.some((each) => !catalogue.isProvenNotNull(table, each));
  // A new column that holds nulls refers to nothing, which PostgreSQL knows without reading.
  const given = column && constraintOfType(column, 'CONSTR_DEFAULT');
  return !(type === 'foreign' && column && (!given || isNull(given.raw_expr)));
}

const unprovenNotNull: StatementRule = {
  name: 'not-null-without-proof',
  danger:
    'SET NOT NULL reads the whole table under ACCESS EXCLUSIVE unless a valid constraint already proves it; a required column without a default fails on the first row.',
  remedy:
    'ADD CONSTRAINT … NOT NULL <column> NOT VALID, VALIDATE CONSTRAINT in a later migration: the column then is NOT NULL, and SET NOT NULL reads nothing. Add a required column with a constant default, or nullable first',
  bad: 'ALTER TABLE game.sessions ALTER COLUMN mood SET NOT NULL;',
  safe: [
    'ALTER TABLE game.sessions ADD CONSTRAINT sessions_mood_not_null NOT NULL mood NOT VALID;',
    'ALTER TABLE game.sessions VALIDATE CONSTRAINT sessions_mood_not_null;\nALTER TABLE game.sessions ALTER COLUMN mood SET NOT NULL;',
  ],
  findIn: (statement, scene) => [...setNotNull(statement, scene), ...requiredColumns(statement, scene)],
};

function setNotNull(statement: Statement, scene: Scene): Breach[] {
  return alterationsOf(statement)
    .filter(({ subtype, table }) => subtype === 'AT_SetNotNull' && scene.isFilled(table))
    .filter(({ table, name }) => !scene.catalogue.isProvenNotNull(table, name))
    .map(({ table, name }) => ({
      object: namedIn(table, name),
      found: `It sets ${namedIn(table, name)} NOT NULL, which no valid constraint proves`,
    }));
}

function requiredColumns(statement: Statement, scene: Scene): Breach[] {
  const filling = ['CONSTR_DEFAULT', 'CONSTR_IDENTITY', 'CONSTR_GENERATED'];
  return columnsAddedBy(statement)
    .filter((column) => scene.isFilled(column.table) && constraintOfType(column, 'CONSTR_NOTNULL'))
    .filter((column) => !filling.some((contype) => constraintOfType(column, contype)))
    .map(({ table, name }) => ({
      object: namedIn(table, name),
      found: `It adds the required column ${namedIn(table, name)} without a default to a filled table`,
    }));
}

const neverValidated: FileRule = {
  name: 'constraint-never-validated',
  danger:
    'A constraint that stays NOT VALID says nothing of the rows from before it, and no query can be planned on it.',
  remedy:
    'add a later migration with ALTER TABLE … VALIDATE CONSTRAINT …; where that comes with a later release, excuse it with the reason',
  bad: 'ALTER TABLE game.sessions ADD CONSTRAINT sessions_day_check CHECK (day >= 0) NOT VALID;',
  safe: [
    'ALTER TABLE game.sessions ADD CONSTRAINT sessions_day_check CHECK (day >= 0) NOT VALID;',
    'ALTER TABLE game.sessions VALIDATE CONSTRAINT sessions_day_check;',
  ],
  looksAhead: true,
  findInFile: (file, { later }) =>
    file.statements.flatMap((statement, at) =>
      constraintsAddedBy(statement)
        .filter(({ unchecked, enforced }) => unchecked && enforced)
        .map((added) => ({ at: statement, object: namedIn(added.table, added.name) }))
        .filter(({ object }) => !isSettled(object, file.statements.slice(at + 1), later))
        .map((breach) => ({ ...breach, found: `No later migration validates ${breach.object}` })),
    ),
};

/** Validated, or dropped again with or without its table's help. */
function isSettled(constraint: string, rest: readonly Statement[], later: readonly MigrationFile[]): boolean {
  const ways = ['AT_ValidateConstraint', 'AT_DropConstraint'];
  return [...rest, ...later.flatMap(({ statements }) => statements)]
    .flatMap(alterationsOf)
    .some(({ table, subtype, name }) => ways.includes(subtype) && namedIn(table, name) === constraint);
}

const keyWithoutIndex: StatementRule = {
  name: 'key-without-index',
  danger:
    'A UNIQUE, PRIMARY KEY or EXCLUDE builds its index under ACCESS EXCLUSIVE, so nobody reads or writes meanwhile.',
  remedy:
    'CREATE UNIQUE INDEX CONCURRENTLY in a file with `-- transaction: none`, then ADD CONSTRAINT … UNIQUE (or PRIMARY KEY) USING INDEX. On a partitioned table: ALTER TABLE ONLY … ADD, the index of each partition CONCURRENTLY, then ALTER INDEX … ATTACH PARTITION. An EXCLUDE goes onto a new table',
  bad: 'ALTER TABLE game.sessions ADD CONSTRAINT sessions_seed_key UNIQUE (tenant_id, seed);',
  safe: [
    '-- phase: expand\n-- transaction: none\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS sessions_seed_key ON game.sessions (tenant_id, seed);',
    'ALTER TABLE game.sessions ADD CONSTRAINT sessions_seed_key UNIQUE USING INDEX sessions_seed_key;',
  ],
  findIn: (statement, scene) =>
    constraintsAddedBy(statement)
      .filter(({ type }) => ['primary', 'unique', 'exclusion'].includes(type))
      .filter(({ table, usingIndex, only }) => {
        const onParentAlone = only && scene.catalogue.table(table)?.partitioned === true;
        return scene.isFilled(table) && !usingIndex && !onParentAlone;
      })
      .map(({ table, name, type }) => ({
        object: namedIn(table, name),
        found: `It adds ${CALLED[type]} to the filled table ${named(table)} without USING INDEX`,
      })),
};

export const constraintRules = [withoutNotValid, unprovenNotNull, neverValidated, keyWithoutIndex] as const;
