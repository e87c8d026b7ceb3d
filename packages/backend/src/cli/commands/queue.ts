/** `dmz queue`: what is to be done later and what became of it, and the programs that do it. */

import type { Command } from 'commander';
import {
  countJobs,
  JOB_NAMES,
  JOB_STATES,
  type JobName,
  type JobRow,
  type JobState,
  listJobs,
  retryJobs,
} from '../../modules/integration/index.ts';
import { queueErrors } from '../../queues/errors.ts';
import { uuidOf, wholeNumber, wordsOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printFields, printTable } from '../print-table.ts';
import { inEachTenant, registeredTenants } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';
import { drainCommand, runCommand } from './queue-run.ts';

interface Options {
  readonly tenant?: string;
  readonly state?: readonly JobState[];
  readonly limit: number;
  readonly json?: boolean;
}

export function queueCommands(program: Command): void {
  const queue = program
    .command('queue')
    .description('What is done later: jobs of tenants, kept in PostgreSQL, and the programs that run them.');
  listCommand(queue);
  showCommand(queue);
  retryCommand(queue);
  drainCommand(queue);
  runCommand(queue);
}

function listCommand(queue: Command): void {
  queue
    .command('list')
    .description(
      'Count the jobs of each tenant by queue and state; with --state, list them, the newest first.',
    )
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--state <states>', `jobs that are ${JOB_STATES.join(', ')}`, wordsOf('--state', JOB_STATES))
    .option('--limit <n>', 'so many of a tenant at most', wholeNumber('--limit', 1, 10_000), 50)
    .option('--json', 'print one JSON array')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pnpm dmz queue list\n  $ pnpm dmz queue list --state dead --tenant acme',
    )
    .action((options: Options) => (options.state ? listRows(options) : listCounts(options)));
}

async function listCounts({ tenant: only, json }: Options): Promise<void> {
  const counts = await withPlatform(async (platform, postgres) => {
    const found = [];
    for await (const { tenant, result } of inEachTenant({ platform, postgres }, only, countJobs))
      found.push(...result.map((each) => ({ tenant, ...each })));
    return found;
  });
  if (json) return printJson(counts);
  printTable(
    ['tenant', 'queue', 'state', 'jobs', 'next due'],
    counts.map((each) => [each.tenant, each.name, each.state, each.jobs, each.nextDueAt]),
  );
}

async function listRows({ tenant: only, state: states = [], limit, json }: Options): Promise<void> {
  const jobs = await withPlatform(async (platform, postgres) => {
    const found = [];
    for (const state of states) {
      const rows = inEachTenant({ platform, postgres }, only, (tx) => listJobs(tx, { state }, limit));
      for await (const { tenant, result } of rows) found.push(...result.map((job) => shown(tenant, job)));
    }
    return found;
  });
  if (json) return printJson(jobs);
  printTable(
    ['tenant', 'job', 'queue', 'state', 'attempts', 'due', 'code'],
    jobs.map((job) => [
      ...[job.tenant, job.id, job.name, job.state, job.attempts],
      ...[job.dueAt, job.lastErrorCode],
    ]),
  );
}

/** A payload is for whoever asks for that one job. */
function shown(tenant: string, { payload: _, ...job }: JobRow) {
  return { tenant, ...job };
}

function showCommand(queue: Command): void {
  queue
    .command('show')
    .argument('<id>', 'the job', uuidOf('<id>'))
    .description('Show one job with its payload, which names people by id alone.')
    .option('--tenant <slug>', 'of this tenant; all are looked through, unless given')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz queue show 0199c1f2-7d5e-7b3a-9c41-2f6d1e8a4b70 --json')
    .action(async (id: string, { tenant: only, json }: Options) => {
      const job = await withPlatform(async (platform, postgres) => {
        for await (const { tenant, result } of inEachTenant({ platform, postgres }, only, (tx) =>
          listJobs(tx, { id }, 1),
        ))
          for (const found of result) return { tenant, ...found };
        throw queueErrors.QUEUE_JOB_UNKNOWN({ found: id });
      });
      if (json) return printJson(job);
      printFields({ ...job, payload: JSON.stringify(job.payload) });
    });
}

function retryCommand(queue: Command): void {
  queue
    .command('retry')
    .argument('<job>', `a dead job by its id, or all dead ones of a queue: ${JOB_NAMES.join(', ')}`)
    .description(
      'Have dead jobs run again, as if they had never been tried. Whoever runs the queues does it then.',
    )
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pnpm dmz queue retry checkpoints --tenant acme\n  $ pnpm dmz queue retry 0199c1f2-7d5e-7b3a-9c41-2f6d1e8a4b70',
    )
    .action(async (asked: string, { tenant: only, json }: Options) => {
      const name: JobName | undefined = JOB_NAMES.find((each) => each === asked);
      const filter = name === undefined ? { id: uuidOf('<job>')(asked) } : { name };
      const retried = await withPlatform(async ({ tenancy }, postgres) => {
        let revived = 0;
        for (const tenant of only === undefined ? await registeredTenants({ postgres }) : [only])
          revived += await tenancy.run(tenant, (tx) => retryJobs(tx, filter));
        return revived;
      });
      if (name === undefined && retried === 0)
        throw queueErrors.QUEUE_JOB_UNKNOWN({ found: asked, expected: 'a dead job' });
      if (json) return printJson({ retried });
      printLine(`${retried} dead jobs will be run again.`);
    });
}
