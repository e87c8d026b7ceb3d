/** `dmz audit`: signs where audit chains stand, exports them, proves what is in them, and verifies all of it from files. */

import path from 'node:path';
import type { Command } from 'commander';
import {
  type ConsistencyProof,
  FileMissing,
  type InclusionProof,
  inWords,
  type VerificationReport,
  verifyFiles,
} from '../../audit-verifier/index.ts';
import { auditingErrors } from '../../auditing/errors.ts';
import { exportLog, writeWhole } from '../../auditing/export-log.ts';
import { proveConsistency, proveInclusion } from '../../auditing/prove.ts';
import { type SignedChain, signChain, signEveryChain } from '../../auditing/sign-chains.ts';
import { shownLine } from '../../kernel/errors/index.ts';
import { stateFolder } from '../../kernel/project.ts';
import { endOverlap, formerKey, platformKey, rotateKey } from '../../kernel/signing/index.ts';
import type { Tenancy } from '../../kernel/tenancy/index.ts';
import { optionErrors, required, uuidOf, wholeNumber } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { registeredTenants } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly json?: boolean;
  readonly out?: string;
  readonly key?: readonly string[];
  readonly entry?: string;
  readonly of?: number;
  readonly from?: number;
  readonly to?: number;
  readonly endOverlap?: boolean;
}

export function auditCommands(program: Command): void {
  const audit = program
    .command('audit')
    .description('Audit logs: signed checkpoints, exports, proofs, and their verification.');
  checkpointCommand(audit);
  exportCommand(audit);
  verifyCommand(audit);
  proveCommand(audit);
  rotateCommand(audit);
}

function checkpointCommand(audit: Command): void {
  audit
    .command('checkpoint')
    .argument('[tenant]', 'slug of the tenant; every tenant that is served, unless given')
    .description('Verify a chain and sign where it stands, into the database and a file to keep elsewhere.')
    .option('--out <folder>', 'where the files are written (.dmz/checkpoints)')
    .option('--json', 'print one JSON array')
    .addHelpText(
      'after',
      `
The key is the platform's (DMZ_SIGNING_KEY). Whoever has the file finds out when the chain is written anew, which nothing in
the database tells. A chain that does not verify is not signed.

Examples:
  $ pnpm dmz audit checkpoint acme --out /mnt/elsewhere
  $ pnpm dmz audit checkpoint --json`,
    )
    .action(async (only: string | undefined, { json, out }: Options) => {
      const keys = { key: platformKey(), former: formerKey() };
      const folder = out ?? path.join(stateFolder(), 'checkpoints');
      const { signed, failure } = await withPlatform(async ({ tenancy }, postgres) =>
        only === undefined
          ? signEveryChain(tenancy, await registeredTenants({ postgres }), keys, folder)
          : { signed: [await signChain(tenancy, only, keys, folder)], failure: undefined },
      );
      if (json) printJson(signed);
      else printSigned(signed);
      if (failure !== undefined) throw failure;
    });
}

function printSigned(signed: readonly SignedChain[]): void {
  printTable(
    ['tenant', 'entries', 'root', 'new', 'file'],
    signed.map((each) => [
      each.tenant,
      each.sequence,
      each.merkleRootSha256,
      each.taken ? 'yes' : 'no',
      each.file,
    ]),
  );
}

function exportCommand(audit: Command): void {
  audit
    .command('export')
    .argument('<tenant>', 'slug of the tenant')
    .description('Write a tenant’s audit log with its checkpoints to a file that verifies by itself.')
    .option('--out <file>', 'the file: one JSON object a line')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz audit export acme --out acme.audit.jsonl')
    .action(async (tenant: string, { json, out }: Options) => {
      const file = required('--out', out);
      const exported = await withPlatform(({ tenancy }) => exportLog(tenancy, tenant, file));
      if (json) return printJson(exported);
      printLine(
        `${exported.entries} entries and ${exported.checkpoints} checkpoints are in ${shownLine(file)}.`,
      );
    });
}

