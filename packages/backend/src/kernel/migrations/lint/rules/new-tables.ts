/** A new table is of a kind from its first moment, with the keys and the guards of that kind. */
import { isNode, type Node, type TableName, tableOf } from '../../../schema-tier/syntax-tree.ts';
import { type Catalogue, written } from '../catalogue.ts';
import { kindSaidBy } from '../learn-statement.ts';
import { type FileRule, named, namedIn, type StatementRule } from '../lint-rule.ts';
import { alterationsOf, constraintsMadeBy } from '../read-alteration.ts';
import { listOf } from '../read-list.ts';
import type { MigrationFile, Statement } from '../read-migration.ts';

const MAKE = 'make the table with a constructor of defineModule, and the migration with pnpm db:generate';
const KINDS = ['tenant', 'append_only', 'partitioned_log', 'reference', 'control'];

const guarded = (name: string, kind: string, key: string, triggers = '') =>
  `CREATE TABLE game.${name} (tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT uuidv7(), CONSTRAINT ${name}_pkey PRIMARY KEY ${key});
ALTER TABLE game.${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.${name} USING (tenant_id = (SELECT dmz.current_tenant())) WITH CHECK (tenant_id = (SELECT dmz.current_tenant()));
${triggers}COMMENT ON TABLE game.${name} IS E'What players said.\\n@kind ${kind}';`;

const withoutKind: FileRule = {
  name: 'table-without-kind',
  danger:
    'A table without a kind is held by no rule of its kind, and cannot be mapped to tenants’ own schemas.',
  remedy: MAKE,
  bad: 'CREATE TABLE game.notes (id uuid PRIMARY KEY);',
  safe: [guarded('notes', 'tenant', '(tenant_id, id)')],
  findInFile: (file, { catalogue }) =>
    tablesMadeBy(file).flatMap(({ at, table }) => {
      const kind = catalogue.kindOf(table);
      if (kind && KINDS.includes(kind)) return [];
      const found = kind ? `No kind is called ${kind}` : `No comment of ${named(table)} names a @kind`;
      return [{ at, object: named(table), found }];
    }),
};

const tenantFirst: FileRule = {
  name: 'tenant-first-key',
  danger:
    'Foreign keys and unique keys are checked behind row-level security, so one that does not begin with tenant_id lets a tenant point into another, or learn what it has.',
  remedy: `begin the primary key, every unique key and every foreign key to a tenant’s table with tenant_id: ${MAKE}`,
  bad: guarded('notes', 'tenant', '(id)'),
  safe: [guarded('notes', 'tenant', '(tenant_id, id)')],
  findInFile: (file, { catalogue }) => [
    ...withoutTenantKey(file, catalogue),
    ...file.statements.flatMap((at) => [...keysAstray(at, catalogue), ...indexAstray(at, catalogue)]),
  ],
};

function withoutTenantKey(file: MigrationFile, catalogue: Catalogue) {
  return tablesMadeBy(file)
    .filter(({ table, isPart }) => catalogue.belongsToTenants(table) && !isPart)
    .filter(({ table }) => catalogue.keyOf(table)[0] !== 'tenant_id')
    .map(({ at, table }) => ({
      at,
      object: named(table),
      found: `The primary key of ${named(table)} is (${catalogue.keyOf(table).join(', ')})`,
    }));
}

function keysAstray(at: Statement, catalogue: Catalogue) {
  return constraintsMadeBy(at)
    .filter(({ table, type, target, usingIndex }) => {
      const key = type === 'unique' && !usingIndex;
      const reference = type === 'foreign' && target !== undefined && catalogue.belongsToTenants(target);
      return catalogue.belongsToTenants(table) && (key || reference);
    })
    .filter(({ columns }) => columns[0] !== 'tenant_id')
    .map(({ table, name, columns }) => ({
      at,
      object: namedIn(table, name),
      found: `The key ${namedIn(table, name)} is of (${columns.join(', ')})`,
    }));
}

function indexAstray(at: Statement, catalogue: Catalogue) {
  const table = at.kind === 'IndexStmt' && at.node.unique === true ? tableOf(at.node.relation) : undefined;
  if (!table || !catalogue.belongsToTenants(table)) return [];
  const [first] = listOf(at.node.indexParams).map(({ IndexElem }) =>
    isNode(IndexElem) ? IndexElem.name : undefined,
  );
  if (first === 'tenant_id') return [];
  const object = `${table.schema}.${at.node.idxname ?? table.table}`;
  return [{ at, object, found: `The unique index ${object} begins with ${first ?? 'an expression'}` }];
}

