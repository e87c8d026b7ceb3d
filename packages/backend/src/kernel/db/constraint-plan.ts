/**
 * The constraints and indexes that follow from a table's kind and options, first as plain data, then as Drizzle's
 * builders. Tenant-first everywhere: a foreign key check bypasses row-level security, so only a key that contains
 * `tenant_id` keeps one tenant from pointing into another.
 */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  type ExtraConfigColumn,
  foreignKey,
  index,
  type PgTable,
  type PgTableExtraConfigValue,
  primaryKey,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { constraintName } from './constraint-name.ts';
import { ciphertextForm, ownersOf } from './encrypted.ts';
import type { TableDraft } from './table-draft.ts';
import { metaOf } from './table-meta.ts';

interface PlannedIndex {
  readonly name: string;
  readonly query: string;
  readonly columns: readonly { readonly key: string; readonly descending: boolean }[];
}

export interface ConstraintPlan {
  readonly primaryKey: { readonly name: string; readonly keys: readonly string[] };
  /** With a condition, a unique index of the rows that it holds for. */
  readonly uniques: readonly {
    readonly name: string;
    readonly keys: readonly string[];
    readonly where?: string;
  }[];
  readonly foreignKeys: readonly {
    readonly name: string;
    readonly keys: readonly string[];
    readonly target: PgTable | 'self';
    readonly targetKeys: readonly string[];
    readonly onDelete: 'restrict' | 'cascade';
  }[];
  readonly indexes: readonly PlannedIndex[];
  readonly checks: readonly { readonly name: string; readonly condition: string }[];
}

/** @param sqlNames  SQL name of each column key */
export function planConstraints(draft: TableDraft, sqlNames: ReadonlyMap<string, string>): ConstraintPlan {
  const nameOf = (keys: readonly string[], suffix: string) =>
    constraintName(
      draft.name,
      keys.filter((key) => key !== 'tenantId').map((key) => sqlNames.get(key) ?? key),
      suffix,
    );
  const tenantFirst = 'tenantId' in draft.columns && draft.kind !== 'control' ? ['tenantId'] : [];
  const partitionLast = draft.partitionBy ? [draft.partitionBy] : [];

  const where = conditionOfKeys(draft);
  const keyed = (columns: readonly string[], condition: string | undefined) => {
    const keys = [...tenantFirst, ...columns, ...partitionLast];
    return { name: nameOf(keys, 'key'), keys, ...(condition ? { where: condition } : {}) };
  };
  const uniques = (draft.options.unique ?? []).map((columns) => keyed(columns, where));
  if (draft.invalidatable) uniques.push(keyed(['supersedesId'], undefined));
  const foreignKeys = (draft.options.references ?? []).map(({ target, from, onDelete }) => {
    const targetKey = target === 'self' ? draft.key : metaOf(target).key;
    const ofTenant = targetKey[0] === 'tenantId';
    const keys = ofTenant ? ['tenantId', from] : [from];
    return { name: nameOf(keys, 'fk'), keys, target, targetKeys: targetKey, onDelete };
  });
  const declared = Object.entries(draft.options.indexes ?? {}).map(([query, columns]) => {
    const parsed = columns.map((column) => {
      const [key = '', direction] = column.split(' ');
      return { key, descending: direction === 'desc' };
    });
    const all = [...tenantFirst.map((key) => ({ key, descending: false })), ...parsed];
    return {
      name: nameOf(
        all.map(({ key }) => key),
        'idx',
      ),
      query,
      columns: all,
    };
  });
  const prefixes = [
    draft.key,
    // A partial index is of no use to the check of a foreign key.
    ...uniques.filter((each) => !each.where).map(({ keys }) => keys),
    ...declared.map(({ columns }) => columns.map(({ key }) => key)),
  ];
  const covered = (keys: readonly string[]) =>
    prefixes.some((prefix) => keys.every((key, at) => prefix[at] === key));
  const forForeignKeys = foreignKeys
    .filter(({ keys }) => !covered(keys))
    .map(({ keys, name }) => ({
      name: nameOf(keys, 'idx'),
      query: `rows that refer to one target, and the check of foreign key ${name}`,
      columns: keys.map((key) => ({ key, descending: false })),
    }));

  return {
    primaryKey: { name: constraintName(draft.name, [], 'pkey'), keys: draft.key },
    uniques,
    foreignKeys,
    indexes: [...declared, ...forForeignKeys],
    checks: [
      ...enumerationChecks(draft, sqlNames),
      ...ciphertextChecks(draft, sqlNames),
      ...namedChecks(draft),
    ],
  };
}

/**
 * What a key of the table's own holds among: the living, where rows are deleted softly; the originals, where records are
 * superseded, since a correction repeats what it corrects.
 */
function conditionOfKeys({ recoverable, invalidatable }: TableDraft): string | undefined {
  if (recoverable) return '"deleted_at" is null';
  return invalidatable ? '"supersedes_id" is null' : undefined;
}

function enumerationChecks(draft: TableDraft, sqlNames: ReadonlyMap<string, string>) {
  return Object.entries(draft.columns).flatMap(([key, builder]) => {
    const { enumValues } = (builder as unknown as { config: { enumValues?: readonly string[] } }).config;
    if (!enumValues?.length) return [];
    const column = sqlNames.get(key) ?? key;
    const values = enumValues.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
    return [{ name: constraintName(draft.name, [column], 'check'), condition: `"${column}" in (${values})` }];
  });
}

/** A plain text is refused by the database, whoever writes it. */
function ciphertextChecks(draft: TableDraft, sqlNames: ReadonlyMap<string, string>) {
  return Object.entries(draft.columns).flatMap(([key, builder]) => {
    const owners = ownersOf(builder);
    if (!owners) return [];
    const column = sqlNames.get(key) ?? key;
    const name = constraintName(draft.name, [column, 'encrypted'], 'check');
    return [{ name, condition: ciphertextForm(column, owners) }];
  });
}

function namedChecks(draft: TableDraft) {
  return Object.entries(draft.options.checks ?? {}).map(([name, condition]) => ({
    name: constraintName(draft.name, [name], 'check'),
    condition,
  }));
}

export function buildConstraints(
  plan: ConstraintPlan,
  self: Readonly<Record<string, ExtraConfigColumn>>,
): PgTableExtraConfigValue[] {
  const columns = (keys: readonly string[], of: Readonly<Record<string, unknown>> = self) =>
    keys.map((key) => of[key]) as [AnyPgColumn, ...AnyPgColumn[]];
  return [
    primaryKey({ name: plan.primaryKey.name, columns: columns(plan.primaryKey.keys) }),
    ...plan.uniques.map(({ name, keys, where }) =>
      where
        ? uniqueIndex(name)
            .on(...columns(keys))
            .where(sql.raw(where))
        : unique(name).on(...columns(keys)),
    ),
    ...plan.foreignKeys.map(({ name, keys, target, targetKeys, onDelete }) =>
      foreignKey({
        name,
        columns: columns(keys),
        foreignColumns: columns(targetKeys, target === 'self' ? self : (target as never)),
      }).onDelete(onDelete),
    ),
    ...plan.indexes.map(({ name, columns: sorted }) => {
      const on = sorted.map(({ key, descending }) => {
        const column = self[key] as ExtraConfigColumn;
        // PostgreSQL puts nulls first when it sorts downwards; an index with nulls last would not serve that.
        return descending ? column.desc().nullsFirst() : column;
      }) as [ExtraConfigColumn, ...ExtraConfigColumn[]];
      return index(name).on(...on);
    }),
    ...plan.checks.map(({ name, condition }) => check(name, sql.raw(condition))),
  ];
}
