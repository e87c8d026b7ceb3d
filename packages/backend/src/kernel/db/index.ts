/** The database kit that modules are written with: table constructors, column wrappers and the types of a transaction. */

export { type BinaryRow, encodeColumns, encodeEncoded } from './binary-values.ts';
export type { TablePlacement } from './build-table.ts';
export {
  described,
  generatedId,
  instant,
  nullablePlaceholder,
  pii,
  placeholder,
  STATUS_REASONS,
  type StatusReason,
} from './columns.ts';
export { type CopiedValue, copyLine, copyLines, copyText } from './copy-rows.ts';
export { type StateErrors, translateDatabaseError, violates } from './database-errors.ts';
export { defineModule, type ModuleTables, type TableKit } from './define-module.ts';
export { type Ciphertext, encrypted, type KeyOwner } from './encrypted.ts';
export { exactTime } from './exact-time.ts';
export {
  connectAsAdministrator,
  exclusively,
  type OwnerConnection,
  type OwnerTx,
  openAsOwner,
  runAsOwner,
} from './owner.ts';
export { placedName, placedTable, tenantRole, tenantSchema } from './placed-name.ts';
export type { Queries } from './queries.ts';
export { keepReferenceRows } from './reference-rows.ts';
export {
  metaOf,
  type PiiDeclaration,
  type SubjectPath,
  type TableKind,
  type TableMeta,
} from './table-meta.ts';
export type { TableRef, Targets } from './table-type.ts';
export { END_WHEN_VANISHED } from './vanished-program.ts';
