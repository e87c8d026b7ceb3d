/** What belongs to no tenant: the register of tenants, where each lives, and the reference data. */
export { publicErrors } from './errors.ts';
export {
  findInstance,
  listInstances,
  type RegisteredInstance,
  registerInstance,
  registerMainInstance,
  unregisterInstance,
} from './instances.ts';
export {
  lastSeed,
  listPlacements,
  listResidents,
  listTenants,
  type PlacementListing,
  type RegisteredTenant,
  type Resident,
  recordSeed,
  registerTenant,
  type TenantListing,
} from './register.ts';
export { type RetentionPeriod, retentionPeriods } from './retention-periods.ts';
export { seedReferenceData } from './seed.ts';
export { FRAMEWORKS as regulatoryFrameworks } from './seed-regulation.ts';
