/**
 * The statements that make a created table keep its kind, which drizzle-kit cannot express: forced row-level security
 * and its policy, grants, triggers, partitions, comments. `db:generate` writes them into the migration, so a reviewer
 * reads what the database will be told.
 */
import type { TableMeta } from '../db/table-meta.ts';

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * @param grants  statements that give the rights that are needed of the table
 * @returns SQL statements in the order in which they must run, after the table and its indexes exist
 */
export function kindStatements(meta: TableMeta, grants: readonly string[]): string[] {
  return [
    ...rowSecurity(meta),
    ...guards(meta),
    ...grants,
    ...(meta.kind === 'partitioned_log' ? partitions(meta) : []),
    ...commentStatements(meta),
  ];
}

/** The clause that drizzle-kit leaves out of CREATE TABLE. */
export function partitionClause(meta: TableMeta): string {
  return meta.partitionColumn ? ` PARTITION BY RANGE ("${meta.partitionColumn}")` : '';
}

export const qualifiedName = (meta: TableMeta) => `"${meta.namespace}"."${meta.name}"`;
export const belongsToTenant = (meta: TableMeta) => meta.kind !== 'reference' && meta.kind !== 'control';
const isAppendOnly = (meta: TableMeta) => meta.kind === 'append_only' || meta.kind === 'partitioned_log';

function rowSecurity(meta: TableMeta): string[] {
  if (!belongsToTenant(meta)) return [];
  const table = qualifiedName(meta);
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`,
    `CREATE POLICY "tenant_isolation" ON ${table} USING (${OF_TENANT}) WITH CHECK (${OF_TENANT});`,
  ];
}

const IS_TENANT = '"tenant_id" = (SELECT "dmz"."current_tenant"())';
/**
 * The comparison twice, for two readers. The planner takes the first for its indexes, and asks it behind a statement's own
 * conditions, where these could tell of rows that it hides. The second it cannot take apart: no condition comes before it,
 * and it is reckoned to keep every row, which leaves the estimates to the first.
 */
export const OF_TENANT = `${IS_TENANT} AND CASE WHEN ${IS_TENANT} THEN true END IS NOT NULL`;

function guards(meta: TableMeta): string[] {
  const table = qualifiedName(meta);
  const statements: string[] = [];
  if (meta.hasUpdatedAt) {
    statements.push(
      `CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();`,
    );
  }
  if (isAppendOnly(meta)) {
    statements.push(
      `CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION "dmz"."refuse_change"();`,
    );
  }
  return statements;
}

function partitions(meta: TableMeta): string[] {
  return [`SELECT "dmz"."ensure_partitions"(${quote(`${meta.namespace}.${meta.name}`)}, 3);`];
}

/** What the database says of a table, its columns and its indexes. */
export function commentStatements(meta: TableMeta): string[] {
  const table = qualifiedName(meta);
  const columns = new Set([...meta.columnNotes.keys(), ...meta.pii.keys()]);
  return [
    `COMMENT ON TABLE ${table} IS ${quote(tableComment(meta))};`,
    ...[...columns].map(
      (column) => `COMMENT ON COLUMN ${table}."${column}" IS ${quote(columnComment(meta, column))};`,
    ),
    ...meta.indexes.map(
      ({ name, query }) => `COMMENT ON INDEX "${meta.namespace}"."${name}" IS ${quote(query)};`,
    ),
  ];
}

function tableComment(meta: TableMeta): string {
  const { purpose, kind, retention, subject } = meta;
  const lines = [purpose, `@kind ${kind}`, `@retention ${retention}`, meta.evolving && '@evolving'];
  if (typeof subject === 'string') lines.push(`@subject ${subject}`);
  else lines.push(...subject.map(({ column, target }) => `@subject ${column} of ${target}`));
  return lines.filter(Boolean).join('\n');
}

function columnComment(meta: TableMeta, column: string): string {
  const pii = meta.pii.get(column);
  const other = meta.subjectOf.get(column);
  const lines = [
    meta.columnNotes.get(column),
    pii && `Kept for ${pii.purpose}.\n@pii ${pii.category}\n@erasure ${pii.onErasure}`,
    other && `@subject ${other.column} of ${other.target}`,
  ];
  return lines.filter(Boolean).join('\n');
}
