/** `dmz certificate …`: certificates as files that anybody can verify, here or elsewhere, without a database. */

import { createPublicKey } from 'node:crypto';
import type { Command } from 'commander';
import { readGivenFile } from '../../kernel/given-file.ts';
import { keyIdOf, platformKey, readPublicKey } from '../../kernel/signing/index.ts';
import { exportCertificate, trainingErrors, verifyCertificate } from '../../modules/training/index.ts';
import { required } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printFields } from '../print-table.ts';
import { READING } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly key?: string;
  readonly json?: boolean;
}

export function certificateCommands(program: Command): void {
  const certificate = program
    .command('certificate')
    .description('Certificates of completed programmes, each signed, and how to verify them.');
  exportCommand(certificate);
  verifyCommand(certificate);
  publicKeyCommand(certificate);
}

function exportCommand(certificate: Command): void {
  certificate
    .command('export')
    .argument('<serial>', 'the number printed on it')
    .description('Print a certificate that is valid now, as it was signed; it names its holder.')
    .option('--tenant <slug>', 'the tenant that issued it')
    .option('--json', 'print it on one line')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz certificate export A-0017 --tenant acme > A-0017.json')
    .action(async (serial: string, { tenant, json }: Options) => {
      const slug = required('--tenant', tenant);
      const signed = await withPlatform(({ tenancy, keys }) =>
        tenancy.run(slug, (tx) => exportCertificate(tx, keys, serial), READING),
      );
      printJson(signed, json ? 0 : 2);
    });
}

function verifyCommand(certificate: Command): void {
  certificate
    .command('verify')
    .argument('<file>', 'the certificate as it was handed out, JSON')
    .description('Verify a certificate against a public key; needs no database and no network.')
    .option('--key <file>', 'the issuer’s public key, PEM; the key of this platform by default')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Exits with 1 when the certificate is not genuine. Whether it was taken back since, the issuer alone can tell.

Example:
  $ pnpm dmz certificate verify A-0017.json --key issuer.pem`,
    )
    .action((file: string, { key, json }: Options) => {
      const publicKey = key === undefined ? createPublicKey(platformKey()) : readPublicKey(key);
      const verified = verifyCertificate(readFile(file), publicKey);
      if (json) return printJson({ genuine: true, signingKeyId: keyIdOf(publicKey), certificate: verified });
      const { holderName, program, serial, completedOn, issuedOn, expiresOn } = verified;
      printLine('The certificate is genuine.');
      printFields({
        serial,
        holder: holderName,
        programme: program.title,
        completed: completedOn,
        issued: issuedOn,
        'good until': expiresOn,
        'signed with': keyIdOf(publicKey),
      });
    });
}

function publicKeyCommand(certificate: Command): void {
  certificate
    .command('public-key')
    .description('Print the public key that certificates of this platform are verified with, PEM.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz certificate public-key > issuer.pem')
    .action(({ json }: Options) => {
      const key = createPublicKey(platformKey());
      const pem = key.export({ type: 'spki', format: 'pem' }).toString();
      if (json) return printJson({ keyId: keyIdOf(key), pem });
      printLine(pem.trimEnd());
    });
}

function readFile(file: string): string {
  try {
    return readGivenFile(file);
  } catch (cause) {
    throw trainingErrors.TRAINING_CERTIFICATE_INVALID({ found: `${file} cannot be read`, cause });
  }
}
