/** Who the multiplied people are, and where they work. */
import { createHash } from 'node:crypto';
import { demonstrationDate, drawn } from '../kernel/demonstration.ts';
import type { ScaledPerson, ScaledTable } from './scaled-table.ts';

/** Random in form (RFC 9562, section 5.4); from the address, because demonstration data has no secrets to keep. */
export function pseudonymOf({ email }: ScaledPerson): string {
  const hex = createHash('sha256').update(email).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const peopleTables: readonly ScaledTable[] = [
  {
    name: 'auth.users',
    columns: ['id', 'email', 'display_name'],
    rowsOf: (person) => [[person.id('auth.users'), person.email, person.displayName]],
  },
  {
    name: 'auth.user_roles',
    columns: ['id', 'user_id', 'role_id'],
    rowsOf: (person, { roleId }) => [[person.id('auth.user_roles'), person.id('auth.users'), roleId]],
  },
  {
    name: 'governance.pseudonyms',
    columns: ['id', 'user_id', 'purpose', 'pseudonym_id'],
    rowsOf: (person) => [
      [person.id('governance.pseudonyms'), person.id('auth.users'), 'analytics', pseudonymOf(person)],
    ],
  },
  {
    name: 'org.memberships',
    columns: ['id', 'user_id', 'team_id'],
    rowsOf: (person, { teams }) => {
      const team = teams[person.number % teams.length];
      return team ? [[person.id('org.memberships'), person.id('auth.users'), team.id]] : [];
    },
  },
  {
    name: 'org.user_assignments',
    columns: ['id', 'user_id', 'department_id', 'source', 'starts_on'],
    rowsOf: (person, { teams }) => {
      const team = teams[person.number % teams.length];
      if (!team) return [];
      const startsOn = demonstrationDate(-1 - drawn(`start:${person.email}`, 1_500));
      return [
        [person.id('org.user_assignments'), person.id('auth.users'), team.departmentId, 'import', startsOn],
      ];
    },
  },
];
