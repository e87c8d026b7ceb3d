/**
 * What `migrate up` would do: every pending file, every statement of it with its locks, and the placements that it is for.
 * A schema of a tenant's own gets statements of its own, which are shown once for all of them.
 */

import type { Phase } from '../kernel/migrations/header.ts';
import { readMigrations } from '../kernel/migrations/journal.ts';
import { type PlannedStatement, planStatements } from '../kernel/migrations/plan.ts';
import { type FleetState, surveyFleet } from './fleet-status.ts';

export interface PlannedFile {
  readonly file: string;
  readonly phase: Phase;
  readonly completes: string | null;
  readonly inTransaction: boolean;
  readonly runs: readonly PlannedRun[];
}

export interface PlannedRun {
  readonly placements: readonly { readonly instance: string; readonly schema: string | null }[];
  /** Of schemas of tenants' own, as they are said at the first of them. */
  readonly statements: readonly PlannedStatement[];
}

/** @param controlUrl  an administrator's URL of the control database */
export async function planFleet(controlUrl: string, folder?: string): Promise<PlannedFile[]> {
  const series = readMigrations(folder);
  const states = await surveyFleet(controlUrl, series, folder);
  const planned: PlannedFile[] = [];
  for (const { tag, phase, completes = null, inTransaction } of series) {
    const lacking = states.filter(({ pending }) => pending.some((each) => each.tag === tag));
    const groups = [
      lacking.filter(({ schema }) => schema === null),
      lacking.filter(({ schema }) => schema !== null),
    ];
    const runs: PlannedRun[] = [];
    for (const group of groups) if (group.length > 0) runs.push(await planRun(tag, group));
    if (runs.length > 0) planned.push({ file: tag, phase, completes, inTransaction, runs });
  }
  return planned;
}

async function planRun(tag: string, states: readonly FleetState[]): Promise<PlannedRun> {
  const said = states.flatMap(({ pending }) => pending.filter((each) => each.tag === tag))[0];
  return {
    placements: states.map(({ instance, schema }) => ({ instance, schema })),
    statements: said ? await planStatements(said) : [],
  };
}
