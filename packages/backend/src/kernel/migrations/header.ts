/**
 * What a migration says of itself in its first lines, each as `-- key: value`: who runs it, whether in a transaction,
 * and its phase. Files from before there were phases say none, and count as expansions.
 */
import { z } from 'zod';
import { migrationErrors } from './errors.ts';

export const PHASES = ['expand', 'backfill', 'contract'] as const;
export type Phase = (typeof PHASES)[number];

export interface Header {
  /** The first migration makes the roles, so an administrator runs it; most others run as the owner. */
  readonly asAdministrator: boolean;
  /** False where statements run one by one, since some of them refuse to run in a transaction. */
  readonly inTransaction: boolean;
  readonly phase: Phase;
  /** Whether the file names its phase itself. */
  readonly statesPhase: boolean;
  /** Tag of the expansion that a backfill or contraction completes. */
  readonly completes?: string;
  /** Number of the migration that a running program must know before a contraction may be applied. */
  readonly needs?: number;
}

const Lines = z.strictObject({
  role: z.enum(['administrator', 'owner']).optional(),
  transaction: z.enum(['none', 'one']).optional(),
  phase: z.enum(PHASES).optional(),
  completes: z
    .string()
    .regex(/^\d{4}_\w+$/)
    .optional(),
  needs: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
});
const KEYS = Object.keys(Lines.shape);

/** @throws MIGRATION_HEADER_INVALID */
export function readHeader(tag: string, text: string): Header {
  const parsed = Lines.safeParse(linesOf(tag, text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(tag, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { role, transaction, phase = 'expand', completes, needs } = parsed.data;
  if (phase === 'expand' && (completes || needs))
    throw invalid(
      tag,
      'an expansion that completes another one',
      '-- phase: backfill, or -- phase: contract',
    );
  if (phase === 'contract' && !completes)
    throw invalid(
      tag,
      'a contraction that completes nothing',
      '-- completes: <number>_<name of the expansion>',
    );
  return {
    asAdministrator: role === 'administrator',
    inTransaction: transaction !== 'none',
    phase,
    statesPhase: parsed.data.phase !== undefined,
    ...(completes ? { completes } : {}),
    ...(needs ? { needs: Number(needs) } : {}),
  };
}

/** The lines before the first statement and the first line that is prose. */
function linesOf(tag: string, text: string): Record<string, string> {
  const lines: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, key = '', value = ''] = /^-- ([a-z]+): (.*?)\s*$/.exec(line) ?? [];
    if (!KEYS.includes(key)) break;
    if (key in lines) throw invalid(tag, `${key} is said twice`);
    lines[key] = value;
  }
  return lines;
}

/**
 * Holds what files say of each other together.
 *
 * @throws MIGRATION_HEADER_INVALID  when what a file completes is no earlier expansion
 */
export function checkPhases(series: readonly (Header & { readonly tag: string })[]): void {
  const expansions = new Set<string>();
  for (const { tag, phase, completes } of series) {
    if (completes !== undefined && !expansions.has(completes))
      throw invalid(tag, `it completes ${completes}`, 'the name of an expansion that comes before it');
    if (phase === 'expand') expansions.add(tag);
  }
}

const invalid = (tag: string, found: string, expected?: string) =>
  migrationErrors.MIGRATION_HEADER_INVALID({
    found: `${tag}.sql: ${found}`,
    ...(expected ? { expected } : {}),
  });
