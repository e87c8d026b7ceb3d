/**
 * Goes through tenants for commands that were not told of one. The register gives their slugs; what belongs to a tenant
 * is then asked inside that tenant alone, one after the other.
 */

import { runAsOwner } from '../kernel/db/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import type { RunningPostgres } from '../kernel/stack/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { gameErrors, listSessions, type SessionSummary } from '../modules/game/index.ts';
import { listTenants, type TenantStatus } from '../modules/public/index.ts';
import type { Platform } from '../platform.ts';
import { tellLine } from './print-line.ts';

export interface Place {
  readonly platform: Platform;
  readonly postgres: RunningPostgres;
}

/** For work that only reads: an archived tenant is open to transactions that cannot write. */
export const READING = { snapshot: true } as const;

/**
 * Runs work that only reads in one tenant, or in each that is served at present or archived, in the order of their slugs.
 *
 * @param only  a slug or id; all tenants when undefined
 * @throws TENANCY_UNKNOWN_TENANT, TENANCY_NOT_SERVED  for the tenant that was named
 */
export async function* inEachTenant<Result>(
  { platform, postgres }: Place,
  only: string | undefined,
  work: (tx: TenantTx) => Promise<Result>,
): AsyncGenerator<{ tenant: string; result: Result }> {
  if (only !== undefined) {
    const { slug } = await platform.tenancy.locate(only);
    yield { tenant: slug, result: await platform.tenancy.run(slug, work, READING) };
    return;
  }
  for (const slug of await registeredTenants({ postgres }, ['active', 'suspended', 'archived'])) {
    try {
      yield { tenant: slug, result: await platform.tenancy.run(slug, work, READING) };
    } catch (error) {
      if (!isDmzError(error, 'TENANCY_NOT_SERVED')) throw error;
      tellLine(`${slug} is not served at present and was left out`);
    }
  }
}

/** Lists what each tenant has, each row with its tenant. @throws what `inEachTenant` throws */
export async function listInEachTenant<Row extends object>(
  place: Place,
  only: string | undefined,
  list: (tx: TenantTx) => Promise<readonly Row[]>,
): Promise<({ tenant: string } & Row)[]> {
  const listed = [];
  for await (const { tenant, result } of inEachTenant(place, only, list))
    listed.push(...result.map((row) => ({ tenant, ...row })));
  return listed;
}

/**
 * Slugs of tenants by their standing, in their order; the register is the owner's to read. Of those that are suspended or
 * archived, nothing can be written.
 */
export async function registeredTenants(
  { postgres }: Pick<Place, 'postgres'>,
  standings: readonly TenantStatus[] = ['active'],
): Promise<string[]> {
  const tenants = await runAsOwner(postgres.adminUrl, listTenants);
  return tenants.filter(({ status }) => standings.includes(status)).map(({ slug }) => slug);
}

/**
 * Finds a session and the tenant that it belongs to.
 *
 * @throws GAME_SESSION_UNKNOWN
 */
export async function locateSession(
  place: Place,
  id: string,
  only?: string,
): Promise<{ tenant: string; session: SessionSummary }> {
  for await (const { tenant, result } of inEachTenant(place, only, (tx) => listSessions(tx, { id }))) {
    const [session] = result;
    if (session) return { tenant, session };
  }
  throw gameErrors.GAME_SESSION_UNKNOWN({
    found: id,
    expected: `a session of ${only ?? 'one of the tenants'}`,
  });
}
