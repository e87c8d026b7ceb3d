/**
 * Opens a restored tenant, once what was restored proves what happened: the audit chain verifies against every checkpoint, and
 * every session replays. All of it is one transaction of somebody alone in the tenant, so whoever enters comes after it.
 */

import { checkChain } from '../auditing/check-chain.ts';
import { walkLogIn } from '../auditing/walk-chain.ts';
import { runAsOwner } from '../kernel/db/index.ts';
import { aloneInTenant, type TenantId, type TenantTx } from '../kernel/tenancy/index.ts';
import { listCheckpoints, recordAudit } from '../modules/admin/index.ts';
import { type Game, sessionIdsAfter } from '../modules/game/index.ts';
import { admitResident, listResidents, setTenantStatus } from '../modules/public/index.ts';
import { type ArchiveHead, STANDINGS } from './archive-head.ts';
import { tenantArchiveErrors } from './errors.ts';
import type { Workshop } from './export-tenant.ts';
import { homeOf, type NewHome } from './restore-rows.ts';

const MOST_TOLD = 5;
const SESSIONS_PER_READ = 1_000;

export interface Proof {
  readonly auditEntries: number;
  readonly sessions: number;
  readonly events: number;
}

interface Shop extends Workshop {
  readonly platform: { readonly game: Game };
}

/** Repeatable. It is served then as it was when it was archived. @throws TENANT_IMPORT_EVIDENCE */
export async function openTenant(
  shop: Shop,
  newHome: NewHome,
  { tenant }: ArchiveHead,
  manifestSha256: string,
): Promise<Proof> {
  const { urls, placed, schema } = await homeOf(newHome);
  const { id, status, archivedAt } = tenant;
  const isOpenAlready = await runAsOwner(urls.adminUrl, async (tx) => {
    const resident = (await listResidents(tx)).find(({ tenantId }) => tenantId === id);
    await admitResident(tx, id, schema, 'suspended');
    return resident !== undefined && resident.state !== 'suspended';
  });
  let proof: Proof | undefined;
  const work = async (tx: TenantTx) => {
    proof = await prove(shop, tx, newHome.slug);
    // Killed behind this transaction, an import comes here again.
    if (isOpenAlready) return;
    await recordAudit(tx, {
      actor: { kind: 'operator' },
      action: 'public.tenant.imported',
      subject: { type: 'public.tenants', id },
      details: { manifestSha256 },
    });
  };
  const location = { ...placed, id: id as TenantId };
  await aloneInTenant(urls.adminUrl, location, STANDINGS[status], work, shop.log);
  if (!proof) throw new Error('The resident was just admitted.');
  await runAsOwner(shop.controlUrl, (tx) =>
    setTenantStatus(tx, id, status, { archivedAt: archivedAt === null ? null : new Date(archivedAt) }),
  );
  return proof;
}

async function prove({ platform, onStep }: Shop, tx: TenantTx, slug: string): Promise<Proof> {
  onStep?.(`${slug}: verifying the audit chain …`);
  const { head, findings } = await checkChain(tx.tenantId, walkLogIn(tx), await listCheckpoints(tx));
  refuse(findings.map(({ rule, object, detail }) => `${rule}: ${object}, ${detail}`));
  let [sessions, events] = [0, 0];
  for (let after: string | undefined; ; ) {
    const ids = await sessionIdsAfter(tx, after, SESSIONS_PER_READ);
    for (const id of ids) {
      const report = await platform.game.replayIn(tx, id);
      refuse(
        report.mismatches.map(({ sequence, reason }) => `session ${id}, sequence ${sequence}: ${reason}`),
      );
      sessions += 1;
      events += report.events;
      onStep?.(`${slug}: ${sessions} sessions replayed, ${events} events …`);
    }
    after = ids.at(-1);
    if (ids.length < SESSIONS_PER_READ) return { auditEntries: head.sequence, sessions, events };
  }
}

function refuse(findings: readonly string[]): void {
  if (findings.length === 0) return;
  throw tenantArchiveErrors.TENANT_IMPORT_EVIDENCE({
    found: findings.slice(0, MOST_TOLD).join('\n'),
    data: { findings: findings.slice(0, 100) },
  });
}
