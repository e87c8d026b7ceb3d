/** What belongs to no tenant: the register of tenants, where each lives, and the reference data. */

export { listTenantDomains, type TenantDomain, takeOverDomains } from './domains.ts';
export { publicErrors } from './errors.ts';
export { instanceRegister } from './instance-ends.ts';
export {
  findInstance,
  listInstances,
  type RegisteredInstance,
  registerInstance,
  registerMainInstance,
  unregisterInstance,
} from './instances.ts';
export { moveRegister } from './moves.ts';
export {
  lastSeed,
  listPlacements,
  listTenants,
  type PlacementListing,
  type RegisteredTenant,
  recordSeed,
  registerTenant,
  requireSlug,
  type TenantListing,
} from './register.ts';
export {
  admitResident,
  forgetResident,
  listResidents,
  type Resident,
  type ResidentState,
  setResidentState,
} from './residents.ts';
export { type RetentionPeriod, retentionPeriods } from './retention-periods.ts';
export { seedReferenceData } from './seed.ts';
export { FRAMEWORKS as regulatoryFrameworks } from './seed-regulation.ts';
export {
  beginRun,
  type Certificate,
  findCertificate,
  findRun,
  findTenant,
  findTenantById,
  keepCertificate,
  placeTenant,
  type RegisterEntry,
  reachStep,
  registerProvisioning,
  removePlacement,
  requireTenant,
  setTenantStatus,
  type TenantRun,
  type TenantStatus,
  type Tier,
  unfinishedCreations,
  unregisterTenant,
} from './tenants.ts';
