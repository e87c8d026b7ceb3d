/** Who may do what only ever grows by what a kind of table allows; roles never gain what goes round the walls. */
import { isNode, type Node, nameOf, type TableName, tableOf } from '../../../schema-tier/syntax-tree.ts';
import { type Breach, named, type Scene, type StatementRule } from '../lint-rule.ts';
import { alterationsOf, isOn, optionsOf, partsOf } from '../read-alteration.ts';
import { listOf } from '../read-list.ts';
import type { Statement } from '../read-migration.ts';

const OWNER = 'dmz_owner';
const APPLICATION = ['dmz_app', 'dmz_tenant'];
const EVERY_RIGHT = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain'];
const OF_CHANGE = ['update', 'delete', 'truncate'];
const NEVER_FOR_APPLICATION = ['truncate', 'references', 'trigger', 'maintain'];
const WRITES = ['insert', 'update', 'delete'];

const widened: StatementRule = {
  name: 'grant-widened',
  danger:
    'A right that the kind of the table forbids undoes it for good: what is append-only could be changed, what is the platform’s could be written, and what PUBLIC has every role has.',
  remedy:
    'grant to named roles what the kind allows: of append-only tables SELECT and INSERT, of reference tables SELECT, of control tables nothing to the application',
  bad: 'GRANT SELECT, INSERT, DELETE ON game.events TO dmz_maintenance;',
  safe: ['GRANT SELECT, INSERT ON game.events TO dmz_maintenance;'],
  findIn: (statement, scene) => {
    const { kind, node } = statement;
    if (kind === 'AlterTableStmt') return newOwners(statement);
    if (kind === 'AlterDefaultPrivilegesStmt' && isNode(node.action) && node.action.is_grant === true)
      return [
        { object: granteesOf(node.action).join(', '), found: 'It grants rights on whatever is made next' },
      ];
    if (kind !== 'GrantStmt' || node.is_grant !== true) return [];
    const roles = granteesOf(node);
    const subjects = subjectsOf(node, scene);
    return [
      ...(roles.includes('PUBLIC')
        ? [{ object: subjects.text, found: `It grants rights on ${subjects.text} to PUBLIC` }]
        : []),
      ...(node.grant_option === true
        ? [{ object: subjects.text, found: `It lets ${roles.join(', ')} pass on rights on ${subjects.text}` }]
        : []),
      ...subjects.tables.flatMap((table) =>
        roles.flatMap((role) => beyondKind(table, role, rightsOf(node), scene)),
      ),
    ];
  },
};

/** An owner can take the guards away. */
function newOwners(statement: Statement): Breach[] {
  return alterationsOf(statement)
    .filter(({ subtype, command }) => subtype === 'AT_ChangeOwner' && isNode(command.newowner))
    .map(({ table, command }) => ({ table, owner: isNode(command.newowner) ? roleIn(command.newowner) : '' }))
    .filter(({ owner }) => owner !== OWNER)
    .map(({ table, owner }) => ({
      object: named(table),
      found: `It makes ${owner} the owner of ${named(table)}`,
    }));
}

function beyondKind(
  table: TableName,
  role: string,
  rights: readonly string[],
  { catalogue }: Scene,
): Breach[] {
  const kind = catalogue.kindOf(table);
  const isApplication = APPLICATION.includes(role);
  const forbidden = [
    ...(catalogue.isAppendOnly(table) ? OF_CHANGE : []),
    ...(isApplication ? NEVER_FOR_APPLICATION : []),
    ...(isApplication && kind === 'reference' ? WRITES : []),
    ...(isApplication && kind === 'control' ? [...WRITES, 'select'] : []),
  ];
  const found = rights.filter((right) => forbidden.includes(right)).map((right) => right.toUpperCase());
  const what = kind ? `${named(table)}, of the kind ${kind},` : named(table);
  return found.length === 0
    ? []
    : [{ object: named(table), found: `It grants ${role} ${found.join(', ')} on ${what}` }];
}

const rightsOf = ({ privileges }: Node): string[] => {
  const given = listOf(privileges).flatMap(({ AccessPriv }) =>
    isNode(AccessPriv) ? String(AccessPriv.priv_name) : [],
  );
  return given.length === 0 ? EVERY_RIGHT : given;
};

const granteesOf = ({ grantees, grantee_roles }: Node): string[] =>
  [...listOf(grantees), ...listOf(grantee_roles)].flatMap(({ RoleSpec }) =>
    isNode(RoleSpec) ? roleIn(RoleSpec) : [],
  );

const roleIn = ({ roletype, rolename }: Node): string =>
  roletype === 'ROLESPEC_PUBLIC' ? 'PUBLIC' : String(rolename ?? 'the current user');

function subjectsOf(node: Node, { catalogue }: Scene): { text: string; tables: readonly TableName[] } {
  const objects = listOf(node.objects);
  if (node.targtype === 'ACL_TARGET_ALL_IN_SCHEMA') {
    const schemas = nameOf(node.objects) ?? [];
    const tables =
      node.objtype === 'OBJECT_TABLE' ? schemas.flatMap((schema) => catalogue.tablesOf(schema)) : [];
    return { text: `everything in ${schemas.join(', ')}`, tables };
  }
  const tables = objects.flatMap(({ RangeVar }) => tableOf(RangeVar) ?? []);
  const names = objects.map((object) => {
    const table = tableOf(object.RangeVar);
    return table ? named(table) : partsOf(object).join('.');
  });
  return { text: names.join(', '), tables: node.objtype === 'OBJECT_TABLE' ? tables : [] };
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  superuser: 'SUPERUSER',
  bypassrls: 'BYPASSRLS',
  createrole: 'CREATEROLE',
  createdb: 'CREATEDB',
};
/** Members of these stand behind every wall. */
const POWERFUL = /^(dmz_owner|dmz_mover|pg_.*)$/;

const roleWidened: StatementRule = {
  name: 'role-widened',
  danger:
    'SUPERUSER and BYPASSRLS read every tenant’s rows whatever the policies say, and so does a member of the owner.',
  remedy: 'give the role a SECURITY DEFINER function that does the one thing it needs',
  bad: 'ALTER ROLE dmz_app BYPASSRLS;',
  safe: ['ALTER ROLE dmz_app NOBYPASSRLS;'],
  findIn: ({ kind, node }) => [...attributes(kind, node), ...memberships(kind, node)],
};

function attributes(kind: string, node: Node): Breach[] {
  if (kind !== 'AlterRoleStmt' && kind !== 'CreateRoleStmt') return [];
  const role = isNode(node.role) ? roleIn(node.role) : String(node.role);
  const options = optionsOf(node.options);
  return Object.entries(ATTRIBUTES)
    .filter(([option]) => isOn(options, option))
    .map(([, attribute]) => ({ object: role, found: `It makes ${role} ${attribute}` }));
}

function memberships(kind: string, node: Node): Breach[] {
  if (kind !== 'GrantRoleStmt' || node.is_grant !== true) return [];
  const given = listOf(node.granted_roles).flatMap(({ AccessPriv }) =>
    isNode(AccessPriv) ? String(AccessPriv.priv_name) : [],
  );
  return given
    .filter((role) => POWERFUL.test(role))
    .map((role) => ({ object: role, found: `It makes ${granteesOf(node).join(', ')} a member of ${role}` }));
}

export const rightRules = [widened, roleWidened] as const;
