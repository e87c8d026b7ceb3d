/**
 * What a diagram of a namespace shows: its tables with the columns that make their keys and references, the tables of
 * other namespaces that they refer to, and the lines between. Every way of drawing takes it from here.
 */
import type { TableKind } from '../kernel/db/index.ts';
import type { DefinedNamespace, DefinedReference, DefinedTable } from './defined-tables.ts';

export interface EntityColumn {
  readonly name: string;
  readonly type: string;
  readonly marks: readonly ('PK' | 'FK' | 'UK')[];
}

export interface Entity {
  readonly namespace: string;
  readonly name: string;
  readonly kind: TableKind;
  readonly columns: readonly EntityColumn[];
  /** Columns that are in no key. */
  readonly others: number;
}

/** A line from what is referred to, of which there is one or, where `optional`, none, to what refers to it. */
export interface Relation {
  readonly parent: string;
  /** The column that is referred to, beside the tenant's. */
  readonly key: string;
  readonly child: string;
  readonly column: string;
  readonly optional: boolean;
  readonly single: boolean;
}

export interface EntityModel {
  readonly namespace: string;
  readonly entities: readonly Entity[];
  /** Tables of other namespaces, namespace and name. */
  readonly neighbours: readonly string[];
  readonly relations: readonly Relation[];
}

export function entityModel({ name, tables }: DefinedNamespace): EntityModel {
  const own = new Set(tables.map(({ meta }) => qualified(meta)));
  const relations = tables.flatMap(({ meta, references }) =>
    references.map((reference) => relation(qualified(meta), reference)),
  );
  const neighbours = relations.map(({ parent }) => parent).filter((parent) => !own.has(parent));
  return {
    namespace: name,
    entities: tables.map(entity),
    neighbours: [...new Set(neighbours)].sort(),
    relations,
  };
}

export const qualified = ({ namespace, name }: { readonly namespace: string; readonly name: string }) =>
  `${namespace}.${name}`;

function relation(child: string, reference: DefinedReference): Relation {
  const { columns, target, targetColumns, optional, single } = reference;
  return {
    parent: target,
    key: targetColumns.at(-1) ?? '',
    child,
    column: columns.at(-1) ?? '',
    optional,
    single,
  };
}

function entity({ meta, columns, primaryKey, uniques, references }: DefinedTable): Entity {
  const foreign = new Set(references.flatMap((reference) => reference.columns.slice(-1)));
  const unique = new Set(uniques.flatMap((key) => key.columns).filter((name) => name !== 'tenant_id'));
  const marked = columns.map(({ name, type }) => ({
    name,
    type,
    marks: [
      ...(primaryKey.includes(name) ? (['PK'] as const) : []),
      ...(foreign.has(name) ? (['FK'] as const) : []),
      ...(unique.has(name) ? (['UK'] as const) : []),
    ],
  }));
  const shown = marked.filter(({ marks }) => marks.length > 0);
  return {
    namespace: meta.namespace,
    name: meta.name,
    kind: meta.kind,
    columns: shown,
    others: columns.length - shown.length,
  };
}
