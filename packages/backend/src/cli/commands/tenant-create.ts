/** `dmz tenant create`: a tenant with everything that it needs, or none. */

import type { Command } from 'commander';
import { askForTenant, type CreatedTenant, createTenant } from '../../provisioning/create-tenant.ts';
import type { WantedTenant } from '../../provisioning/creation-request.ts';
import { required, wholeNumber, wordOf } from '../options.ts';
import { printJson, printLine, tellLine } from '../print-line.ts';
import { printFields } from '../print-table.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly slug?: string;
  readonly name?: string;
  readonly plan?: string;
  readonly seats?: number;
  readonly region?: string;
  readonly tier?: 'shared' | 'schema' | 'instance';
  readonly instance?: string;
  readonly frameworks?: string;
  readonly adminEmail?: string;
  readonly trialPeople?: number;
  readonly later?: boolean;
  readonly json?: boolean;
}

/** More made-up people than this belong to `db seed --scale`. */
const MOST_TRIAL_PEOPLE = 1_000;

export function createCommand(tenant: Command): void {
  tenant
    .command('create')
    .description(
      'Create a tenant: placement, roles, retention, entitlements, content, audit chain, first administrator.',
    )
    .option('--slug <slug>', 'short name: 3 to 40 lower-case letters, digits and hyphens')
    .option('--name <name>', 'name of the company')
    .option('--plan <code>', 'free, starter, professional, enterprise or government')
    .option(
      '--seats <n>',
      'how many people; the least that the plan is sold for by default',
      wholeNumber('--seats', 1, 10_000_000),
    )
    .option('--region <code>', 'data region that its rows must stay in, such as eu')
    .option(
      '--tier <tier>',
      'shared, schema or instance; by plan and seats unless given',
      wordOf('--tier', ['shared', 'schema', 'instance']),
    )
    .option('--instance <name>', 'where to place it; chosen by tier and region unless given')
    .option('--frameworks <codes>', 'regulations and standards that bind it, with commas between them')
    .option('--admin-email <address>', 'invite its first administrator; the token is printed once')
    .option(
      '--trial-people <n>',
      'so many learners with made-up addresses, to try it out',
      wholeNumber('--trial-people', 0, MOST_TRIAL_PEOPLE),
    )
    .option('--later', 'register it and end: whoever runs the queues creates it')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A creation that was interrupted is finished by the same command with the slug alone (and --admin-email, if there was one,
since addresses are not kept). For --tier instance another embedded PostgreSQL is started, unless --instance names one.

Examples:
  $ pnpm dmz tenant create --slug acme --name "Acme Ltd" --plan starter --seats 40 --region eu --admin-email it@acme.example
  $ pnpm dmz tenant create --slug acme`,
    )
    .action(async ({ json, later, frameworks, slug, ...options }: Options) => {
      const wanted = {
        ...options,
        slug: required('--slug', slug),
        frameworks: frameworks?.split(',').map((code) => code.trim()),
      };
      if (later) return askLater(wanted, json);
      const created = await withPlatform(({ tenancy }, { adminUrl: controlUrl }) =>
        createTenant({ tenancy, controlUrl, ...(json ? {} : { onStep: tellLine }) }, wanted),
      );
      if (json) printJson(created);
      else print(created);
    });
}

async function askLater(wanted: WantedTenant, json = false): Promise<void> {
  await withPlatform(({ tenancy }, { adminUrl: controlUrl }) =>
    askForTenant({ tenancy, controlUrl }, wanted),
  );
  const asked = { slug: wanted.slug, status: 'provisioning' };
  if (json) printJson(asked);
  else printLine(`${wanted.slug} was asked for; pnpm dmz queue run creates it.`);
}

function print({ created, invitation, ...tenant }: CreatedTenant): void {
  printFields({ ...tenant });
  printLine();
  if (!created) printLine('The tenant had been created before; nothing was changed.');
  if (invitation) {
    printLine(`Token of the administrator’s invitation, shown this once: ${invitation.token}`);
    printLine(`It can be accepted until ${invitation.expiresAt.toISOString()}.`);
  }
}
