/** Orders to keep data. A hold counts from the moment that it is recorded until a later record releases it. */
import { and, eq, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { governanceTables } from './schema.ts';

export interface LegalHold {
  readonly id: string;
  /** File number of the case or authority. */
  readonly matter: string;
  readonly scope: 'tenant' | 'person' | 'table';
  /** As schema.table; null unless one table is held. */
  readonly tableName: string | null;
  /** Null unless one person's data is held. */
  readonly userId: string | null;
}

/** Needs a tenant transaction. */
export async function holdsInForce(tx: TenantTx): Promise<LegalHold[]> {
  const { legalHolds } = governanceTables(tx);
  const release = alias(legalHolds, 'release');
  return tx
    .select({
      id: legalHolds.id,
      matter: legalHolds.matter,
      scope: legalHolds.scope,
      tableName: legalHolds.tableName,
      userId: legalHolds.userId,
    })
    .from(legalHolds)
    .leftJoin(release, eq(release.releasesId, legalHolds.id))
    .where(and(eq(legalHolds.action, 'placed'), isNull(release.id)));
}
