/**
 * What keeps tenants apart, as the catalogue has it, for the attack on isolation: the rules that concern it, the rights that
 * nobody needs, and code that nobody reviewed. An attempt meets what is open now; this finds what
 * would open on a day, at a word, or for a row that nobody has yet.
 */
import type pg from 'pg';
import { differenceAt, findingsOf, rightsRules } from '../rights/index.ts';
import { schemaPlacements } from '../schema-tier/index.ts';
import { builtInRule, findAlteredBuiltIns } from './built-ins.ts';
import { catalogueRules } from './catalogue.ts';
import { findGathered } from './catalogue-rule.ts';
import type { CheckReport, Finding } from './finding.ts';
import type { DefinedInstance } from './index.ts';
import { gatherRelations } from './relations.ts';
import { findUnreviewed, reviewedRule } from './reviewed-functions.ts';
import { checkHistory } from './series.ts';

/** Names of rules; the others are about what rows hold, how long they are kept and how fast they are found. */
const WALLS = `
  role-has-no-special-attributes role-is-no-member role-creates-nothing
  only-the-administrator-becomes-the-owner role-sets-no-guarded-parameter session-begins-without-settings
  no-stranger-is-exempt namespace-owned-by-a-module objects-owned-by-dmz-owner
  nothing-outside-the-modules nothing-across-the-database publication-names-its-tables
  extension-is-closed table-has-kind table-has-no-heirs
  no-sequence relation-can-be-guarded view-runs-as-its-caller
  reference-table-has-no-tenant platform-table-not-writable control-table-not-readable
  row-security-forced tenant-policy no-policy-widens policy-is-asked-first
  tenant-id-column unique-key-begins-with-tenant foreign-key-begins-with-tenant
  platform-table-points-at-no-tenant-row constraint-binds-at-once no-rewrite-rule
  partition-has-no-grants partition-has-its-parents-indexes partition-has-no-trigger-of-its-own
  function-has-fixed-search-path function-stays-behind-the-wall function-owned-by-dmz-owner
  function-not-for-public new-functions-not-for-public nothing-granted-to-public
  application-cannot-change-tables granted-to-known-roles
  every-tenant-reads-references-alone nothing-granted-in-advance`;

const wallRules = WALLS.trim()
  .split(/\s+/)
  .map((name) => {
    const rule = catalogueRules.find((each) => each.name === name);
    if (!rule) throw new Error(`no rule of the catalogue is called ${name}`);
    return rule;
  });

/**
 * @param client    an administrator's, in a transaction that is rolled back, with an empty search_path
 * @param adminUrl  of the same server
 * @returns undefined where the database is not at this version: what was reviewed is another one then
 */
export async function checkWalls(
  client: pg.Client,
  { namespaces, needs }: DefinedInstance,
  adminUrl: string,
): Promise<CheckReport | undefined> {
  if ((await checkHistory(client)).length > 0) return undefined;
  // Before relations are gathered: what is granted in advance would be granted on them too.
  const { unneeded } = await differenceAt(client, needs);
  await gatherRelations(client, namespaces);
  const findings: Finding[] = [];
  for (const rule of wallRules) findings.push(...(await findGathered(client, rule, namespaces)));
  findings.push(...findingsOf({ unneeded, missing: [] }));
  findings.push(...(await findUnreviewed(client, namespaces, await schemaPlacements(client))));
  findings.push(...((await findAlteredBuiltIns(client, adminUrl)) ?? []));
  return { checked: wallRules.length + [rightsRules.unneeded, reviewedRule, builtInRule].length, findings };
}
