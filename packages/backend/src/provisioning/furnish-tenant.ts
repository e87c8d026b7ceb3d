/** What every new tenant has before anybody comes in. All of it is one transaction, and may be done again. */
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { openAuditChain, recordAudit } from '../modules/admin/index.ts';
import { seedBuiltInRoles, seedPeople } from '../modules/auth/index.ts';
import { entitleToPlan } from '../modules/billing/index.ts';
import { readPackFiles, releasePack } from '../modules/content/index.ts';
import { seedEconomy } from '../modules/economy/index.ts';
import { seedNotifications } from '../modules/notification/index.ts';
import { openOrganisation } from '../modules/org/index.ts';
import type { CreationRequest } from './creation-request.ts';

/** Roles, retention, entitlements, wordings, what is played with, accounts, the audit chain, and its first entry. */
export async function furnishTenant(tx: TenantTx, slug: string, request: CreationRequest): Promise<void> {
  const { plan, seats, tier, region, frameworks, trialPeople } = request;
  await seedBuiltInRoles(tx);
  await openOrganisation(tx, frameworks);
  await entitleToPlan(tx, plan);
  const people = trialPeople === 0 ? [] : await seedPeople(tx, `${slug}.example`, trialPeople);
  await seedEconomy(tx, people);
  await seedNotifications(tx, people);
  await releasePack(tx, readPackFiles());
  if (await openAuditChain(tx))
    await recordAudit(tx, {
      actor: { kind: 'operator' },
      action: 'public.tenant.created',
      subject: { type: 'public.tenants', id: tx.tenantId },
      details: { plan, seats, tier, region, frameworks },
    });
}
