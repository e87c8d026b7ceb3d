/**
 * Gives a person their data (GDPR Art. 15 and 20): everything that the catalogue leads to, from one moment, as JSON and as
 * CSV, in a signed archive with a description in plain words. It is written while it is read, so memory stays flat. Redis
 * holds nothing that is not in PostgreSQL, and so adds nothing.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type ArchiveWriter, requireAbsent, writeArchive } from '../kernel/archive/index.ts';
import type { Keys } from '../kernel/privacy/index.ts';
import type { Tenancy, TenantTx } from '../kernel/tenancy/index.ts';
import { requirePerson } from '../modules/auth/index.ts';
import {
  beginRequest,
  fulfilRequest,
  openRequest,
  openRequestOf,
  recordSubjectExport,
  requireOpenRequest,
} from '../modules/governance/index.ts';
import { auditRequest } from './audit-request.ts';
import { dataSubjectErrors } from './errors.ts';
import { describeExport, type ExportedTable } from './export-readme.ts';
import { csvLine, type ExportColumn, exportedColumns, exportedRows } from './export-values.ts';
import { PersonRows, type SubjectTable, subjectTablesAt } from './person-rows.ts';

export interface ExportOffice {
  readonly tenancy: Tenancy;
  readonly keys: Keys;
}

export interface ExportRequest {
  readonly tenant: string;
  /** Id or address. */
  readonly user: string;
  /** The archive to be written; it must not be there yet. */
  readonly out: string;
  /** The request that it answers; the one that the person has open, or a new one, unless given. */
  readonly requestId?: string;
  readonly onStep?: (line: string) => void;
}

export interface SubjectExport {
  readonly userId: string;
  readonly requestId: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly tables: readonly ExportedTable[];
}

/** Keys are no information about whom they belong to, and would only help to misuse the rest. */
const LEFT_OUT = new Set(['governance.subject_keys']);

/**
 * @throws AUTH_PERSON_UNKNOWN, PRIVACY_PERSON_FORGOTTEN, GOVERNANCE_REQUEST_UNKNOWN, ARCHIVE_EXISTS
 * @throws KEYS_*  where a text cannot be opened; no file is left then
 */
export async function exportPerson(
  { tenancy, keys }: ExportOffice,
  { tenant, user, out, onStep, ...asked }: ExportRequest,
): Promise<SubjectExport> {
  const { region } = await tenancy.locate(tenant);
  requireAbsent(out);
  const { userId, requestId } = await tenancy.run(tenant, async (tx) => {
    const person = await requirePerson(tx, user);
    const request =
      asked.requestId === undefined
        ? await openRequest(tx, person.id, 'access')
        : await requireOpenRequest(tx, asked.requestId);
    await beginRequest(tx, request.id);
    await auditRequest(tx, 'export.begun', request.id, {});
    return { userId: person.id, requestId: request.id };
  });
  let tables: ExportedTable[] = [];
  const { file, bytes } = await tenancy.run(
    tenant,
    (tx) =>
      writeArchive(
        out,
        { format: 'archive-gate/subject-export', version: 1, madeAt: tx.now },
        async (archive) => {
          tables = await writeTables(tx, keys, userId, archive, onStep);
          await archive.add('README.md', [describeExport(userId, tx.now, tables)]);
          return {
            tenantId: tx.tenantId,
            userId,
            requestId,
            rows: tables.reduce((sum, { rows }) => sum + rows, 0),
          };
        },
      ),
    { snapshot: true },
  );
  try {
    const sha256 = await sha256Of(file);
    await tenancy.run(tenant, async (tx) => {
      await requireNoErasure(tx, userId);
      await fulfilRequest(tx, requestId, sha256);
      const dataCategories = [...new Set(tables.flatMap(({ categories }) => categories))].sort();
      await recordSubjectExport(tx, { requestId, region, dataCategories, bytes, sha256 });
      await auditRequest(tx, 'export.completed', requestId, { sha256, bytes, tables: tables.length });
    });
    return { userId, requestId, file, bytes, sha256, tables };
  } catch (error) {
    // Nothing is handed out that is not recorded.
    await rm(file, { force: true });
    throw error;
  }
}

