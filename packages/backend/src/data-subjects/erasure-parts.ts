/**
 * What the catalogue of personal data has an erasure do, table by table. A row with a column that goes with the row is
 * deleted; of others, columns are cleared or replaced; and what only a key can read is forgotten with the key. Rows that
 * lead to a person over others come before those, and people themselves last.
 */
import { createHash } from 'node:crypto';
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { metaOf, type SubjectPath } from '../kernel/db/index.ts';
import { type Keeping, keepingOf } from '../kernel/privacy/index.ts';
import { pathsOf, type SubjectTable, type SubjectTables } from './person-rows.ts';

export type ErasureAction = 'delete_rows' | 'change_columns' | 'destroy_key';

export interface ErasurePart {
  readonly source: SubjectTable;
  readonly action: ErasureAction;
  /** Of the rows, where it is not the table's own. */
  readonly paths?: readonly SubjectPath[];
  /** Columns concerned, by the keys that code knows them by. */
  readonly clears: readonly string[];
  readonly replaces: readonly string[];
  readonly shreds: readonly string[];
  /** The key that a destruction concerns. */
  readonly keeping: Keeping;
}

/** Keys are destroyed by themselves, each when nothing keeps it: what they read would be gone with them. */
const KEYS = 'governance.subject_keys';

/** In the order in which they must be done. */
export function erasureParts(tables: SubjectTables): ErasurePart[] {
  return inOrder(tables).flatMap(partsOf);
}

function partsOf(source: SubjectTable): ErasurePart[] {
  const { meta, table } = source;
  if (meta.subject === 'nobody' || source.name === KEYS) return [];
  const keyOf = new Map(Object.entries(getTableColumns(table)).map(([key, { name }]) => [name, key]));
  const own = [...meta.pii].filter(([column]) => !meta.subjectOf.has(column));
  const others = [...meta.subjectOf].map(([column, path]) => ({
    columns: [...meta.pii].filter(([name]) => name === column),
    paths: [path],
  }));
  return [{ columns: own, paths: undefined }, ...others].flatMap(({ columns, paths }) => {
    const keysWith = (onErasure: string) =>
      columns.filter(([, pii]) => pii.onErasure === onErasure).map(([column]) => keyOf.get(column) ?? column);
    const [deletes, clears, replaces, shreds] = ['delete_row', 'null', 'replace', 'shred'].map(keysWith);
    const part = { source, ...(paths ? { paths } : {}), keeping: keepingOf(table as never) };
    const none = { clears: [], replaces: [], shreds: [] };
    const parts: ErasurePart[] = [];
    if (deletes?.length) parts.push({ ...part, ...none, action: 'delete_rows' });
    else if (clears?.length || replaces?.length)
      parts.push({
        ...part,
        ...none,
        action: 'change_columns',
        clears: clears ?? [],
        replaces: replaces ?? [],
      });
    if (shreds?.length) parts.push({ ...part, ...none, action: 'destroy_key', shreds });
    return parts;
  });
}

/** What refers to a row, or leads to the person over it, comes before it. */
function inOrder(tables: SubjectTables): SubjectTable[] {
  const ordered: SubjectTable[] = [];
  const seen = new Set<string>();
  const dependents = new Map<string, Set<string>>();
  const depend = (on: string, name: string) =>
    dependents.set(on, (dependents.get(on) ?? new Set()).add(name));
  for (const source of tables.values()) {
    for (const { target } of pathsOf(source) ?? []) depend(target, source.name);
    for (const foreignKey of getTableConfig(source.canonical).foreignKeys) {
      const { namespace, name } = metaOf(foreignKey.reference().foreignTable);
      depend(`${namespace}.${name}`, source.name);
    }
  }
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const dependent of dependents.get(name) ?? []) visit(dependent);
    const source = tables.get(name);
    if (source) ordered.push(source);
  };
  for (const name of tables.keys()) visit(name);
  return ordered;
}

/**
 * What stands in a column afterwards that cannot be empty: the same for the same row whenever it is asked for, unlike any
 * other row's, and of the column's form.
 */
export function replacementFor(
  column: { readonly name: string; readonly dataType: string },
  rowId: string,
): unknown {
  if (column.dataType === 'json') return {};
  if (column.name.endsWith('sha256')) return createHash('sha256').update(`erased ${rowId}`).digest('hex');
  // A domain that can never be anybody's (RFC 2606, section 2).
  if (column.name.includes('email')) return `erased-${rowId}@erased.invalid`;
  return `erased-${rowId}`;
}
