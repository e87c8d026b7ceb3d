/** Expand first, contract later: what older programs use goes in a contract alone, and a contract says what it completes. */
import { isNode, type Node, nameOf, tableOf } from '../../../schema-tier/syntax-tree.ts';
import { type Breach, type FileRule, named, namedIn, type Scene, type StatementRule } from '../lint-rule.ts';
import {
  alterationsOf,
  constraintsAddedBy,
  droppedBy,
  isCreatedIn,
  qualify,
  typeOf,
} from '../read-alteration.ts';
import type { Statement } from '../read-migration.ts';
import { isWidening } from './widening.ts';

const header: FileRule = {
  name: 'migration-header',
  danger:
    'A migration that does not say its phase cannot be held to it, nor ordered against the programs that still run.',
  remedy:
    'begin the file with `-- phase: expand`, `backfill` or `contract`; a contract adds `-- completes: <tag of its expansion>`, what must run outside a transaction says `-- transaction: none`, and what the administrator runs `-- role: administrator`; all of it in the first lines',
  bad: '-- phase: enlarge\nALTER TABLE game.sessions ADD COLUMN mood text;',
  safe: ['-- phase: expand\nALTER TABLE game.sessions ADD COLUMN mood text;'],
  findInFile: ({ tag, header: { problems } }) =>
    problems.map((problem) => ({ object: tag, found: `The header has ${problem}` })),
};

const completes: FileRule = {
  name: 'contract-names-its-expansion',
  danger:
    'A contract is let through once every program has reported that it works with the expansion, so it names an earlier migration that is one; a backfill may.',
  remedy: 'add `-- completes: <tag>` with the tag of the expansion, such as 0027_add_x',
  bad: '-- phase: contract\n-- completes: 0099_never_made\nALTER TABLE game.sessions DROP COLUMN seed;',
  safe: [
    'ALTER TABLE game.sessions ADD COLUMN seed_text text;',
    '-- phase: contract\n-- completes: {first}\nALTER TABLE game.sessions DROP COLUMN seed;',
  ],
  findInFile: ({ tag, header: { phase, completes: expansion } }, { earlier }) => {
    if (expansion === undefined)
      return phase === 'contract' ? [{ object: tag, found: 'The contract names no expansion' }] : [];
    const named = earlier.find((file) => file.tag === expansion);
    if (named?.header.statesPhase && named.header.phase === 'expand') return [];
    const why = named ? 'which is no expansion' : 'which is no earlier migration';
    return [{ object: tag, found: `It completes ${expansion}, ${why}` }];
  },
};

const oldShape: StatementRule = {
  name: 'old-shape-outside-contract',
  danger:
    'Programs of the version before still run while a migration is applied, and fail at once when what they name is dropped, renamed or of another type.',
  remedy:
    'add the new shape beside the old one (expand), fill it, let every program use it, and drop the old one in a migration with `-- phase: contract`',
  bad: 'ALTER TABLE game.sessions RENAME COLUMN seed TO random_seed;',
  safe: [
    'ALTER TABLE game.sessions ADD COLUMN random_seed bigint;',
    '-- phase: contract\n-- completes: {first}\nALTER TABLE game.sessions DROP COLUMN seed;',
  ],
  findIn: (statement, scene) => {
    if (scene.file.header.phase === 'contract') return [];
    return [...dropped(statement, scene), ...altered(statement, scene), ...renamed(statement, scene)];
  },
};

export const phaseRules = [header, completes, oldShape] as const;

const SHAPES: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'the table',
  OBJECT_VIEW: 'the view',
  OBJECT_MATVIEW: 'the materialized view',
  OBJECT_SEQUENCE: 'the sequence',
  OBJECT_TYPE: 'the type',
  OBJECT_DOMAIN: 'the domain',
  OBJECT_FUNCTION: 'the function',
  OBJECT_PROCEDURE: 'the procedure',
  OBJECT_ROUTINE: 'the routine',
  OBJECT_AGGREGATE: 'the aggregate',
  OBJECT_SCHEMA: 'the schema',
  OBJECT_TRIGGER: 'the trigger',
};

