/**
 * Creates a tenant: all of it, or nothing that anybody can reach. Each step is recorded when it is done and may be done
 * again, so after a kill at any moment the same command, with the slug alone, finishes it. The tenant is open from the last
 * step on.
 *
 *   registered → placed → prepared → furnished → invited → open
 */
import { runAsOwner } from '../kernel/db/index.ts';
import { instanceUrls } from '../kernel/instances/index.ts';
import { createSchemaPlacement } from '../kernel/schema-tier/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { type Invitation, inviteAdministrator } from '../modules/auth/index.ts';
import {
  admitResident,
  beginRun,
  findRun,
  findTenant,
  listTenants,
  reachStep,
  registerProvisioning,
  requireSlug,
  setTenantStatus,
  type TenantListing,
} from '../modules/public/index.ts';
import {
  type CreationRequest,
  completeRequest,
  differences,
  requireAddress,
  storedRequest,
  type WantedTenant,
} from './creation-request.ts';
import { provisioningErrors } from './errors.ts';
import { furnishTenant } from './furnish-tenant.ts';
import { chooseFromRegister, placeNewTenant } from './place-tenant.ts';
import { aloneWithTenant } from './tenant-lock.ts';

const STEPS = ['begun', 'placed', 'prepared', 'furnished', 'invited', 'open'] as const;
type Step = (typeof STEPS)[number];

export interface CreatedTenant extends Omit<TenantListing, 'status'> {
  readonly status: string;
  /** False when all of it had been done before. */
  readonly created: boolean;
  /** Of the first administrator, where one was invited now; its token can be read here alone. */
  readonly invitation: Invitation | null;
}

export interface Workshop {
  readonly tenancy: Tenancy;
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
  readonly onStep?: (line: string) => void;
}

/**
 * Has a tenant created by whoever runs the queues: its row of `public.tenant_runs` is what says so, since a tenant that is
 * not there yet has no rows of its own.
 *
 * @throws as `createTenant`; TENANT_OPTION_INVALID where an administrator is to be invited, whose address would be kept
 */
export async function askForTenant(shop: Workshop, wanted: WantedTenant): Promise<void> {
  requireSlug(wanted.slug);
  if (wanted.adminEmail !== undefined)
    throw provisioningErrors.TENANT_OPTION_INVALID({
      found: 'an administrator to invite later',
      expected: 'no address, which is not kept; invite them with the same command once the tenant is open',
    });
  await aloneWithTenant(shop.controlUrl, wanted.slug, () => new Creation(shop, wanted, undefined).ask());
}

/**
 * @throws TENANT_SLUG_INVALID, TENANT_OPTION_MISSING, TENANT_OPTION_INVALID, TENANT_EXISTS, TENANT_CREATION_DIFFERS,
 *   TENANT_INVITATION_MISSING, TENANT_NO_INSTANCE, BILLING_*, INSTANCE_*, MIGRATION_*, DATABASE_*
 */
export async function createTenant(shop: Workshop, wanted: WantedTenant): Promise<CreatedTenant> {
  requireSlug(wanted.slug);
  const email = requireAddress(wanted.adminEmail);
  return aloneWithTenant(shop.controlUrl, wanted.slug, () => new Creation(shop, wanted, email).run());
}

class Creation {
  readonly #shop: Workshop;
  readonly #wanted: WantedTenant;
  readonly #email: string | undefined;
  #invitation: Invitation | null = null;

  constructor(shop: Workshop, wanted: WantedTenant, email: string | undefined) {
    this.#shop = shop;
    this.#wanted = wanted;
    this.#email = email;
  }

  async ask(): Promise<void> {
    await this.#begin();
  }

  async run(): Promise<CreatedTenant> {
    const { id, request, step } = await this.#begin();
    const work: Record<Step, () => Promise<void>> = {
      begun: async () => {},
      placed: () => this.#place(id, request),
      prepared: () => this.#prepare(id),
      furnished: () => this.#furnish(request),
      invited: () => this.#invite(request),
      open: () => runAsOwner(this.#shop.controlUrl, (tx) => setTenantStatus(tx, id, 'active')),
    };
    const done = STEPS.indexOf(step);
    for (const each of STEPS.slice(done + 1)) {
      this.#shop.onStep?.(`${this.#wanted.slug}: ${each} …`);
      await work[each]();
      const finished = each === 'open';
      await runAsOwner(this.#shop.controlUrl, (tx) => reachStep(tx, id, 'creation', each, { finished }));
    }
    const created = step !== 'open';
    // Whoever was killed before the token was shown asks once more.
    if (!created && this.#email !== undefined) await this.#invite(request);
    return { ...(await this.#listing()), created, invitation: this.#invitation };
  }

  async #begin(): Promise<{ id: string; request: CreationRequest; step: Step }> {
    const { slug } = this.#wanted;
    return runAsOwner(this.#shop.controlUrl, async (tx) => {
      const known = await findTenant(tx, slug);
      const run = known && (await findRun(tx, known.id, 'creation'));
      if (known && (!run || known.status === 'deleted'))
        throw provisioningErrors.TENANT_EXISTS({ found: `${slug}, ${known.status}` });
      if (known && run) return { id: known.id, ...this.#resume(storedRequest(run.request), run.step) };
      const request = await completeRequest(tx, this.#wanted);
      await chooseFromRegister(tx, { slug, ...request });
      const { name, tier, region } = request;
      const id = await registerProvisioning(tx, { slug, name, tier, region });
      await beginRun(tx, id, 'creation', request);
      return { id, request, step: 'begun' as const };
    });
  }

  #resume(request: CreationRequest, reached: string): { request: CreationRequest; step: Step } {
    const step = STEPS.find((each) => each === reached) ?? 'begun';
    const differing = differences(this.#wanted, request);
    if (differing.length > 0) {
      const code = step === 'open' ? 'TENANT_EXISTS' : 'TENANT_CREATION_DIFFERS';
      throw provisioningErrors[code]({ found: `another ${differing.join(', ')} than was given now` });
    }
    if (request.invites && this.#email === undefined && STEPS.indexOf(step) < STEPS.indexOf('invited'))
      throw provisioningErrors.TENANT_INVITATION_MISSING();
    return { request, step };
  }

  #place(tenantId: string, request: CreationRequest): Promise<void> {
    return placeNewTenant(this.#shop, tenantId, { slug: this.#wanted.slug, ...request });
  }

  async #prepare(tenantId: string): Promise<void> {
    const { instance, schema } = await this.#listing();
    const { adminUrl } = await instanceUrls(instance, { mainAdminUrl: this.#shop.controlUrl });
    if (schema !== null) await createSchemaPlacement(adminUrl, this.#wanted.slug);
    await runAsOwner(adminUrl, (tx) => admitResident(tx, tenantId, schema));
  }

  async #furnish(request: CreationRequest): Promise<void> {
    const { slug } = this.#wanted;
    await this.#shop.tenancy.run(slug, (tx) => furnishTenant(tx, slug, request), { idempotent: true });
  }

  async #invite({ invites }: CreationRequest): Promise<void> {
    const email = this.#email;
    if (!invites || email === undefined) return;
    const invite = this.#shop.tenancy.run(this.#wanted.slug, (tx) => inviteAdministrator(tx, email), {
      idempotent: true,
    });
    this.#invitation = (await invite) ?? null;
  }

  async #listing(): Promise<TenantListing> {
    const { slug } = this.#wanted;
    const all = await runAsOwner(this.#shop.controlUrl, listTenants);
    const listing = all.find((each) => each.slug === slug);
    if (!listing) throw new Error(`${slug} was just placed.`);
    return listing;
  }
}
