/**
 * What a tenant may use: the one place that features are asked for. It is read through Redis; beginnings and ends are looked
 * at when it is asked, and are exact, and any other change is a minute late at the very most.
 */
import { z } from 'zod';
import { type Cache, cached, outdate } from '../../kernel/cache/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { billingTables } from './schema.ts';

const AREA = 'entitlements';

const Entitlements = z.array(
  z.object({
    featureKey: z.string(),
    quantity: z.number().nullable(),
    /** In ms since 1970. */
    fromMs: z.number(),
    untilMs: z.number().nullable(),
  }),
);

const ENTITLEMENTS = { area: AREA, schema: Entitlements, ttlMs: 60_000 } as const;

export interface Entitlement {
  /** Null for a switch, and for as much as is wanted. */
  readonly quantity: number | null;
}

/** Needs a tenant transaction. Of several at the same time, the largest counts. @returns undefined for none */
export async function entitlementTo(
  tx: TenantTx,
  cache: Cache,
  featureKey: string,
): Promise<Entitlement | undefined> {
  const all = await cached(tx, cache, ENTITLEMENTS, null, () => loadEntitlements(tx));
  const nowMs = tx.now.getTime();
  const quantities = all
    .filter((each) => each.featureKey === featureKey && each.fromMs <= nowMs)
    .filter(({ untilMs }) => untilMs === null || untilMs > nowMs)
    .map(({ quantity }) => quantity ?? Number.POSITIVE_INFINITY);
  if (quantities.length === 0) return undefined;
  const most = Math.max(...quantities);
  return { quantity: Number.isFinite(most) ? most : null };
}

async function loadEntitlements(tx: TenantTx): Promise<z.infer<typeof Entitlements>> {
  const { entitlements } = billingTables(tx);
  const rows = await tx.select().from(entitlements);
  return rows.map(({ featureKey, quantity, validFrom, validUntil }) => ({
    ...{ featureKey, quantity },
    fromMs: validFrom.getTime(),
    untilMs: validUntil?.getTime() ?? null,
  }));
}

/**
 * Entitles a tenant from now on to what no agreement gives it. The caller audits it.
 *
 * @throws DATABASE_* for a feature that there is none of
 */
export async function grantEntitlement(
  tx: TenantTx,
  cache: Cache,
  granted: {
    readonly featureKey: string;
    readonly source: 'trial' | 'courtesy';
    readonly quantity: number | null;
    readonly validUntil: Date | null;
  },
): Promise<void> {
  const { entitlements } = billingTables(tx);
  await tx.insert(entitlements).values({ tenantId: tx.tenantId, ...granted, validFrom: tx.now });
  outdate(tx, cache, AREA, null);
}
