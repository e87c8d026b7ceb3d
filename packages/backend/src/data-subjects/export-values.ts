/** One person's row as it is handed to them: texts opened, what it says of other people left out. */
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { metaOf } from '../kernel/db/index.ts';
import type { Keys } from '../kernel/privacy/index.ts';
import type { StreamedRow, TenantTx } from '../kernel/tenancy/index.ts';
import type { SubjectTable } from './person-rows.ts';

/** Columns that name a person without a foreign key. */
const OTHER_PEOPLE = new Set(['admin.audit_log.actor_id']);

export interface ExportColumn {
  /** By the key that code knows it by, and in SQL. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  /** It names a person, who may be another one. */
  readonly isPerson: boolean;
}

/** Columns that are handed out: all but the tenant, and what somebody else has written in the row. */
export function exportedColumns({ name, table, canonical, meta }: SubjectTable): ExportColumn[] {
  const people = new Set(
    getTableConfig(canonical).foreignKeys.flatMap((foreignKey) => {
      const { columns, foreignTable } = foreignKey.reference();
      const target = metaOf(foreignTable);
      return target.subject === 'itself' ? columns.map((column) => column.name) : [];
    }),
  );
  return Object.entries(getTableColumns(table))
    .map(([key, column]) => ({
      key,
      name: column.name,
      type: column.getSQLType(),
      isPerson: people.has(column.name) || OTHER_PEOPLE.has(`${name}.${column.name}`),
    }))
    .filter((column) => column.name !== 'tenant_id' && !meta.subjectOf.has(column.name));
}

/** @returns values for JSON, by SQL name */
export async function exportedRows(
  tx: TenantTx,
  keys: Keys,
  userId: string,
  source: SubjectTable,
  columns: readonly ExportColumn[],
  rows: readonly StreamedRow[],
): Promise<Record<string, unknown>[]> {
  const opened = source.meta.encrypted.size > 0 ? await openRows(tx, keys, source, rows) : rows;
  const exported = [];
  for (const row of opened) {
    const values: Record<string, unknown> = {};
    for (const column of columns) {
      const value = row[column.key];
      values[column.name] =
        column.isPerson && value !== userId
          ? null
          : await exportedValue(tx, keys, source, String(row.id), column, value);
    }
    exported.push(values);
  }
  return exported;
}

const openRows = (tx: TenantTx, keys: Keys, { table }: SubjectTable, rows: readonly StreamedRow[]) =>
  keys.open(tx, table as never, rows as readonly (StreamedRow & { readonly id: string })[]) as Promise<
    readonly StreamedRow[]
  >;

async function exportedValue(
  tx: TenantTx,
  keys: Keys,
  { table }: SubjectTable,
  id: string,
  { key, type }: ExportColumn,
  value: unknown,
): Promise<unknown> {
  if (type.startsWith('timestamp') && typeof value === 'string') return isoTime(value);
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (type !== 'jsonb' || typeof value !== 'object' || value === null || Array.isArray(value))
    return isOpened(value) ? openedValue(value) : value;
  const json = await keys.openIn(tx, table as never, { id, column: key }, value as Record<string, unknown>);
  return Object.fromEntries(
    // What somebody wrote can look like what was opened.
    Object.entries(json).map(([name, each]) => [
      name,
      each !== Reflect.get(value, name) && isOpened(each) ? openedValue(each) : each,
    ]),
  );
}

/** ISO 8601 with all of the microseconds; connections work in UTC. */
const isoTime = (text: string) => text.replace(' ', 'T').replace(/[+]00(:00)?$/, 'Z');

interface Opened {
  readonly text: string | null;
  readonly forgottenAt: Date | null;
}
const isOpened = (value: unknown): value is Opened =>
  typeof value === 'object' && value !== null && 'text' in value && 'forgottenAt' in value;

const openedValue = ({ text, forgottenAt }: Opened) =>
  forgottenAt === null ? text : `forgotten at ${forgottenAt.toISOString()}`;

/** RFC 4180: fields in quotes where they must be, lines that end with CR LF. */
export const csvLine = (values: readonly unknown[]): string =>
  `${values.map((value) => csvField(textOf(value))).join(',')}\r\n`;

const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What a spreadsheet would work out, and send somewhere: somebody else may have written it. */
const FORMULA = /^[=+\-@\t\r]/;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return FORMULA.test(value) ? `'${value}` : value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
