/**
 * The PostgreSQL instances that tenants are placed on: where each is, and the embedded ones' life. `main` is the stack's
 * own and holds the control database.
 */
export {
  findAddress,
  forgetAddress,
  type InstanceAddress,
  instanceFolder,
  keepAddress,
  MAIN_INSTANCE,
  readAddresses,
  requireName,
} from './address-book.ts';
export {
  type InstanceState,
  instanceStates,
  instanceStatus,
  startInstance,
  startInstances,
  stopInstance,
  stopInstances,
} from './embedded-instances.ts';
export { instanceErrors } from './errors.ts';
export { type DatabaseOwner, databaseOwner } from './examine-database.ts';
export { type InstanceUrls, instanceUrls, urlsOf, type WhereToLook } from './instance-urls.ts';
export { type TableShare, tableShares } from './table-shares.ts';
