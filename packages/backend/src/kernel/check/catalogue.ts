/** The live database against the kinds of table and the roles of DESIGN sections 4, 5 and 10: every rule, once. */
import type { ClientBase } from 'pg';
import { type CatalogueRule, findGathered } from './catalogue-rule.ts';
import type { CheckReport, Finding } from './finding.ts';
import { gatherRelations } from './relations.ts';
import { appendOnlyRules } from './rules/append-only.ts';
import { columnRules } from './rules/columns.ts';
import { constraintRules } from './rules/constraints.ts';
import { functionRules } from './rules/functions.ts';
import { indexRules } from './rules/indexes.ts';
import { kindRules } from './rules/kinds.ts';
import { namespaceRules } from './rules/namespaces.ts';
import { partitionRules } from './rules/partitions.ts';
import { personalDataRules } from './rules/personal-data.ts';
import { privilegeRules } from './rules/privileges.ts';
import { pseudonymRules } from './rules/pseudonyms.ts';
import { ROLE_EXISTS, roleRules } from './rules/roles.ts';
import { rowSecurityRules } from './rules/row-security.ts';
import { secretRules } from './rules/secrets.ts';
import { strangerRules } from './rules/strangers.ts';
import { tenantTableRules } from './rules/tenant-tables.ts';

export const catalogueRules: readonly CatalogueRule[] = [
  ...roleRules,
  ...namespaceRules,
  ...strangerRules,
  ...kindRules,
  ...tenantTableRules,
  ...rowSecurityRules,
  ...constraintRules,
  ...appendOnlyRules,
  ...partitionRules,
  ...columnRules,
  ...personalDataRules,
  ...secretRules,
  ...pseudonymRules,
  ...indexRules,
  ...functionRules,
  ...privilegeRules,
];

/**
 * @param client      an administrator's connection, in a transaction that could write, and cannot from then on; its
 *                    search_path is empty: expressions of the catalogue are printed with the names that it does not hide
 * @param namespaces  the modules' names
 */
export async function checkCatalogue(
  client: ClientBase,
  namespaces: readonly string[],
): Promise<CheckReport> {
  await gatherRelations(client, namespaces);
  const findings: Finding[] = [];
  for (const rule of catalogueRules) {
    findings.push(...(await findGathered(client, rule, namespaces)));
    // Later rules ask what a role may do, which is an error where there is none.
    if (findings.some((finding) => finding.rule === ROLE_EXISTS)) break;
  }
  return { checked: catalogueRules.length, findings };
}
