/**
 * Rights that are held against rights that are needed, both ways: what nobody needs is too much, and what is needed and not
 * held fails somebody. At every placement alike.
 */
import type { Finding } from '../check/finding.ts';
import { tenantRole } from '../db/index.ts';
import { type HeldRight, keyOf, type Need, OWN_SCHEMA, OWN_SCHEMA_ROLE, type Right } from './right.ts';

export const rightsRules = {
  unneeded: 'grant-without-a-need',
  missing: 'need-without-a-grant',
} as const;

const REMEDIES = {
  unneeded:
    'revoke it: `pnpm dmz db generate revoke_<what> --rights` writes the migration; or, where something does need it, say so in src/rights',
  missing: 'grant it: `pnpm dmz db generate grant_<what> --rights` writes the migration',
} as const;

export interface RightsDifference {
  readonly unneeded: readonly HeldRight[];
  /** The same need stands here for each place that lacks it. */
  readonly missing: readonly HeldRight[];
}

/** @param ownSchemas  schemas of tenants' own in the database */
export function compareRights(
  held: readonly HeldRight[],
  needs: readonly Need[],
  ownSchemas: readonly string[],
): RightsDifference {
  const wanted = new Map(needs.map((need) => [keyOf(need), need]));
  const present = new Set(held.map((right) => placedKey(right, right.placement)));
  const isMet = (need: Need, placement: string | null) =>
    [need, ...onWholeTable(need)].some((right) => present.has(placedKey(right, placement)));
  const missing = [...wanted.values()].flatMap((need) =>
    (need.at === 'database' ? [null] : ownSchemas)
      .filter((placement) => !isMet(need, placement))
      .map((placement) => ({ ...need, ...nameAt(need, placement), placement })),
  );
  return { unneeded: held.filter((right) => !wanted.has(keyOf(right))), missing };
}

const placedKey = (right: Right, placement: string | null) => `${keyOf(right)} | ${placement}`;

/** A right on a table is one on each of its columns, too much as it may be. */
export const onWholeTable = (right: Right): Right[] =>
  right.on === 'column' ? [{ ...right, on: 'table', object: right.object.replace(/\.[^.]+$/, '') }] : [];

/** What is called otherwise at a placement, as its finding says it. */
function nameAt({ role, object, on }: Need, placement: string | null) {
  if (placement === null) return { heldBy: role, heldOn: object };
  const heldBy = role === OWN_SCHEMA_ROLE ? tenantRole(placement) : role;
  if (object === OWN_SCHEMA) return { heldBy, heldOn: placement };
  if (object === OWN_SCHEMA_ROLE) return { heldBy, heldOn: tenantRole(placement) };
  const isThere = ['table', 'column', 'function'].includes(on);
  return { heldBy, heldOn: isThere ? `${placement}.${object.replace('.', '_')}` : object };
}

/** @returns a finding for each object and role */
export function findingsOf({ unneeded, missing }: RightsDifference): Finding[] {
  return [
    ...inFindings(unneeded, rightsRules.unneeded, REMEDIES.unneeded, 'which no use case needs'),
    ...inFindings(missing, rightsRules.missing, REMEDIES.missing, 'which it needs and does not have'),
  ];
}

function inFindings(rights: readonly HeldRight[], rule: string, remedy: string, what: string): Finding[] {
  const together = new Map<string, HeldRight[]>();
  for (const right of rights) {
    const name = `${right.on} ${right.heldOn} ${right.heldBy}`;
    together.set(name, [...(together.get(name) ?? []), right]);
  }
  return [...together.values()].map((alike) => findingOf(alike, rule, remedy, what));
}

function findingOf(alike: readonly HeldRight[], rule: string, remedy: string, what: string): Finding {
  const [first] = alike;
  const privileges = [...new Set(alike.map(({ privilege }) => privilege))].sort().join(', ');
  const useCases = [...new Set(alike.flatMap((right) => ('useCase' in right ? String(right.useCase) : [])))];
  const why = useCases.length > 0 ? `: ${useCases.slice(0, 3).join(', ')}` : '';
  const object = `${first?.on} ${first?.heldOn}`.trim();
  return { rule, object, detail: `${first?.heldBy}: ${privileges}, ${what}${why}`, remedy };
}
