/**
 * Goes through tenants for commands that were not told of one. The register gives their slugs; what belongs to a tenant
 * is then asked inside that tenant alone, one after the other.
 */
import { runAsOwner } from '../kernel/db/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import type { RunningPostgres } from '../kernel/stack/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { gameErrors, listSessions, type SessionSummary } from '../modules/game/index.ts';
import { listTenants } from '../modules/public/index.ts';
import type { Platform } from '../platform.ts';

export interface Place {
  readonly platform: Platform;
  readonly postgres: RunningPostgres;
}

/**
 * Runs work in one tenant, or in each that is served at present, in the order of their slugs.
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
    yield { tenant: slug, result: await platform.tenancy.run(slug, work) };
    return;
  }
  for (const slug of await registeredTenants({ postgres })) {
    try {
      yield { tenant: slug, result: await platform.tenancy.run(slug, work) };
    } catch (error) {
      if (!isDmzError(error, 'TENANCY_NOT_SERVED')) throw error;
      process.stderr.write(`${slug} is not served at present and was left out\n`);
    }
  }
}

/** Slugs of all tenants that have been opened, in their order; the register is the owner's to read. */
export async function registeredTenants({ postgres }: Pick<Place, 'postgres'>): Promise<string[]> {
  const tenants = await runAsOwner(postgres.adminUrl, listTenants);
  return tenants.filter(({ status }) => status !== 'provisioning').map(({ slug }) => slug);
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