/** One that is under way has cleared files of the person already; one that begins from here on finds this one. */
async function requireNoErasure(tx: TenantTx, userId: string): Promise<void> {
  const { status } = await requirePerson(tx, userId, { hold: true });
  const erasure = await openRequestOf(tx, userId, 'erasure');
  if (status === 'erased' || erasure?.status === 'in_progress')
    throw dataSubjectErrors.PRIVACY_PERSON_FORGOTTEN({ found: userId });
}

async function writeTables(
  tx: TenantTx,
  keys: Keys,
  userId: string,
  archive: ArchiveWriter,
  onStep: ExportRequest['onStep'],
): Promise<ExportedTable[]> {
  const sources = subjectTablesAt(tx);
  const person = new PersonRows(sources, userId);
  const written: ExportedTable[] = [];
  for (const source of sources.values()) {
    if (LEFT_OUT.has(source.name)) continue;
    const columns = exportedColumns(source);
    const own = { source, columns, rows: () => person.batches(tx, source), name: source.name };
    const others = [...source.meta.subjectOf].map(([column, path]) => ({
      source,
      // What the person wrote into somebody else's row, and nothing else of it.
      columns: writtenColumns(source, column),
      rows: () => person.batches(tx, source, { paths: [path] }),
      name: `${source.name}.${column}`,
    }));
    for (const each of [own, ...others]) {
      const table = await writeTable(tx, keys, userId, archive, each, onStep);
      if (table) written.push(table);
    }
  }
  return written;
}

interface Listing {
  readonly source: SubjectTable;
  readonly columns: readonly ExportColumn[];
  readonly rows: () => AsyncGenerator<readonly Readonly<Record<string, unknown>>[]>;
  readonly name: string;
}

async function writeTable(
  tx: TenantTx,
  keys: Keys,
  userId: string,
  archive: ArchiveWriter,
  { source, columns, rows, name }: Listing,
  onStep: ExportRequest['onStep'],
): Promise<ExportedTable | undefined> {
  if (await isEmpty(rows())) return undefined;
  let count = 0;
  async function* exported() {
    for await (const batch of rows()) {
      yield await exportedRows(tx, keys, userId, source, columns, batch);
      onStep?.(`${name}: ${count} rows`);
    }
  }
  async function* json() {
    let before = '[\n';
    for await (const batch of exported())
      for (const row of batch) {
        count += 1;
        yield `${before}${JSON.stringify(row)}`;
        before = ',\n';
      }
    yield '\n]\n';
  }
  async function* csv() {
    yield csvLine(columns.map((column) => column.name));
    for await (const batch of exported())
      yield batch.map((row) => csvLine(columns.map((column) => row[column.name]))).join('');
  }
  const path = name.replace('.', '/');
  await archive.add(`data/${path}.json`, json());
  await archive.add(`data/${path}.csv`, csv());
  const pii = [...source.meta.pii].filter(([column]) => columns.some((each) => each.name === column));
  return {
    name,
    purpose: source.meta.purpose,
    rows: count,
    categories: [...new Set(pii.map(([, { category }]) => category))],
    purposes: [...new Set(pii.map(([, { purpose }]) => purpose))],
  };
}

async function isEmpty(rows: AsyncGenerator<unknown>): Promise<boolean> {
  const { done } = await rows.next();
  await rows.return(undefined);
  return done === true;
}

function writtenColumns({ table, meta, ...source }: SubjectTable, column: string): ExportColumn[] {
  const all = exportedColumns({ ...source, table, meta: { ...meta, subjectOf: new Map() } });
  return all.filter(({ name }) => name === 'id' || name === column);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
