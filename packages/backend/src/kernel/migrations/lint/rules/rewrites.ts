/** Changes of columns for which PostgreSQL writes every row anew under ACCESS EXCLUSIVE. */
import { type Breach, namedIn, type Scene, type StatementRule } from '../lint-rule.ts';
import {
  type AddedColumn,
  alterationsOf,
  columnsAddedBy,
  constraintOfType,
  typeOf,
} from '../read-alteration.ts';
import { volatileFunctionIn } from '../read-expression.ts';
import { isWidening } from './widening.ts';

const volatileDefault: StatementRule = {
  name: 'volatile-default',
  danger:
    'A new column whose default may differ from row to row has to be written into every row, under ACCESS EXCLUSIVE. A constant one, now() included, is kept once for all of them.',
  remedy:
    'ADD COLUMN without a default, ALTER COLUMN … SET DEFAULT for new rows, and fill the others in a migration with `-- phase: backfill`',
  bad: 'ALTER TABLE game.sessions ADD COLUMN share_key uuid DEFAULT gen_random_uuid();',
  safe: [
    'ALTER TABLE game.sessions ADD COLUMN share_key uuid;\nALTER TABLE game.sessions ALTER COLUMN share_key SET DEFAULT gen_random_uuid();',
  ],
  findIn: (statement, scene) =>
    columnsAddedBy(statement)
      .filter(({ table }) => scene.isFilled(table))
      .flatMap((column) => {
        const cause = causeOfRewrite(column, scene);
        const object = namedIn(column.table, column.name);
        return cause ? [{ object, found: `It adds the column ${object} with ${cause}` }] : [];
      }),
};

function causeOfRewrite(column: AddedColumn, { catalogue }: Scene): string | undefined {
  if (/^(small|big)?serial[248]?$/.test(column.type))
    return `the type ${column.type}, which numbers every row`;
  if (constraintOfType(column, 'CONSTR_IDENTITY')) return 'an identity, which numbers every row';
  const type = column.type.includes('.') ? column.type : `public.${column.type}`;
  if (catalogue.types.get(type)?.checked)
    return `the domain ${column.type}, whose constraints are checked in every row`;
  const given = constraintOfType(column, 'CONSTR_DEFAULT');
  const cause = given && volatileFunctionIn(given.raw_expr, catalogue);
  return cause && `a default that calls ${cause}(), which is volatile or not known to be otherwise`;
}

const generatedStored: StatementRule = {
  name: 'generated-column-stored',
  danger:
    'A stored generated column is computed for every row, under ACCESS EXCLUSIVE, when it is added or its expression changes.',
  remedy:
    'make it VIRTUAL, which PostgreSQL 18 computes when it is read, or a plain column that a trigger keeps and a backfill fills',
  bad: 'ALTER TABLE game.sessions ADD COLUMN last_day integer GENERATED ALWAYS AS (day - 1) STORED;',
  safe: ['ALTER TABLE game.sessions ADD COLUMN last_day integer GENERATED ALWAYS AS (day - 1) VIRTUAL;'],
  findIn: (statement, scene) => [
    ...columnsAddedBy(statement)
      .filter((column) => constraintOfType(column, 'CONSTR_GENERATED')?.generated_kind === 's')
      .filter(({ table }) => scene.isFilled(table))
      .map(
        ({ table, name }): Breach => ({
          object: namedIn(table, name),
          found: `It adds the stored generated column ${namedIn(table, name)}`,
        }),
      ),
    ...alterationsOf(statement)
      .filter(({ subtype, table }) => subtype === 'AT_SetExpression' && scene.isFilled(table))
      .filter(({ table, name }) => scene.catalogue.column(table, name)?.generated !== 'virtual')
      .map(
        ({ table, name }): Breach => ({
          object: namedIn(table, name),
          found: `It changes the expression of the stored generated column ${namedIn(table, name)}`,
        }),
      ),
  ],
};

const typeRewrites: StatementRule = {
  name: 'type-change-rewrites',
  danger:
    'A change to a type that is stored otherwise, or that USING computes, writes every row and every index anew under ACCESS EXCLUSIVE; a contract does that as much as an expansion.',
  remedy:
    'add a column of the new type, keep both in step with a trigger, backfill it, and drop the old one in a contract',
  bad: '-- phase: contract\n-- completes: {expansion}\nALTER TABLE game.sessions ALTER COLUMN seed TYPE numeric;',
  safe: [
    'ALTER TABLE game.sessions ADD COLUMN seed_number numeric;',
    '-- phase: contract\n-- completes: {first}\nALTER TABLE game.sessions DROP COLUMN seed;',
  ],
  findIn: (statement, scene) =>
    alterationsOf(statement)
      .filter(({ subtype, table }) => subtype === 'AT_AlterColumnType' && scene.isFilled(table))
      .flatMap(({ table, name, definition }) => {
        const [was, is] = [scene.catalogue.column(table, name)?.type, typeOf(definition?.typeName)];
        const object = namedIn(table, name);
        if (isWidening(was, is) && definition?.raw_default === undefined) return [];
        const how = isWidening(was, is) ? 'by USING' : `from ${was ?? 'an unknown type'} to ${is}`;
        return [{ object, found: `It changes the type of ${object} ${how}` }];
      }),
};

export const rewriteRules = [volatileDefault, generatedStored, typeRewrites] as const;
