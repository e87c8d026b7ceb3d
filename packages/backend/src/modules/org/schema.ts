/** How a tenant is organised, who belongs where, and what the tenant decided for all of its people. */
import { date, text, uuid } from 'drizzle-orm/pg-core';
import {
  defineModule,
  described,
  pii,
  type TableKit,
  type TableRef,
  type Targets,
} from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { filesTargets } from '../files/schema.ts';
import { publicTargets } from '../public/schema.ts';
import { complianceTables } from './tables/compliance.ts';
import { tenantChoiceTables } from './tables/tenant-choices.ts';

export const orgTables = defineModule('org', (kit) => {
  const units = unitTables(kit);
  return {
    ...units,
    ...membershipTables(kit, units.teams),
    ...assignmentTables(kit, units),
    ...tenantChoiceTables(kit, { ...publicTargets, ...filesTargets }),
    ...complianceTables(kit, publicTargets.regulatoryFrameworks, authTargets.users),
  };
});

/** The parts that a tenant consists of. */
function unitTables({ tenantTable, to }: TableKit) {
  const { users } = authTargets;

  const departments = tenantTable(
    'departments',
    'Departments of a tenant, as a tree.',
    {
      name: text('name').notNull(),
      code: described(text('code'), 'The tenant’s own short name for it, as its HR system knows it.'),
      parentId: described(uuid('parent_id'), 'The department above; null at the top.'),
      headUserId: described(uuid('head_user_id'), 'The person who leads it.'),
      costCenter: described(text('cost_center'), 'costCenter of RFC 7643, section 4.3.'),
    },
    {
      recoverable: true,
      unique: [['parentId', 'name'], ['code']],
      references: [to('self', 'parentId'), to(users, 'headUserId')],
      indexes: { 'departments below one, and its deletion': ['parentId'] },
      checks: { not_its_own_parent: `"parent_id" <> "id"` },
    },
  );

  const teams = tenantTable(
    'teams',
    'Teams of a department.',
    {
      departmentId: uuid('department_id').notNull(),
      name: text('name').notNull(),
      description: text('description'),
    },
    {
      recoverable: true,
      unique: [['departmentId', 'name']],
      references: [to(departments, 'departmentId')],
      indexes: { 'teams of a department, and its deletion': ['departmentId'] },
    },
  );

  const placeOfMail = (name: string) =>
    pii(text(name), { category: 'contact', purpose: 'naming where a location is', onErasure: 'null' });

  const locations = tenantTable(
    'locations',
    'Places where a tenant’s people work.',
    {
      name: text('name').notNull(),
      kind: text('kind', { enum: ['office', 'data_centre', 'plant', 'shop', 'remote'] })
        .notNull()
        .default('office'),
      streetAddress: placeOfMail('street_address'),
      postalCode: placeOfMail('postal_code'),
      locality: described(placeOfMail('locality'), 'City or town (RFC 7643, section 4.1.2).'),
      region: described(text('region'), 'State or province; ISO 3166-2 where there is a code.'),
      countryCode: described(text('country_code').notNull(), 'Its law holds for the people who work there.'),
      timeZone: described(text('time_zone').notNull(), 'IANA time zone, such as Europe/Berlin.'),
    },
    {
      subject: 'nobody',
      recoverable: true,
      unique: [['name']],
      references: [to(publicTargets.countries, 'countryCode')],
      checks: { time_zone_form: `"time_zone" ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$'` },
    },
  );

  return { departments, teams, locations };
}

/** Who works with whom. */
function membershipTables({ tenantTable, to }: TableKit, teams: TableRef) {
  const memberships = tenantTable(
    'memberships',
    'Which person belongs to which team, and as what.',
    {
      userId: uuid('user_id').notNull(),
      teamId: uuid('team_id').notNull(),
      position: text('position', { enum: ['member', 'lead'] })
        .notNull()
        .default('member'),
    },
    {
      unique: [['userId', 'teamId']],
      references: [to(authTargets.users, 'userId', 'cascade'), to(teams, 'teamId')],
    },
  );

  return { memberships };
}

/** Who works where. */
function assignmentTables(
  { tenantTable, to }: TableKit,
  { departments, locations }: ReturnType<typeof unitTables>,
) {
  const { users } = authTargets;

  const userAssignments = tenantTable(
    'user_assignments',
    'Where a person works, as what and under whom, over time (RFC 7643, section 4.3). Who had to complete what is answered from it.',
    {
      userId: uuid('user_id').notNull(),
      departmentId: uuid('department_id'),
      locationId: uuid('location_id'),
      managerUserId: described(
        uuid('manager_user_id'),
        'Whom escalations and reports about the person go to.',
      ),
      jobTitle: pii(text('job_title'), {
        category: 'identity',
        purpose: 'choosing training that fits the work',
        onErasure: 'delete_row',
      }),
      employeeNumber: pii(text('employee_number'), {
        category: 'identity',
        purpose: 'matching the HR system’s records',
        onErasure: 'delete_row',
      }),
      employment: text('employment', { enum: ['employee', 'contractor', 'temporary', 'intern'] })
        .notNull()
        .default('employee'),
      organization: described(text('organization'), 'Legal entity that employs the person.'),
      division: text('division'),
      costCenter: described(text('cost_center'), 'Null for the department’s own.'),
      source: described(
        text('source', { enum: ['manual', 'scim', 'hris', 'import'] })
          .notNull()
          .default('manual'),
        'Who keeps it: what a directory keeps is not edited by hand.',
      ),
      startsOn: date('starts_on').notNull(),
      endsOn: described(date('ends_on'), 'Last day; null while it goes on.'),
    },
    {
      unique: [['userId', 'startsOn']],
      references: [
        to(users, 'userId', 'cascade'),
        to(departments, 'departmentId'),
        to(locations, 'locationId'),
        to(users, 'managerUserId'),
      ],
      indexes: { 'the person of an employee number': ['employeeNumber'] },
      checks: {
        days_in_order: `"ends_on" >= "starts_on"`,
        manager_is_another: `"manager_user_id" <> "user_id"`,
      },
    },
  );

  return { userAssignments };
}

/** What other modules' foreign keys may point at. Its type says no more, so that theirs need not wait for it. */
export const orgTargets: Targets<'departments' | 'teams'> = orgTables;

export const {
  schema,
  departments,
  teams,
  locations,
  memberships,
  userAssignments,
  tenantSettings,
  tenantBranding,
  tenantSecurityProfiles,
  tenantAllowedNetworks,
  tenantFrameworks,
  tenantRetentionPolicies,
} = orgTables.canonical;
