/** The door to tenants' data: `tenancy.run(tenantId, tx => …)` gives a transaction that can see one tenant alone. */

export { activeTenants } from './active-tenants.ts';
export { aloneInTenant, type Standing } from './alone-in-tenant.ts';
export { callIn, locationIn, prepared, seesOneMoment } from './connection.ts';
export {
  insertMissingAndTell,
  insertMissingRows,
  insertRows,
  type NewRow,
  type RowChange,
  updateRows,
  type WritableTable,
} from './many-rows.ts';
export type { Refusal } from './refusal.ts';
export type { RunOptions } from './repeat-work.ts';
export type { TenantLocation } from './router.ts';
export { type StreamedRow, streamRows } from './stream-rows.ts';
export { createTenancy, type Tenancy, type TenancyOptions } from './tenancy.ts';
export { type TenantFunction, tenantFunction } from './tenant-function.ts';
export type { SessionId, TenantId, TenantTx } from './tenant-tx.ts';
