/** Gives a demonstration tenant departments and teams, and its people a place in them. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { orgTables } from './schema.ts';

const TEAMS_OF_DEPARTMENT: Readonly<Record<string, readonly string[]>> = {
  Operations: ['Night shift', 'Day shift'],
  Finance: ['Accounts payable'],
  Engineering: ['Platform', 'Networks'],
};

/** Spreads people over the teams in turn. Repeatable: what is there is left alone. */
export async function seedOrganisation(
  tx: TenantTx,
  people: readonly { readonly id: string }[],
): Promise<void> {
  const { departments, teams, memberships } = orgTables(tx);
  const { tenantId } = tx;
  const root = await findOrAddDepartment(tx, 'Company', null);
  for (const [name, names] of Object.entries(TEAMS_OF_DEPARTMENT)) {
    const departmentId = await findOrAddDepartment(tx, name, root);
    await tx
      .insert(teams)
      .values(names.map((team) => ({ tenantId, departmentId, name: team })))
      .onConflictDoNothing();
  }
  const all = await tx
    .select({ id: teams.id })
    .from(teams)
    .innerJoin(departments, sameDepartment(tx))
    .orderBy(asc(departments.name), asc(teams.name));
  const rows = people.flatMap(({ id }, at) => {
    const team = all[at % all.length];
    return team
      ? [
          {
            tenantId,
            userId: id,
            teamId: team.id,
            position: at < all.length ? ('lead' as const) : ('member' as const),
          },
        ]
      : [];
  });
  if (rows.length > 0) await tx.insert(memberships).values(rows).onConflictDoNothing();
}

function sameDepartment(tx: TenantTx) {
  const { departments, teams } = orgTables(tx);
  return and(eq(departments.tenantId, teams.tenantId), eq(departments.id, teams.departmentId));
}

async function findOrAddDepartment(tx: TenantTx, name: string, parentId: string | null): Promise<string> {
  const { departments } = orgTables(tx);
  const above = parentId === null ? isNull(departments.parentId) : eq(departments.parentId, parentId);
  const [known] = await tx
    .select({ id: departments.id })
    .from(departments)
    .where(and(eq(departments.name, name), above, isNull(departments.deletedAt)));
  if (known) return known.id;
  const [added] = await tx
    .insert(departments)
    .values({ tenantId: tx.tenantId, name, parentId })
    .returning({ id: departments.id });
  if (!added) throw new Error('INSERT RETURNING gave no row');
  return added.id;
}
