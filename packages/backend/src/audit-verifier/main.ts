/** The verifier as a program of its own, for whoever has files and a public key, and no platform. */
import { parseArgs } from 'node:util';
import { FileMissing } from './read-files.ts';
import { type VerificationReport, verifyFiles } from './verify.ts';

const USAGE = `Usage: verify-audit [--json] [--key <file>]… <file>…

Verifies exports, checkpoints and proofs of audit logs, from these files alone.
Exits with 0 where nothing is found, 1 where something is, 2 where it was called wrongly.`;

/** @returns the exit status */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean' },
        key: { type: 'string', multiple: true },
      },
    });
    if (values.help) return print(USAGE, 0);
    if (positionals.length === 0) return print(USAGE, 2);
    const report = await verifyFiles(positionals, values.key);
    return print(values.json ? JSON.stringify(report) : inWords(report), report.findings.length > 0 ? 1 : 0);
  } catch (error) {
    if (error instanceof FileMissing || (error instanceof TypeError && 'code' in error))
      return print(`${error.message}\n\n${USAGE}`, 2);
    throw error;
  }
}

/** The files are anybody's, and what they say is not to drive the terminal; in JSON it stays the same value. */
const UNPRINTABLE = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function print(text: string, status: number): number {
  (status === 2 ? console.error : console.log)(text.replaceAll(UNPRINTABLE, escaped));
  return status;
}

export function inWords(report: VerificationReport): string {
  const { entries, checkpoints, proofs, findings, removed, trust } = report;
  const counted = `${entries} entries, ${checkpoints} checkpoints and ${proofs} proofs checked`;
  const lines = findings.map(
    ({ rule, object, detail, remedy }) => `${rule}: ${object}\n  ${detail}\n  next: ${remedy}`,
  );
  const brought = 'No key was given: signatures were held against the keys that the files bring themselves.';
  const gone = removed.map(
    ({ entries, firstSequence, lastSequence, runId }) =>
      `removed by retention, ${entries} entries between ${firstSequence} and ${lastSequence}, run ${runId}`,
  );
  return [
    ...gone,
    ...lines,
    findings.length === 0 ? `${counted}; nothing found.` : `${counted}; ${findings.length} findings.`,
    ...(trust === 'brought' && checkpoints + proofs > 0 ? [brought] : []),
  ].join('\n');
}
