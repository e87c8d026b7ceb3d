/**
 * The migration that makes a database's rights those that are needed. What is missing comes first, in a file that expands;
 * once nothing is, the next file takes away what nobody needs, and so contracts.
 */

import { writeMigration } from '../kernel/migrations/generate.ts';
import { readMigrations } from '../kernel/migrations/journal.ts';
import {
  type HeldRight,
  keyOf,
  type NamedRight,
  type Need,
  onWholeTable,
  rightStatements,
  rightsDifference,
} from '../kernel/rights/index.ts';
import { platformNeeds } from './index.ts';

export interface RightsMigration {
  /** Undefined where rights are as they should be. */
  readonly tag: string | undefined;
  readonly byHand: readonly NamedRight[];
}

/**
 * @param adminUrl  a database with every migration
 * @throws MIGRATION_NAME_INVALID, STACK_*
 */
export async function writeRightsMigration(adminUrl: string, name: string): Promise<RightsMigration> {
  const needs = platformNeeds();
  const { missing, unneeded } = await rightsDifference(adminUrl, needs);
  const grants = rightStatements('GRANT', inModules(missing));
  if (grants.statements.length > 0)
    return { tag: writeMigration(name, grants.statements), byHand: grants.byHand };
  const revokes = rightStatements('REVOKE', inModules(unneeded));
  const byHand = [...grants.byHand, ...revokes.byHand];
  if (revokes.statements.length === 0) return { tag: undefined, byHand };
  const left = rightStatements('GRANT', columnsLeft(unneeded, needs)).statements;
  const header = `-- phase: contract\n-- completes: ${lastExpansion()}\n`;
  return { tag: writeMigration(name, [...revokes.statements, ...left], header), byHand };
}

/** The same at tenants' own schemas follows from it. */
const inModules = (rights: readonly HeldRight[]): NamedRight[] =>
  rights
    .filter(({ placement }) => placement === null)
    .map(({ heldBy, heldOn, on, privilege }) => ({ role: heldBy, on, name: heldOn, privilege }));

/** PostgreSQL takes a right on a table away from each column too, so columns are granted anew. */
function columnsLeft(unneeded: readonly HeldRight[], needs: readonly Need[]): NamedRight[] {
  const revoked = new Set(unneeded.map(keyOf));
  const left = needs.filter((need) => onWholeTable(need).some((right) => revoked.has(keyOf(right))));
  const columns = left.filter(({ at }) => at === 'database').map((need) => [keyOf(need), need] as const);
  return [...new Map(columns).values()].map((need) => ({ ...need, name: need.object }));
}

function lastExpansion(): string {
  const last = readMigrations().findLast(({ phase }) => phase === 'expand');
  if (!last) throw new Error('A series begins with an expansion.');
  return last.tag;
}
