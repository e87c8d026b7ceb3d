/**
 * The PostgreSQL instances that tenants are placed on: where each is, and the embedded ones' life. `main` is the stack's
 * own and holds the control database.
 */
export {
  findAddress,
  forgetAddress,
  type InstanceAddress,
  keepAddress,
  MAIN_INSTANCE,
  readAddresses,
  requireName,
} from './address-book.ts';
export {
  type InstanceState,
  instanceStates,
  startInstance,
  startInstances,
  stopInstance,
  stopInstances,
} from './embedded-instances.ts';
export { instanceErrors } from './errors.ts';
export { type InstanceUrls, instanceUrls, urlsOf, type WhereToLook } from './instance-urls.ts';
