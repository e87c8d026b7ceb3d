/**
 * What a new tenant is to be. It is kept with the run of its creation, so that whoever finishes that needs to know the slug
 * alone. Of the administrator it says only that there is to be one: the register holds no personal data.
 */

import { z } from 'zod';
import type { OwnerTx } from '../kernel/db/index.ts';
import { quoted } from '../kernel/errors/index.ts';
import { requireText } from '../kernel/values/index.ts';
import { findPlan, isolationFor } from '../modules/billing/index.ts';
import { regulatoryFrameworks } from '../modules/public/index.ts';
import { provisioningErrors } from './errors.ts';

const CreationRequest = z.strictObject({
  name: z.string(),
  plan: z.string(),
  seats: z.int().positive(),
  region: z.string(),
  tier: z.enum(['shared', 'schema', 'instance']),
  instance: z.string().nullable(),
  frameworks: z.array(z.string()),
  trialPeople: z.int().nonnegative(),
  invites: z.boolean(),
});
export type CreationRequest = z.infer<typeof CreationRequest>;

/** As it was asked for: whatever is left out is decided here, or was when the creation was begun. */
export interface WantedTenant {
  readonly slug: string;
  readonly name?: string | undefined;
  readonly plan?: string | undefined;
  readonly seats?: number | undefined;
  readonly region?: string | undefined;
  readonly tier?: CreationRequest['tier'] | undefined;
  readonly instance?: string | undefined;
  /** Codes of regulations and standards. */
  readonly frameworks?: readonly string[] | undefined;
  /** So many learners with made-up addresses. */
  readonly trialPeople?: number | undefined;
  readonly adminEmail?: string | undefined;
}

export const storedRequest = (request: unknown): CreationRequest => CreationRequest.parse(request);

/**
 * Decides what was left open.
 *
 * @param tx  the owner's, at the control database
 * @throws TENANT_OPTION_MISSING, TENANT_OPTION_INVALID, BILLING_PLAN_UNKNOWN, BILLING_SEATS_OUT_OF_PLAN
 */
export async function completeRequest(tx: OwnerTx, wanted: WantedTenant): Promise<CreationRequest> {
  const { name, plan: code, region } = wanted;
  if (name === undefined || code === undefined || region === undefined) {
    const missing = Object.entries({ '--name': name, '--plan': code, '--region': region });
    throw provisioningErrors.TENANT_OPTION_MISSING({
      expected: missing.flatMap(([option, value]) => (value === undefined ? [option] : [])).join(', '),
    });
  }
  requireText('--name', name);
  if (name.trim() === '') throw provisioningErrors.TENANT_OPTION_INVALID({ found: 'an empty name' });
  const frameworks = [...new Set(wanted.frameworks ?? [])].sort();
  const unknown = frameworks.find((each) => !regulatoryFrameworks.some(({ code: known }) => known === each));
  if (unknown !== undefined)
    throw provisioningErrors.TENANT_OPTION_INVALID({
      found: `framework ${quoted(unknown)}`,
      expected: regulatoryFrameworks.map(({ code: known }) => known).join(', '),
    });
  const { plan, seats } = await findPlan(tx, code, wanted.seats);
  return {
    ...{ name: name.trim(), plan: code, seats, region, frameworks },
    tier: wanted.tier ?? isolationFor(plan, seats),
    instance: wanted.instance ?? null,
    trialPeople: wanted.trialPeople ?? 0,
    invites: wanted.adminEmail !== undefined,
  };
}

/**
 * Whether a further call may be about the same tenant: what it names must be what was asked for before.
 *
 * @returns the options that differ
 */
export function differences(wanted: WantedTenant, request: CreationRequest): string[] {
  const { slug: _, adminEmail, frameworks, ...others } = wanted;
  const given: Readonly<Record<string, unknown>> = {
    ...others,
    ...(frameworks ? { frameworks: [...frameworks].sort() } : {}),
    ...(adminEmail !== undefined && !request.invites ? { invites: true } : {}),
  };
  const asked: Readonly<Record<string, unknown>> = { ...request };
  return Object.keys(given).filter(
    (key) => given[key] !== undefined && JSON.stringify(given[key]) !== JSON.stringify(asked[key]),
  );
}

/** @throws TENANT_OPTION_INVALID */
export function requireAddress(email: string | undefined): string | undefined {
  if (email === undefined) return undefined;
  const parsed = z.email().safeParse(email.trim().toLowerCase());
  if (parsed.success) return parsed.data;
  throw provisioningErrors.TENANT_OPTION_INVALID({
    found: 'an address that is none',
    expected: 'an e-mail address',
  });
}
