/** The wall between tenants stays up: row-level security is forced, and a policy compares with the tenant of the context. */
import { isDeepStrictEqual } from 'node:util';
import { parseSync } from 'pgsql-parser';
import { statementsOf } from '../../../schema-tier/series-names.ts';
import { isNode, type TableName, tableOf, withoutPlaces } from '../../../schema-tier/syntax-tree.ts';
import { type Breach, named, namedIn, type Scene, type StatementRule } from '../lint-rule.ts';
import { alterationsOf, droppedBy, qualify } from '../read-alteration.ts';
import { conjunctsOf } from '../read-expression.ts';
import type { Statement } from '../read-migration.ts';

const ISOLATION =
  'CREATE POLICY tenant_isolation … USING (tenant_id = (SELECT dmz.current_tenant())), the same in WITH CHECK';

const loosened: StatementRule = {
  name: 'row-security-loosened',
  danger:
    'Without forced row-level security a forgotten WHERE shows one tenant the rows of another; the owner, and every SECURITY DEFINER function, stands behind it too.',
  remedy:
    'leave it ENABLED and FORCED. To check a foreign key, NO FORCE and FORCE belong in one transaction, or VALIDATE it in a file with `-- role: administrator`',
  bad: 'ALTER TABLE game.sessions NO FORCE ROW LEVEL SECURITY;',
  safe: [
    'ALTER TABLE game.sessions NO FORCE ROW LEVEL SECURITY;\nALTER TABLE game.sessions ADD COLUMN mood text;\nALTER TABLE game.sessions FORCE ROW LEVEL SECURITY;',
  ],
  findIn: (statement, scene) =>
    alterationsOf(statement).flatMap(({ table, subtype }): Breach[] => {
      const object = named(table);
      if (subtype === 'AT_DisableRowSecurity')
        return [{ object, found: `It disables row-level security of ${object}` }];
      if (subtype !== 'AT_NoForceRowSecurity' || isForcedAgain(table, scene)) return [];
      return [{ object, found: `It no longer forces row-level security of ${object}` }];
    }),
};

/** In a transaction nobody sees the table between the two, since the first one locks it. */
function isForcedAgain(table: TableName, { inTransaction, after }: Scene): boolean {
  const forced = after
    .flatMap(alterationsOf)
    .some((each) => each.subtype === 'AT_ForceRowSecurity' && named(each.table) === named(table));
  return inTransaction && forced;
}

const weakened: StatementRule = {
  name: 'policy-weakened',
  danger:
    'Permissive policies are joined by OR, so one that is always true, or asks for something else, opens what the others close; without any, nobody reads anything.',
  remedy: `${ISOLATION}; what narrows further is AS RESTRICTIVE`,
  bad: 'DROP POLICY tenant_isolation ON game.sessions;\nCREATE POLICY tenant_isolation ON game.sessions USING (true);',
  safe: ['CREATE POLICY only_open ON game.sessions AS RESTRICTIVE FOR UPDATE USING (day < 10);'],
  findIn: (statement, scene) => [...droppedPolicies(statement, scene), ...writtenPolicies(statement, scene)],
};

function droppedPolicies(statement: Statement, { inTransaction, after }: Scene): Breach[] {
  return droppedBy(statement)
    .filter(({ type }) => type === 'OBJECT_POLICY')
    .flatMap(({ parts }) => {
      const [table, policy] = [qualify(parts.slice(0, -1)), String(parts.at(-1))];
      const again = after.some(({ kind, node }) => {
        const on = tableOf(node.table);
        return kind === 'CreatePolicyStmt' && node.policy_name === policy && on && named(on) === named(table);
      });
      if (again && inTransaction) return [];
      return [{ object: namedIn(table, policy), found: `It drops the policy ${policy} of ${named(table)}` }];
    });
}

function writtenPolicies({ kind, node }: Statement, { catalogue }: Scene): Breach[] {
  const table = tableOf(node.table);
  if (!table || catalogue.isSmall(table)) return [];
  // ALTER POLICY does not say which sort the policy is of, so it is taken for one that opens.
  const opens = kind === 'AlterPolicyStmt' || (kind === 'CreatePolicyStmt' && node.permissive === true);
  if (!opens) return [];
  const object = namedIn(table, String(node.policy_name));
  return ['qual', 'with_check']
    .filter((part) => node[part] !== undefined && !comparesTenant(node[part]))
    .map((part) => ({
      object,
      found: `${part === 'qual' ? 'USING' : 'WITH CHECK'} of the policy ${object} does not compare tenant_id with the context`,
    }));
}

/** One condition that must hold is exactly the comparison that every table of tenants is made with. */
const comparesTenant = (expression: unknown): boolean => {
  const [wanted] = conjunctsOf(parsedExpression('tenant_id = (SELECT dmz.current_tenant())'));
  return conjunctsOf(expression).some((each) =>
    isDeepStrictEqual(withoutPlaces(each), withoutPlaces(wanted)),
  );
};

function parsedExpression(text: string): unknown {
  const [select] = statementsOf(parseSync(`SELECT 1 WHERE ${text}`));
  return select && isNode(select.SelectStmt) ? select.SelectStmt.whereClause : undefined;
}

const validatedBehind: StatementRule = {
  name: 'validate-behind-row-security',
  danger:
    'The owner validates a foreign key by a query that forced row-level security binds too: it succeeds on empty tables, and fails with ZD001 on the first one with rows.',
  remedy:
    'begin the file with `-- role: administrator`, whom policies do not bind; the lock stays SHARE UPDATE EXCLUSIVE',
  bad: 'ALTER TABLE game.sessions VALIDATE CONSTRAINT sessions_id_fk;',
  safe: [
    'ALTER TABLE game.sessions ADD CONSTRAINT sessions_id_fk FOREIGN KEY (tenant_id, id) REFERENCES game.actions (tenant_id, id) NOT VALID;',
    '-- role: administrator\n-- phase: expand\nALTER TABLE game.sessions VALIDATE CONSTRAINT sessions_id_fk;',
  ],
  findIn: (statement, { catalogue, file }) => {
    if (file.header.asAdministrator) return [];
    return alterationsOf(statement)
      .filter(
        ({ subtype, table }) => subtype === 'AT_ValidateConstraint' && catalogue.belongsToTenants(table),
      )
      .filter(({ table, name }) => {
        // A CHECK or a NOT NULL is validated by reading the table itself, which no policy binds.
        const type = catalogue.table(table)?.constraints.get(name)?.type;
        return type === 'foreign' || type === undefined;
      })
      .map(({ table, name }) => ({
        object: namedIn(table, name),
        found: `The owner validates ${namedIn(table, name)}, which is or may be a foreign key`,
      }));
  },
};

export const rowSecurityRules = [loosened, weakened, validatedBehind] as const;
