/** Which keys a tenant has, for those who look after them. No key itself is among it, not even wrapped. */
import { count, desc, isNotNull, isNull } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { governanceTables } from './schema.ts';

export interface ListedTenantKey {
  readonly id: string;
  readonly generation: number;
  readonly masterKeyId: string;
  readonly createdAt: Date;
  /** How many keys of people it wraps. */
  readonly subjectKeys: number;
}

export interface TenantKeyList {
  /** The one that encrypts first. */
  readonly keys: readonly ListedTenantKey[];
  /** Keys of people that were destroyed. */
  readonly destroyed: number;
}

/** Needs a tenant transaction. */
export async function listKeys(tx: TenantTx): Promise<TenantKeyList> {
  const { tenantKeys, subjectKeys } = governanceTables(tx);
  const { id, generation, masterKeyId, createdAt } = tenantKeys;
  const keys = await tx
    .select({ id, generation, masterKeyId, createdAt })
    .from(tenantKeys)
    .orderBy(desc(generation));
  const counted = await tx
    .select({ id: subjectKeys.wrappingKeyId, n: count() })
    .from(subjectKeys)
    .where(isNull(subjectKeys.destroyedAt))
    .groupBy(subjectKeys.wrappingKeyId);
  const wraps = new Map(counted.map((each) => [each.id, each.n]));
  const destroyed = await tx.$count(subjectKeys, isNotNull(subjectKeys.destroyedAt));
  return { keys: keys.map((key) => ({ ...key, subjectKeys: wraps.get(key.id) ?? 0 })), destroyed };
}
