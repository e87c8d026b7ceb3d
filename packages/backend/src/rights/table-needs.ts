/**
 * What is needed of tables: by services, as their code says; by what concerns every table of tenants, as the catalogue says.
 * A tenant's tables are reached by the application as `dmz_app`, or in a schema of the tenant's own as its role, for the same
 * reasons; the mover and the maintenance role reach both.
 */
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { type ErasurePart, erasureParts } from '../data-subjects/erasure-parts.ts';
import { type SubjectTable, subjectTablesAt } from '../data-subjects/person-rows.ts';
import { metaOf, type TableMeta } from '../kernel/db/index.ts';
import { type Need, OWN_SCHEMA_ROLE } from '../kernel/rights/index.ts';
import { allTables } from '../modules/registry.ts';
import { doneAsCaller } from './function-needs.ts';
import type { Operation, ServiceUses } from './service-uses.ts';
import {
  CLEANING,
  COPYING,
  COUNTING,
  ERASING,
  FINDING,
  FOLLOWING,
  LOOKING_UP,
  VERIFYING,
  WRITING,
} from './whole-catalogue.ts';

type Placed = Pick<Need, 'role' | 'at'>;
const AS_APPLICATION: readonly Placed[] = [
  { role: 'dmz_app', at: 'database' },
  { role: OWN_SCHEMA_ROLE, at: 'own schema' },
];
const everywhere = (role: string): readonly Placed[] => [
  { role, at: 'database' },
  { role, at: 'own schema' },
];

const nameOf = ({ namespace, name }: TableMeta) => `${namespace}.${name}`;
const isAppendOnly = ({ kind }: TableMeta) => kind === 'append_only' || kind === 'partitioned_log';

const onTable = (places: readonly Placed[], object: string, privilege: string, useCase: string): Need[] =>
  places.map((place) => ({ ...place, on: 'table', object, privilege, useCase }));

export function tableNeeds(uses: ServiceUses): Need[] {
  const subjects = subjectTablesAt({ placement: { schema: null } });
  const parts = erasureParts(subjects);
  const ofTenants = [...subjects.values()].flatMap((source) => [
    ...ofApplication(
      source.meta,
      uses[source.name] ?? {},
      parts.filter((part) => part.source.name === source.name),
    ),
    ...ofMover(source.meta),
    ...ofMaintenance(source.meta),
  ]);
  const references = allTables().filter(({ kind }) => kind === 'reference');
  return [...ofTenants, ...references.flatMap((meta) => ofReaders(meta, uses)), ...referredTo(subjects)];
}

function ofApplication(meta: TableMeta, uses: ServiceUses[string], parts: readonly ErasurePart[]): Need[] {
  const table = nameOf(meta);
  const byService = (Object.keys(uses) as Operation[]).flatMap((operation) =>
    (uses[operation] ?? []).map((useCase) => ({ operation, useCase })),
  );
  const asCaller = doneAsCaller.filter((done) => done.table === table);
  const isAboutPeople = meta.subject !== 'nobody';
  const reading = [COUNTING, ...(isAboutPeople ? [FINDING] : [])];
  return [
    ...reading.flatMap((useCase) => onTable(AS_APPLICATION, table, 'SELECT', useCase)),
    ...[...byService, ...asCaller].flatMap(({ operation, useCase }) =>
      operation === 'update'
        ? updates(meta, meta.updatable, useCase)
        : onTable(AS_APPLICATION, table, operation.toUpperCase(), useCase),
    ),
    ...parts.flatMap((part) => ofErasure(meta, part, uses.update !== undefined)),
  ];
}

/** @param columns  those that may be updated; all where none is named */
function updates(meta: TableMeta, columns: readonly string[], useCase: string): Need[] {
  const table = nameOf(meta);
  if (columns.length === 0) return onTable(AS_APPLICATION, table, 'UPDATE', useCase);
  return columns.flatMap((column) =>
    AS_APPLICATION.map((place) => ({
      ...place,
      on: 'column',
      object: `${table}.${column}`,
      privilege: 'UPDATE',
      useCase,
    })),
  );
}

/** @param updated  whether services change whole rows anyway */
function ofErasure(meta: TableMeta, part: ErasurePart, updated: boolean): Need[] {
  if (part.action === 'delete_rows') return onTable(AS_APPLICATION, nameOf(meta), 'DELETE', ERASING);
  if (part.action === 'destroy_key') return [];
  const columns = [...part.clears, ...part.replaces].map((key) => columnNamed(part.source, key));
  return updates(meta, updated && meta.updatable.length === 0 ? [] : columns, ERASING);
}

const columnNamed = ({ canonical }: SubjectTable, key: string): string =>
  getTableColumns(canonical)[key]?.name ?? key;

function ofMover(meta: TableMeta): Need[] {
  const may = (privilege: string, useCase: string) =>
    onTable(everywhere('dmz_mover'), nameOf(meta), privilege, useCase);
  return [
    ...may('SELECT', COPYING),
    ...may('INSERT', WRITING),
    ...(isAppendOnly(meta) ? [] : may('DELETE', FOLLOWING)),
  ];
}

function ofMaintenance(meta: TableMeta): Need[] {
  if (meta.kind !== 'partitioned_log') return [];
  const rest = `${nameOf(meta)}_default`;
  return onTable(everywhere('dmz_maintenance'), rest, 'MAINTAIN', CLEANING);
}

/** Reference tables are the same for everybody and hold nobody's data, so whoever stores a code may look it up. */
function ofReaders(meta: TableMeta, uses: ServiceUses): Need[] {
  const readers: readonly Placed[] = ['dmz_app', 'dmz_tenant'].map((role) => ({ role, at: 'database' }));
  const useCases = [LOOKING_UP, ...(uses[nameOf(meta)]?.select ?? [])];
  return useCases.flatMap((useCase) => onTable(readers, nameOf(meta), 'SELECT', useCase));
}

/** Of what no tenant owns, the mover reads what tenants' rows refer to. */
function referredTo(subjects: ReadonlyMap<string, SubjectTable>): Need[] {
  const targets = [...subjects.values()].flatMap(({ canonical }) =>
    getTableConfig(canonical).foreignKeys.map((key) => metaOf(key.reference().foreignTable)),
  );
  const names = new Set(targets.filter(({ kind }) => kind === 'reference').map(nameOf));
  return [...names].flatMap((name) =>
    onTable([{ role: 'dmz_mover', at: 'database' }], name, 'SELECT', VERIFYING),
  );
}
