/** `dmz webhook`: addresses of a tenant that are told of events. */

import type { Command } from 'commander';
import { changeSubscription, listSubscriptions } from '../../modules/integration/index.ts';
import { webhookErrors } from '../../webhooks/errors.ts';
import { subscribeWebhook } from '../../webhooks/subscribe-webhook.ts';
import { required, wordOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { listInEachTenant } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly name?: string;
  readonly url?: string;
  readonly events?: string;
  readonly status?: 'active' | 'paused';
  readonly json?: boolean;
}

export function webhookCommands(program: Command): void {
  const webhook = program
    .command('webhook')
    .description('Addresses of tenants that are told of events, signed as Standard Webhooks has it.');
  addCommand(webhook);
  listCommand(webhook);
  setCommand(webhook);
}

function addCommand(webhook: Command): void {
  webhook
    .command('add')
    .description('Tell an address of events of some types; its secret is printed once.')
    .option('--tenant <slug>', 'whose events')
    .option('--name <name>', 'what people call it')
    .option('--url <https URL>', 'where it is told')
    .option('--events <types>', 'types of events, with commas between them')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz webhook add --tenant acme --name desk --url https://hooks.acme.example/dmz --events game.day.ended,game.session.completed',
    )
    .action(async ({ tenant, name, url, events, json }: Options) => {
      const wanted = {
        name: required('--name', name),
        url: required('--url', url),
        eventTypes: required('--events', events)
          .split(',')
          .map((type) => type.trim()),
      };
      const slug = required('--tenant', tenant);
      const made = await withPlatform(({ tenancy, keys }) =>
        tenancy.run(slug, (tx) => subscribeWebhook(tx, keys, wanted)),
      );
      if (json) return printJson(made);
      printLine(`Secret that its requests are signed with, shown this once: ${made.secret}`);
    });
}

function listCommand(webhook: Command): void {
  webhook
    .command('list')
    .description('List webhooks, and how often in a row each has failed.')
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz webhook list --tenant acme')
    .action(async ({ tenant, json }: Options) => {
      const listed = await withPlatform((platform, postgres) =>
        listInEachTenant({ platform, postgres }, tenant, listSubscriptions),
      );
      if (json) return printJson(listed);
      printTable(
        ['tenant', 'webhook', 'address', 'status', 'failures'],
        listed.map((each) => [each.tenant, each.name, each.url, each.status, each.failures]),
      );
    });
}

function setCommand(webhook: Command): void {
  webhook
    .command('set')
    .description('Pause a webhook, or make it active again, also after too many failures.')
    .option('--tenant <slug>', 'whose it is')
    .option('--name <name>', 'which one')
    .option('--status <status>', 'active or paused', wordOf('--status', ['active', 'paused']))
    .addHelpText(
      'after',
      '\nIt is not told later of what it missed.\n\nExample:\n  $ pnpm dmz webhook set --tenant acme --name desk --status active',
    )
    .action(async ({ tenant, name: given, status: wanted }: Options) => {
      const name = required('--name', given);
      const status = required('--status', wanted);
      const slug = required('--tenant', tenant);
      const isKnown = await withPlatform(({ tenancy }) =>
        tenancy.run(slug, (tx) => changeSubscription(tx, name, status)),
      );
      if (!isKnown) throw webhookErrors.WEBHOOK_UNKNOWN({ found: name });
      printLine(`${name} is ${status}.`);
    });
}