const withoutGuards: FileRule = {
  name: 'table-without-guards',
  danger:
    'A table of tenants that is made without forced row-level security, its policy, or the trigger of what is append-only is open from its first row on.',
  remedy: MAKE,
  bad: guarded('notes', 'append_only', '(tenant_id, id)'),
  safe: [
    guarded(
      'notes',
      'append_only',
      '(tenant_id, id)',
      'CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON game.notes FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();\n',
    ),
  ],
  findInFile: (file, { catalogue }) =>
    tablesMadeBy(file)
      .filter(({ table }) => catalogue.belongsToTenants(table))
      .flatMap(({ at, table }) =>
        missingGuards(table, file, catalogue).map((guard) => ({
          at,
          object: named(table),
          found: `The table ${named(table)} is made without ${guard}`,
        })),
      ),
};

function missingGuards(table: TableName, { statements }: MigrationFile, catalogue: Catalogue): string[] {
  const about = (node: unknown) => {
    const on = tableOf(node);
    return on !== undefined && written(on) === written(table);
  };
  const subtypes = statements.flatMap(alterationsOf).filter((each) => written(each.table) === written(table));
  const has = (subtype: string) => subtypes.some((each) => each.subtype === subtype);
  const policy = statements.some(({ kind, node }) => kind === 'CreatePolicyStmt' && about(node.table));
  const refuses = statements.some(
    ({ kind, node }) => kind === 'CreateTrigStmt' && about(node.relation) && refusesChange(node),
  );
  return [
    ...(has('AT_EnableRowSecurity') && has('AT_ForceRowSecurity') ? [] : ['forced row-level security']),
    ...(policy ? [] : ['a policy']),
    ...(refuses || !catalogue.isAppendOnly(table) ? [] : ['the trigger refuse_change']),
  ];
}

/** Of pg_trigger.h: for each statement, before (2) update (16), delete (8) or truncate (32). */
const REFUSED = 8 + 16 + 32;

const refusesChange = ({ row, timing, events, trigname, whenClause }: Node) =>
  trigname === 'refuse_change' &&
  row !== true &&
  timing === 2 &&
  (Number(events) & REFUSED) === REFUSED &&
  whenClause === undefined;

const kindChanged: StatementRule = {
  name: 'kind-changed',
  danger:
    'The kind of a table is what it promises to those who wrote into it, and what every check holds it to; the replica identity is how a move tells rows apart.',
  remedy: 'leave the kind as it is, and make a new table of the other kind; REPLICA IDENTITY stays DEFAULT',
  bad: "COMMENT ON TABLE game.events IS E'What happened.\\n@kind tenant';",
  safe: ["COMMENT ON TABLE game.events IS E'What happened, in order.\\n@kind partitioned_log';"],
  findIn: (statement, { catalogue }) => {
    const said = kindSaidBy(statement);
    const was = said && catalogue.kindOf(said.table);
    const changed = was && said && said.kind !== was ? [said.table] : [];
    return [
      ...changed.map((table) => ({
        object: named(table),
        found: `It says that ${named(table)} is of the kind ${said?.kind ?? '(none)'}, which was ${was}`,
      })),
      ...alterationsOf(statement)
        .filter(
          ({ subtype, definition }) => subtype === 'AT_ReplicaIdentity' && definition?.identity_type !== 'd',
        )
        .map(({ table }) => ({
          object: named(table),
          found: `It changes the replica identity of ${named(table)}`,
        })),
    ];
  },
};

function tablesMadeBy({ statements }: MigrationFile) {
  return statements.flatMap((at) => {
    const { kind, node } = at;
    const into = kind === 'CreateTableAsStmt' && isNode(node.into) ? node.into.rel : undefined;
    const table = tableOf(kind === 'CreateStmt' ? node.relation : into);
    const lasting = isNode(node.relation) ? node.relation.relpersistence !== 't' : true;
    return table && lasting ? [{ at, table, isPart: node.partbound !== undefined }] : [];
  });
}

export const newTableRules = [withoutKind, tenantFirst, withoutGuards, kindChanged] as const;
