/** What holds for all of a tenant's people: asked with each request, so it is read through Redis, and wrong for a minute at most. */
import { getTableColumns } from 'drizzle-orm';
import { z } from 'zod';
import { type Cache, cached, outdate } from '../../kernel/cache/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { orgTables } from './schema.ts';

const AREA = 'settings';

const TenantSettings = z.object({
  localeTag: z.string(),
  timeZone: z.string(),
  currencyCode: z.string(),
  countryCode: z.string().nullable(),
  industryCode: z.string().nullable(),
  weekStartsOn: z.number(),
  fiscalYearStartMonth: z.number(),
  workingDays: z.array(z.number()),
  features: z.record(z.string(), z.boolean()),
  options: z.record(z.string(), z.unknown()),
});
export type TenantSettings = Readonly<z.infer<typeof TenantSettings>>;

const SETTINGS = { area: AREA, schema: TenantSettings, ttlMs: 60_000 } as const;

/** Needs a tenant transaction. A tenant that has decided nothing yet has what the table gives a new one. */
export const tenantSettings = (tx: TenantTx, cache: Cache): Promise<TenantSettings> =>
  cached(tx, cache, SETTINGS, null, () => loadSettings(tx));

async function loadSettings(tx: TenantTx): Promise<TenantSettings> {
  const { tenantSettings: settings } = orgTables(tx);
  const [row] = await tx.select().from(settings);
  const columns = Object.entries(getTableColumns(settings));
  return TenantSettings.parse(
    row ?? Object.fromEntries(columns.map(([name, column]) => [name, column.default ?? null])),
  );
}

/**
 * Changes some of them, known to everybody as soon as the transaction is committed. The caller audits it.
 *
 * @throws DATABASE_* for a value that the table does not take
 */
export async function changeSettings(
  tx: TenantTx,
  cache: Cache,
  changes: Partial<TenantSettings>,
): Promise<void> {
  const { tenantSettings: settings } = orgTables(tx);
  const { features, options } = changes;
  // Copies have a prototype, which Drizzle looks at.
  const set = {
    ...changes,
    ...(features && { features: { ...features } }),
    ...(options && { options: { ...options } }),
  };
  await tx
    .insert(settings)
    .values({ tenantId: tx.tenantId, ...set })
    .onConflictDoUpdate({ target: [settings.tenantId], set });
  outdate(tx, cache, AREA, null);
}
