/**
 * Whether files and databases tell one story: the files are those of the main branch, each placement has applied exactly
 * them, in order. It writes nothing.
 */
import type { CheckReport, Finding } from '../kernel/check/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import { readMigrations } from '../kernel/migrations/journal.ts';
import { verifyMergedFiles } from '../kernel/migrations/merged-files.ts';
import { type FleetState, surveyFleet } from './fleet-status.ts';

export interface VerifyReport extends CheckReport {
  /** What the files were compared with. */
  readonly source: string;
}

const FILES = 'migration-files-unchanged';
const PLACEMENT = 'placement-has-these-migrations';

/** @param controlUrl  an administrator's URL of the control database */
export async function verifyFleet(controlUrl: string, folder?: string): Promise<VerifyReport> {
  const { source, findings } = verifyFiles(folder);
  if (findings.some(({ rule }) => rule !== FILES)) return { checked: 1, findings, source };
  const states = await surveyFleet(controlUrl, readMigrations(folder), folder);
  return { checked: 1 + states.length, findings: [...findings, ...states.flatMap(ofPlacement)], source };
}

function verifyFiles(folder: string | undefined): { readonly source: string; readonly findings: Finding[] } {
  try {
    return { source: verifyMergedFiles(folder), findings: [] };
  } catch (error) {
    if (!isDmzError(error)) throw error;
    const rule = error.code === 'MIGRATION_FILE_CHANGED' ? FILES : 'migrations-are-a-series';
    const detail = [
      error.message,
      error.found && `Found ${error.found}`,
      error.expected && `expected ${error.expected}`,
    ];
    const finding = {
      rule,
      object: 'packages/backend/drizzle',
      detail: detail.filter(Boolean).join(' '),
      remedy: error.next,
    };
    return { source: 'git and checksums.json', findings: [finding] };
  }
}

function ofPlacement({ instance, schema, pending, failure }: FleetState): Finding[] {
  const object = schema === null ? instance : `${instance}: ${schema}`;
  if (failure)
    return [
      {
        rule: PLACEMENT,
        object,
        detail: [
          failure.code,
          failure.file,
          failure.statement && `statement ${failure.statement}`,
          failure.found,
        ]
          .filter(Boolean)
          .join(' '),
        remedy: 'pnpm dmz migrate status, then mend the cause and pnpm dmz migrate up --resume',
      },
    ];
  return pending.map(({ tag }) => ({
    rule: PLACEMENT,
    object,
    detail: `it has not applied ${tag}`,
    remedy: 'pnpm db:migrate',
  }));
}