function dropped(statement: Statement, scene: Scene): Breach[] {
  if (statement.kind === 'DropOwnedStmt')
    return [{ object: 'roles', found: 'It drops all that a role owns' }];
  return droppedBy(statement).flatMap(({ type, parts }) => {
    const what = SHAPES[type];
    if (!what || isOwn(type, parts, scene) || isReplaced(type, parts, scene)) return [];
    return [{ object: parts.join('.'), found: `It drops ${what} ${parts.join('.')}` }];
  });
}

/** Made by this very file, so that no program knows it. */
function isOwn(type: string, parts: readonly string[], { catalogue, file }: Scene): boolean {
  const name = named(qualify(parts));
  const models = {
    OBJECT_VIEW: catalogue.views,
    OBJECT_TYPE: catalogue.types,
    OBJECT_DOMAIN: catalogue.types,
    OBJECT_FUNCTION: catalogue.functions,
    OBJECT_SCHEMA: catalogue.schemas,
  }[type];
  const made = models?.get(type === 'OBJECT_SCHEMA' ? String(parts[0]) : name) ?? catalogue.tables.get(name);
  return isCreatedIn(file.tag, made);
}

/** Dropped and made again before anybody sees it gone. */
function isReplaced(type: string, [schema, table, trigger]: readonly string[], scene: Scene): boolean {
  if (type !== 'OBJECT_TRIGGER' || !scene.inTransaction) return false;
  return scene.after.some(({ kind, node }) => {
    const on = tableOf(node.relation);
    return (
      kind === 'CreateTrigStmt' && on?.schema === schema && on?.table === table && node.trigname === trigger
    );
  });
}

function altered(statement: Statement, scene: Scene): Breach[] {
  return alterationsOf(statement).flatMap(({ table, subtype, name, definition }): Breach[] => {
    if (!scene.isFilled(table)) return [];
    const object = namedIn(table, name);
    if (subtype === 'AT_DropColumn') return [{ object, found: `It drops the column ${object}` }];
    if (subtype === 'AT_DropConstraint' && !isReplacedConstraint(statement, scene, object))
      return [{ object, found: `It drops the constraint ${object}` }];
    if (subtype !== 'AT_AlterColumnType') return [];
    const [was, is] = [scene.catalogue.column(table, name)?.type, typeOf(definition?.typeName)];
    if (was === is || isWidening(was, is)) return [];
    return [
      { object, found: `It gives the column ${object} the type ${is} in place of ${was ?? 'another'}` },
    ];
  });
}

/** A CHECK or a foreign key that the same transaction makes again by the same name, such as one that allows more. */
function isReplacedConstraint(
  statement: Statement,
  { inTransaction, after }: Scene,
  object: string,
): boolean {
  const added = [statement, ...after].flatMap(constraintsAddedBy);
  return (
    inTransaction &&
    added.some(
      ({ table, name, type }) => ['check', 'foreign'].includes(type) && namedIn(table, name) === object,
    )
  );
}

function renamed({ kind, node }: Statement, scene: Scene): Breach[] {
  const table = tableOf(node.relation);
  if (table && !scene.isFilled(table)) return [];
  if (kind === 'AlterEnumStmt' && typeof node.oldVal === 'string') {
    const type = nameOf(node.typeName)?.join('.') ?? '';
    return [{ object: type, found: `It renames the value ${node.oldVal} of the type ${type}` }];
  }
  if (kind === 'AlterObjectSchemaStmt')
    return [
      { object: subjectOf(node), found: `It moves ${subjectOf(node)} to the schema ${node.newschema}` },
    ];
  // Nobody names an index; triggers and policies are known by what they do.
  const unnoticed = ['OBJECT_INDEX', 'OBJECT_TRIGGER', 'OBJECT_POLICY'];
  if (kind !== 'RenameStmt' || unnoticed.includes(String(node.renameType))) return [];
  const inner = typeof node.subname === 'string' ? `.${node.subname}` : '';
  return [
    {
      object: `${subjectOf(node)}${inner}`,
      found: `It renames ${subjectOf(node)}${inner} to ${node.newname}`,
    },
  ];
}

function subjectOf({ relation, object }: Node): string {
  const table = tableOf(relation);
  if (table) return named(table);
  const inner = isNode(object) && isNode(object.ObjectWithArgs) ? object.ObjectWithArgs.objname : object;
  return nameOf(inner)?.join('.') ?? '';
}
