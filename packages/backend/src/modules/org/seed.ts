/**
 * Gives a demonstration tenant departments, teams and locations, and its people a place in them. Running it again
 * changes nothing.
 */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { demonstrationDate, drawn } from '../../kernel/demonstration.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { orgTables } from './schema.ts';

/** In the order of their names, in which people are spread over the teams. */
const DEPARTMENTS = [
  { name: 'Engineering', code: 'ENG', teams: ['Networks', 'Platform'] },
  { name: 'Finance', code: 'FIN', teams: ['Accounts payable', 'Controlling'] },
  { name: 'Operations', code: 'OPS', teams: ['Day shift', 'Night shift'] },
  { name: 'People', code: 'PPL', teams: ['Recruiting'] },
  { name: 'Sales', code: 'SAL', teams: ['Accounts', 'Partners'] },
];
const TEAM_COUNT = DEPARTMENTS.reduce((sum, { teams }) => sum + teams.length, 0);

const LOCATIONS = [
  { name: 'Head office', kind: 'office', countryCode: 'DE', timeZone: 'Europe/Berlin' },
  { name: 'Data centre', kind: 'data_centre', countryCode: 'NL', timeZone: 'Europe/Amsterdam' },
  { name: 'Remote', kind: 'remote', countryCode: 'US', timeZone: 'America/New_York' },
] as const;

const JOB_TITLES = ['Analyst', 'Specialist', 'Coordinator', 'Engineer', 'Administrator'];
/** Everybody had joined by the first day of the demonstration's calendar. */
const LONGEST_SERVICE_DAYS = 1_500;

interface Person {
  readonly id: string;
  readonly email: string;
}

export interface PlacedPerson {
  readonly userId: string;
  readonly departmentId: string;
}

/**
 * Spreads people over the teams in turn; the first of each team leads it.
 *
 * @returns where each of them works
 */
export async function seedOrganisation(tx: TenantTx, people: readonly Person[]): Promise<PlacedPerson[]> {
  const { memberships, userAssignments } = orgTables(tx);
  const { tenantId } = tx;
  const teams = await seedTeams(tx, people);
  const locations = await seedLocations(tx);
  const placed = people.flatMap(({ id, email }, at) => {
    const team = teams[at % teams.length];
    return team ? [{ userId: id, email, at, team, lead: people[at % teams.length] }] : [];
  });
  if (placed.length === 0) return [];
  const membershipRows = placed.map(({ userId, at, team }) => {
    const position = at < teams.length ? ('lead' as const) : ('member' as const);
    return { tenantId, userId, teamId: team.id, position };
  });
  await tx.insert(memberships).values(membershipRows).onConflictDoNothing();
  const assignmentRows = placed.map(({ userId, email, at, team, lead }) => ({
    tenantId,
    userId,
    departmentId: team.departmentId,
    locationId: locations[drawn(`location:${email}`, locations.length)]?.id ?? null,
    managerUserId: lead && lead.id !== userId ? lead.id : null,
    jobTitle: JOB_TITLES[drawn(`job:${email}`, JOB_TITLES.length)] ?? null,
    employeeNumber: `E${String(at + 1).padStart(5, '0')}`,
    source: 'import' as const,
    startsOn: demonstrationDate(-1 - drawn(`start:${email}`, LONGEST_SERVICE_DAYS)),
  }));
  await tx.insert(userAssignments).values(assignmentRows).onConflictDoNothing();
  return placed.map(({ userId, team }) => ({ userId, departmentId: team.departmentId }));
}

/** @returns the teams by department and name */
async function seedTeams(tx: TenantTx, people: readonly Person[]) {
  const { departments, teams } = orgTables(tx);
  const root = await findOrAddDepartment(tx, {
    name: 'Company',
    code: 'ALL',
    parentId: null,
    head: people[0],
  });
  let firstTeam = 0;
  for (const { name, code, teams: names } of DEPARTMENTS) {
    const head = people[firstTeam];
    const departmentId = await findOrAddDepartment(tx, { name, code, parentId: root, head });
    const rows = names.map((team) => ({ tenantId: tx.tenantId, departmentId, name: team }));
    await tx.insert(teams).values(rows).onConflictDoNothing();
    firstTeam += names.length;
  }
  const sameDepartment = and(
    eq(departments.tenantId, teams.tenantId),
    eq(departments.id, teams.departmentId),
  );
  // A tenant that was multiplied, or grew by itself, has departments of other codes.
  const codes = DEPARTMENTS.map(({ code }) => code);
  return tx
    .select({ id: teams.id, departmentId: teams.departmentId })
    .from(teams)
    .innerJoin(departments, sameDepartment)
    .where(and(isNull(teams.deletedAt), inArray(departments.code, codes)))
    .orderBy(asc(departments.name), asc(teams.name))
    .limit(TEAM_COUNT);
}

async function seedLocations(tx: TenantTx) {
  const { locations } = orgTables(tx);
  const rows = LOCATIONS.map((location) => ({ ...location, tenantId: tx.tenantId }));
  await tx.insert(locations).values(rows).onConflictDoNothing();
  return tx
    .select({ id: locations.id })
    .from(locations)
    .where(isNull(locations.deletedAt))
    .orderBy(asc(locations.name))
    .limit(LOCATIONS.length);
}

interface WantedDepartment {
  readonly name: string;
  readonly code: string;
  readonly parentId: string | null;
  readonly head: Person | undefined;
}

async function findOrAddDepartment(tx: TenantTx, wanted: WantedDepartment): Promise<string> {
  const { name, code, parentId, head } = wanted;
  const { departments } = orgTables(tx);
  const above = parentId === null ? isNull(departments.parentId) : eq(departments.parentId, parentId);
  const [known] = await tx
    .select({ id: departments.id })
    .from(departments)
    .where(and(eq(departments.name, name), above, isNull(departments.deletedAt)));
  if (known) return known.id;
  const [added] = await tx
    .insert(departments)
    .values({ tenantId: tx.tenantId, name, code, parentId, headUserId: head?.id ?? null })
    .returning({ id: departments.id });
  if (!added) throw new Error('INSERT RETURNING gave no row');
  return added.id;
}
