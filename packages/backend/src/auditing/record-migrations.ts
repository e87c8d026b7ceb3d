/**
 * Writes into each tenant's log which migrations its placement was brought through. The history of the placement is the
 * record, checksums included; the entry tells an auditor of the tenant when to look there. A tenant that is not served has none.
 */
import { MAIN_INSTANCE } from '../kernel/instances/index.ts';
import type { MigrationRun } from '../kernel/migrations/runner.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { recordInEach } from './record-in-each.ts';

/** What was applied, at the control database and at each further instance. */
interface AppliedMigrations extends MigrationRun {
  readonly instances: readonly (MigrationRun & { readonly instance: string })[];
}

/**
 * @param controlUrl  an administrator's URL of the control database
 * @returns number of tenants that have an entry now
 * @throws DATABASE_*, INSTANCE_*
 */
export function recordMigrations(
  tenancy: Tenancy,
  controlUrl: string,
  run: AppliedMigrations,
): Promise<number> {
  return recordInEach(tenancy, controlUrl, ({ instance, schema }) => {
    const applied = appliedAt(run, instance, schema);
    const last = applied.at(-1);
    if (last === undefined) return undefined;
    const details = { files: applied.length, first: applied[0], last };
    return { action: 'public.migrations.applied', details };
  });
}

function appliedAt(run: AppliedMigrations, instance: string, schema: string | null): readonly string[] {
  const there = instance === MAIN_INSTANCE ? run : run.instances.find((each) => each.instance === instance);
  if (schema === null) return there?.applied ?? [];
  return there?.placements.find((each) => each.schema === schema)?.applied ?? [];
}
