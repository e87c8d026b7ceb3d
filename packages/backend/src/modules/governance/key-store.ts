/** Where keys of tenants and people are kept, wrapped; kernel/privacy alone can unwrap them. */
import { and, asc, desc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm';
import type { KeyStore } from '../../kernel/privacy/index.ts';
import { updateRows } from '../../kernel/tenancy/index.ts';
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

  async destroySubjectKeys(tx, userId) {
    const { subjectKeys } = governanceTables(tx);
    // Where there was no key yet, one that is destroyed already keeps a later writer from making one.
    const nothing = { generation: 1, wrappingKeyId: 'none', wrappedKeyCiphertext: null, destroyedAt: tx.now };
    await tx
      .insert(subjectKeys)
      .values({ tenantId: tx.tenantId, userId, ...nothing })
      .onConflictDoNothing();
    const { rowCount } = await tx
      .update(subjectKeys)
      .set({ wrappedKeyCiphertext: null, destroyedAt: tx.now })
      .where(and(eq(subjectKeys.userId, userId), isNotNull(subjectKeys.wrappedKeyCiphertext)));
    return rowCount ?? 0;
  },
};
