/**
 * Writes into each tenant's log which migrations its placement was brought through. The history of the placement is the
 * record, checksums included; the entry tells an auditor of the tenant when to look there. A tenant that is not served has none.
 */
import { runAsOwner } from '../kernel/db/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import type { MigrationRun } from '../kernel/migrations/runner.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { recordAudit } from '../modules/admin/index.ts';
import { listTenants } from '../modules/public/index.ts';

/** What was applied, at the control database and at each further instance. */
interface AppliedMigrations extends MigrationRun {
  readonly instances: readonly (MigrationRun & { readonly instance: string })[];
}

/**
 * @param controlUrl  an administrator's URL of the control database
 * @returns number of tenants that have an entry now
 * @throws DATABASE_*, INSTANCE_*
 */
export async function recordMigrations(
  tenancy: Tenancy,
  controlUrl: string,
  run: AppliedMigrations,
): Promise<number> {
  let recorded = 0;
  for (const { slug, status, instance, schema } of await runAsOwner(controlUrl, listTenants)) {
    const applied = appliedAt(run, instance, schema);
    const last = applied.at(-1);
    if (status !== 'active' || last === undefined) continue;
    const details = { files: applied.length, first: applied[0], last };
    recorded += await record(tenancy, slug, details);
  }
  return recorded;
}

function appliedAt(run: AppliedMigrations, instance: string, schema: string | null): readonly string[] {
  const there = instance === MAIN_INSTANCE ? run : run.instances.find((each) => each.instance === instance);
  if (schema === null) return there?.applied ?? [];
  return there?.placements.find((each) => each.schema === schema)?.applied ?? [];
}

async function record(tenancy: Tenancy, slug: string, details: Record<string, unknown>): Promise<0 | 1> {
  try {
    await tenancy.run(slug, (tx) =>
      recordAudit(tx, { actor: { kind: 'operator' }, action: 'public.migrations.applied', details }),
    );
    return 1;
  } catch (error) {
    if (isDmzError(error, 'TENANCY_NOT_SERVED')) return 0;
    throw error;
  }
}
