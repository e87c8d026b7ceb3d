/** Where keys of tenants and people are kept, wrapped; kernel/privacy alone can unwrap them. */
import { and, asc, desc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm';
import type { Keeping, KeyStore } from '../../kernel/privacy/index.ts';
import { type TenantTx, updateRows } from '../../kernel/tenancy/index.ts';
import { governanceTables } from './schema.ts';

export const keyStore: KeyStore = {
  tenantKeys(tx) {
    const { tenantKeys } = governanceTables(tx);
    return tx.select().from(tenantKeys).orderBy(desc(tenantKeys.generation));
  },

  async addTenantKey(tx, key) {
    const { tenantKeys } = governanceTables(tx);
    await tx
      .insert(tenantKeys)
      .values({ tenantId: tx.tenantId, ...key })
      .onConflictDoNothing();
  },

  rewrapTenantKeys(tx, changes) {
    const { tenantKeys } = governanceTables(tx);
    return updateRows(
      tx,
      tenantKeys,
      changes.map(({ id, from, to, wrappingKeyId }) => ({
        where: { id, wrappedKeyCiphertext: from },
        set: { wrappedKeyCiphertext: to, masterKeyId: wrappingKeyId },
      })),
    );
  },

  subjectKeysOf(tx, userId) {
    const { subjectKeys } = governanceTables(tx);
    return tx
      .select()
      .from(subjectKeys)
      .where(eq(subjectKeys.userId, userId))
      .orderBy(desc(subjectKeys.generation));
  },

  subjectKeys(tx, ids) {
    const { subjectKeys } = governanceTables(tx);
    return tx
      .select()
      .from(subjectKeys)
      .where(inArray(subjectKeys.id, [...ids]));
  },

  async addSubjectKey(tx, key) {
    const { subjectKeys } = governanceTables(tx);
    await tx
      .insert(subjectKeys)
      .values({ tenantId: tx.tenantId, ...key })
      .onConflictDoNothing();
  },

  subjectKeysNotUnder(tx, wrappingKeyId, limit) {
    const { subjectKeys } = governanceTables(tx);
    return tx
      .select()
      .from(subjectKeys)
      .where(and(ne(subjectKeys.wrappingKeyId, wrappingKeyId), isNotNull(subjectKeys.wrappedKeyCiphertext)))
      .orderBy(asc(subjectKeys.id))
      .limit(limit);
  },

  subjectKeysAfter(tx, id, limit) {
    const { subjectKeys } = governanceTables(tx);
    return tx
      .select()
      .from(subjectKeys)
      .where(
        and(isNotNull(subjectKeys.wrappedKeyCiphertext), id === null ? undefined : gt(subjectKeys.id, id)),
      )
      .orderBy(asc(subjectKeys.id))
      .limit(limit);
  },

  rewrapSubjectKeys(tx, changes) {
    const { subjectKeys } = governanceTables(tx);
    return updateRows(
      tx,
      subjectKeys,
      changes.map(({ id, from, to, wrappingKeyId }) => ({
        where: { id, wrappedKeyCiphertext: from },
        set: { wrappedKeyCiphertext: to, wrappingKeyId },
      })),
    );
  },

  async destroySubjectKeys(tx, userId, keeping) {
    const { subjectKeys } = governanceTables(tx);
    for (const keeps of keeping) await neverMakeOne(tx, userId, keeps);
    const { rowCount } = await tx
      .update(subjectKeys)
      .set({ wrappedKeyCiphertext: null, destroyedAt: tx.now })
      .where(
        and(
          eq(subjectKeys.userId, userId),
          inArray(subjectKeys.keeps, [...keeping]),
          isNotNull(subjectKeys.wrappedKeyCiphertext),
        ),
      );
    return rowCount ?? 0;
  },
};

/** Where there was no key yet, one that is destroyed already keeps a later writer from making one. */
async function neverMakeOne(tx: TenantTx, userId: string, keeps: Keeping): Promise<void> {
  const { subjectKeys } = governanceTables(tx);
  const nothing = { wrappingKeyId: 'none', wrappedKeyCiphertext: null, destroyedAt: tx.now };
  for (;;) {
    const known = await keyStore.subjectKeysOf(tx, userId);
    if (known.some((each) => each.keeps === keeps)) return;
    const generation = (known[0]?.generation ?? 0) + 1;
    await tx
      .insert(subjectKeys)
      .values({ tenantId: tx.tenantId, userId, keeps, generation, ...nothing })
      .onConflictDoNothing();
  }
}
