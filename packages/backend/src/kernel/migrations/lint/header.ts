/**
 * The header of a migration: comment lines at the top of its file that say which phase of a change it is, what a contract
 * completes, and whether it runs outside a transaction. It is read here and nowhere else.
 */
export const phases = ['expand', 'backfill', 'contract'] as const;
export type Phase = (typeof phases)[number];

export interface Header {
  /** Undefined where the header is missing or malformed; `problems` then says so. */
  readonly phase: Phase | undefined;
  /** Tag of the expansion that a contract completes. */
  readonly completes: string | undefined;
  /** False where the file says `-- transaction: none`. */
  readonly inTransaction: boolean;
  /** True where the file says `-- role: administrator`. */
  readonly asAdministrator: boolean;
  /** What is wrong with it, each a clause that begins with what was found. */
  readonly problems: readonly string[];
}

/** The runner looks for it at the very beginning. */
const ADMINISTRATOR = '-- role: administrator';
const ENTRY = /^--\s*(phase|completes|transaction|role)\s*:\s*(.*)$/i;

/** @param text  the whole file */
export function readHeader(text: string): Header {
  const lines = text.split('\n').map((line) => line.trim());
  const length = lines.findIndex((line) => !line.startsWith('--') || line.startsWith('-->'));
  const top = length < 0 ? lines : lines.slice(0, length);
  const entries = top.flatMap(entryOf);
  const valuesOf = (key: string) => entries.filter((entry) => entry.key === key).map(({ value }) => value);
  const [phase] = valuesOf('phase');
  const [completes] = valuesOf('completes');
  const [transaction] = valuesOf('transaction');
  const problems = [
    ...repeated(entries.map(({ key }) => key)),
    ...(valuesOf('role').length > 0 && !text.startsWith(ADMINISTRATOR)
      ? ['a role that is not `-- role: administrator` in the first line']
      : []),
    ...problemsOfPhase(phase),
    ...(transaction === undefined || transaction === 'none'
      ? []
      : [`transaction: ${transaction}, where only none is known`]),
    ...(completes !== undefined && phase !== 'contract' ? ['completes, which only a contract has'] : []),
    ...lines
      .slice(top.length)
      .flatMap(entryOf)
      .filter(({ key }) => key !== 'role')
      .map(({ key, value }) => `${key}: ${value} below the first statement, where nothing reads it`),
  ];
  return {
    phase: phases.find((known) => known === phase),
    completes,
    inTransaction: transaction !== 'none',
    asAdministrator: text.startsWith(ADMINISTRATOR),
    problems,
  };
}

const entryOf = (line: string) => {
  const [, key, value] = ENTRY.exec(line) ?? [];
  return key === undefined || value === undefined ? [] : [{ key: key.toLowerCase(), value: value.trim() }];
};

function repeated(keys: readonly string[]): string[] {
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
  return [...new Set(twice)].map((key) => `${key} more than once`);
}

function problemsOfPhase(phase: string | undefined): string[] {
  if (phase === undefined) return ['no phase'];
  return phases.some((known) => known === phase)
    ? []
    : [`phase: ${phase}, which is none of ${phases.join(', ')}`];
}
