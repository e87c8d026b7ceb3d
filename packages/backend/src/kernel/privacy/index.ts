/**
 * Keys and encryption: a person's key for what that person wrote, a tenant's key around it and for secrets, a master key
 * around that, kept by whoever keeps such keys.
 */
export { keyErrors } from './errors.ts';
export { FileMasterKeys, type MasterKeyFile } from './file-master-keys.ts';
export {
  Keys,
  type KeysOptions,
  keepingOf,
  type Opened,
  type OpenedRow,
  type SealableTable,
  type TextsOf,
} from './keys.ts';
export type { MasterKeys, WrappedKey, WrappingContext } from './master-keys.ts';
export {
  KEEPINGS,
  type Keeping,
  type KeyStore,
  type Rewrapping,
  type StoredSubjectKey,
  type StoredTenantKey,
} from './ports.ts';
export { type Rewrapped, rewrapTenant } from './rewrap.ts';