function verifyCommand(audit: Command): void {
  audit
    .command('verify')
    .argument('<file...>', 'exports, kept checkpoints and proofs, in any order')
    .description('Verify audit logs from files alone; nothing is asked of a database.')
    .option('--key <file>', 'a public key that is believed, as PEM; may be given again', collect, [])
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Exits with 1 when it finds anything. Without --key, the keys of checkpoints that are given as files are believed.
packages/backend/bin/verify-audit.mjs is the same as a program of its own.

Examples:
  $ pnpm dmz audit verify acme.audit.jsonl acme-1204.checkpoint.json
  $ pnpm dmz audit verify proof.json --key platform.pub.pem`,
    )
    .action(async (files: readonly string[], { json, key }: Options) => {
      const report = await verified(files, key);
      if (json) printJson(report);
      else printLine(inWords(report));
      if (report.findings.length > 0) process.exitCode = 1;
    });
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

/** @throws AUDIT_FILE_MISSING */
async function verified(files: readonly string[], keys: readonly string[] = []): Promise<VerificationReport> {
  try {
    return await verifyFiles(files, keys);
  } catch (error) {
    throw error instanceof FileMissing ? auditingErrors.AUDIT_FILE_MISSING({ found: error.message }) : error;
  }
}

function proveCommand(audit: Command): void {
  audit
    .command('prove')
    .argument('<tenant>', 'slug of the tenant')
    .description(
      'Prove to a third party that an entry is in the log, or that a checkpoint only added to another.',
    )
    .option('--entry <which>', 'the entry, by its sequence or id')
    .option(
      '--of <n>',
      'by the checkpoint of this many entries; the last one, unless given',
      wholeNumber('--of', 1),
    )
    .option('--from <n>', 'entries of the earlier checkpoint', wholeNumber('--from', 1))
    .option('--to <n>', 'entries of the later checkpoint', wholeNumber('--to', 1))
    .option('--out <file>', 'the file; printed, unless given')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ pnpm dmz audit prove acme --entry 42 --out proof.json
  $ pnpm dmz audit prove acme --from 1000 --to 1204 --out consistency.json`,
    )
    .action(async (tenant: string, options: Options) => {
      const make = proofAsked(tenant, options);
      const proof = await withPlatform(({ tenancy }) => make(tenancy));
      if (options.out === undefined) return printJson(proof, options.json ? 0 : 2);
      await writeWhole(options.out, [`${JSON.stringify(proof, null, 2)}\n`]);
      if (options.json) return printJson({ file: options.out, type: proof.type });
      printLine(`${shownLine(options.out)} is written.`);
    });
}

/** @throws CLI_OPTION_MISSING */
function proofAsked(
  tenant: string,
  { entry, of, from, to }: Options,
): (tenancy: Tenancy) => Promise<InclusionProof | ConsistencyProof> {
  if (entry !== undefined && from === undefined && to === undefined) {
    const reference = entryReference(entry);
    return (tenancy) => proveInclusion(tenancy, tenant, reference, of);
  }
  if (from !== undefined && to !== undefined && from <= to && entry === undefined)
    return (tenancy) => proveConsistency(tenancy, tenant, from, to);
  throw optionErrors.CLI_OPTION_MISSING({ expected: '--entry <which>, or --from <n> and --to <n>' });
}

const entryReference = (text: string): number | string =>
  /^\d{1,15}$/.test(text) ? wholeNumber('--entry', 1)(text) : uuidOf('--entry')(text);

function rotateCommand(audit: Command): void {
  audit
    .command('rotate-key')
    .description(
      'Replace the platform’s signing key. Checkpoints are signed with both keys, until the overlap is ended.',
    )
    .option('--end-overlap', 'destroy the key before, once everybody has the public key of now')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pnpm dmz audit rotate-key\n  $ pnpm dmz audit rotate-key --end-overlap',
    )
    .action(({ json, endOverlap: isEnd }: Options) => {
      if (isEnd) {
        const ended = endOverlap();
        if (json) return printJson({ ended });
        return printLine(ended ? 'The key before is destroyed.' : 'There was no overlap.');
      }
      const rotated = rotateKey();
      if (json) return printJson(rotated);
      printLine(`Key ${rotated.current} signs now, and ${rotated.former} signs with it.`);
    });
}
