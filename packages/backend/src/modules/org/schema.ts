/** How a tenant is organised: departments as a tree, teams within them, and who belongs where. */
import { text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described } from '../../kernel/db/index.ts';
import { authTables } from '../auth/schema.ts';

export const orgTables = defineModule('org', ({ tenantTable, to }) => {
  const departments = tenantTable(
    'departments',
    'Departments of a tenant, as a tree.',
    {
      name: text('name').notNull(),
      parentId: described(uuid('parent_id'), 'The department above; null at the top.'),
    },
    {
      recoverable: true,
      unique: [['parentId', 'name']],
      references: [to('self', 'parentId')],
      checks: { not_its_own_parent: `"parent_id" <> "id"` },
    },
  );

  const teams = tenantTable(
    'teams',
    'Teams of a department.',
    { departmentId: uuid('department_id').notNull(), name: text('name').notNull() },
    { recoverable: true, unique: [['departmentId', 'name']], references: [to(departments, 'departmentId')] },
  );

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
      references: [to(authTables.users, 'userId', 'cascade'), to(teams, 'teamId')],
    },
  );

  return { departments, teams, memberships };
});

export const { schema, departments, teams, memberships } = orgTables.canonical;
