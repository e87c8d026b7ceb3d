/** `dmz instance …`: the PostgreSQL instances that tenants are placed on. */

import type { Command } from 'commander';
import { addInstance } from '../../instances/add-instance.ts';
import { checkInstances } from '../../instances/check-instances.ts';
import { removeInstance } from '../../instances/remove-instance.ts';
import { runAsOwner } from '../../kernel/db/index.ts';
import { instanceStatus, MAIN_INSTANCE, readAddresses } from '../../kernel/instances/index.ts';
import { listInstances, type RegisteredInstance } from '../../modules/public/index.ts';
import { modules } from '../../modules/registry.ts';
import { required } from '../options.ts';
import { printFindings } from '../print-findings.ts';
import { printJson, printLine, tellLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { runningPostgres } from '../with-platform.ts';

interface Options {
  readonly json?: boolean;
  readonly region?: string;
  readonly url?: string;
  readonly deleteData?: boolean;
}

export function instanceCommands(program: Command): void {
  const instance = program
    .command('instance')
    .description('The PostgreSQL instances that tenants are placed on; main is the stack’s own.');
  addCommand(instance);
  listCommand(instance);
  removeCommand(instance);
  checkCommand(instance);
}

function addCommand(instance: Command): void {
  instance
    .command('add')
    .argument('<name>', 'name of the instance')
    .description('Add an instance: migrate it, load the reference data, register it. Repeatable.')
    .option('--region <code>', 'data region that it is in, such as eu')
    .option('--url <url>', 'an administrator’s URL of an empty database; DMZ_INSTANCE_URL keeps it out of ps')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Without a URL another embedded PostgreSQL is started, which stack up and stack down start and stop from then on.

Examples:
  $ pnpm dmz instance add acme --region eu
  $ DMZ_INSTANCE_URL=postgresql://… pnpm dmz instance add frankfurt-2 --region eu`,
    )
    .action(async (name: string, { json, region, url }: Options) => {
      const wanted = {
        name,
        region: required('--region', region),
        url: url ?? (process.env.DMZ_INSTANCE_URL || undefined),
      };
      const { adminUrl } = await runningPostgres();
      const added = await addInstance(adminUrl, wanted, tellLine);
      if (json) return printJson(added);
      printLine(
        `Instance ${name} is ready in region ${added.region}: ${added.applied} migrations applied, ${added.reference} rows of reference data added or changed.`,
      );
    });
}

function listCommand(instance: Command): void {
  instance
    .command('list')
    .description('List every instance, where it is, how it is, and how many tenants are placed on it.')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz instance list')
    .action(async ({ json }: Options) => {
      const { adminUrl } = await runningPostgres();
      const registered = await runAsOwner(adminUrl, listInstances);
      const listed = await Promise.all(registered.map(withState));
      if (json) return printJson(listed);
      printTable(
        ['name', 'region', 'tenants', 'state', 'kind', 'address', 'version'],
        listed.map((each) => [
          each.name,
          each.region,
          each.tenants,
          each.state,
          each.kind,
          each.address,
          each.version,
        ]),
      );
    });
}

/** A password is no part of the address. */
async function withState(registered: RegisteredInstance) {
  const kind = kindOf(registered.name);
  if (kind === null) return { ...registered, kind, state: 'no address', address: null, version: null };
  const { postgres } = await instanceStatus(registered.name);
  const { state } = postgres;
  if (postgres.state !== 'running') return { ...registered, kind, state, address: null, version: null };
  const { host, port, database, version } = postgres;
  return { ...registered, kind, state, address: `${host}:${port}/${database}`, version };
}

function kindOf(name: string): 'stack' | 'embedded' | 'url' | null {
  if (name === MAIN_INSTANCE) return 'stack';
  return readAddresses().find((each) => each.name === name)?.kind ?? null;
}

function removeCommand(instance: Command): void {
  instance
    .command('remove')
    .argument('<name>', 'name of the instance')
    .description(
      'Remove an instance on which no tenant is placed. A server that was given by URL is left alone.',
    )
    .option('--delete-data', 'delete what an embedded instance keeps on the disk')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz instance remove acme --delete-data')
    .action(async (name: string, { json, deleteData = false }: Options) => {
      const { adminUrl } = await runningPostgres();
      const removed = await removeInstance(adminUrl, name, { deleteData });
      if (json) return printJson(removed);
      const left = removed.dataDir === null ? '' : ` Its data is still in ${removed.dataDir}.`;
      printLine(`Instance ${name} is removed.${left}`);
    });
}

function checkCommand(instance: Command): void {
  instance
    .command('check')
    .argument('[name]', 'one instance; all of them by default')
    .description(
      'Compare instances with the register: versions, migrations, reference data, residents, settings.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExits with 1 when it finds anything.\n\nExample:\n  $ pnpm dmz instance check')
    .action(async (name: string | undefined, { json }: Options) => {
      const { adminUrl } = await runningPostgres();
      const namespaces = modules.map((module) => module.name);
      const report = await checkInstances(adminUrl, namespaces, name);
      if (json) printJson(report);
      else printFindings(report, 'rules');
      if (report.findings.length > 0) process.exitCode = 1;
    });
}
