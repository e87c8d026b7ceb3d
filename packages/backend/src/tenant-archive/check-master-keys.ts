/**
 * Whether the tenant's keys can be unwrapped here, asked before anything is written. Where they cannot, the import is refused
 * unless it is insisted on: nothing is lost by it, since a master key can be brought later, but until then every use case that
 * encrypts would fail in a tenant that looks as if it were whole.
 */
import type { Ciphertext } from '../kernel/db/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import type { Platform } from '../platform.ts';
import type { ArchiveHead } from './archive-head.ts';
import { tenantArchiveErrors } from './errors.ts';

export interface UnreadableKey {
  readonly id: string;
  readonly generation: number;
  readonly masterKeyId: string;
  /** Code of what the keeper of the master keys answered. */
  readonly reason: string;
}

/** @throws TENANT_IMPORT_KEYS_MISSING */
export async function requireMasterKeys(
  { platform }: { readonly platform: Pick<Platform, 'keys'> },
  { tenant, keys }: ArchiveHead,
  withoutKeys: boolean,
): Promise<UnreadableKey[]> {
  const unreadable: UnreadableKey[] = [];
  for (const { id, generation, masterKeyId, wrappedKey } of keys) {
    const stored = { id, generation, masterKeyId, wrappedKeyCiphertext: wrappedKey as Ciphertext };
    try {
      await platform.keys.tenantKeys.examine({ tenantId: tenant.id }, stored);
    } catch (error) {
      if (!isDmzError(error) || !error.code.startsWith('KEYS_')) throw error;
      unreadable.push({ id, generation, masterKeyId, reason: error.code });
    }
  }
  if (unreadable.length > 0 && !withoutKeys)
    throw tenantArchiveErrors.TENANT_IMPORT_KEYS_MISSING({
      found: unreadable
        .map(
          ({ generation, masterKeyId, reason }) =>
            `generation ${generation}: master key ${masterKeyId}, ${reason}`,
        )
        .join('; '),
      expected: 'each of them to be unwrapped by a master key that is here',
      data: { unreadable },
    });
  return unreadable;
}
