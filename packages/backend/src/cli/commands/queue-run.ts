/** `dmz queue run` and `drain`: the long-running worker, and the one that works off what is due and ends. */

import type { Command } from 'commander';
import { printJson, printLine, tellLine } from '../print-line.ts';
import { startProgress } from '../progress.ts';
import { provisionOnce, provisionUntil } from '../queue-provisioning.ts';
import { rememberedTenants } from '../remembered-tenants.ts';
import type { Place } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly json?: boolean;
}

export function runCommand(queue: Command): void {
  queue
    .command('run')
    .description('Run jobs until Ctrl-C or SIGTERM; several of these share the work.')
    .option('--tenant <slug>', 'look after this tenant alone')
    .addHelpText(
      'after',
      `
Each tenant has its daily jobs made: partitions, retention, checkpoints, consumers that are behind, and erasures that wait.
Tenants that were asked for (tenant create --later) are created. A job that runs when it is told to end has 20 seconds more,
and is handed back then.

Example:
  $ pnpm dmz queue run`,
    )
    .action(async (options: Options) => {
      await untilTold(options, async (place, signal) => {
        tellLine('Running jobs; Ctrl-C ends it.');
        const provisioning = options.tenant === undefined ? provisionUntil(place, signal) : undefined;
        await new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          signal.addEventListener('abort', () => resolve());
        });
        await provisioning;
      });
    });
}

export function drainCommand(queue: Command): void {
  queue
    .command('drain')
    .description('Run every job that is due now, and end.')
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nWhat was interrupted is gone on with by the same command.\n\nExample:\n  $ pnpm dmz queue drain --tenant acme',
    )
    .action(async (options: Options) => {
      const progress = startProgress('running jobs');
      let isInterrupted = false;
      try {
        const performed = await untilTold(options, async (place, signal, tenants) => {
          const { platform } = place;
          if (options.tenant === undefined) await provisionOnce(place, signal);
          for (const tenant of await tenants()) {
            progress.update(`${tenant}: ${platform.queues.performed} jobs`);
            await platform.queues.makeDailyJobs(tenant);
            await platform.queues.settle(tenant, signal);
          }
          isInterrupted = signal.aborted;
        });
        progress.stop();
        if (options.json) printJson({ performed, interrupted: isInterrupted });
        else printLine(`${performed} jobs were run here.`);
      } finally {
        progress.stop();
      }
    });
}

/** @returns how many jobs were run by this program */
async function untilTold(
  { tenant }: Options,
  work: (place: Place, signal: AbortSignal, tenants: () => Promise<readonly string[]>) => Promise<unknown>,
): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await withPlatform(async (platform, postgres) => {
      const place = { platform, postgres };
      const tenants = await rememberedTenants(place, tenant);
      await platform.cache.whenOpen();
      platform.queues.start({ tenants });
      try {
        await work(place, stop.signal, tenants);
      } finally {
        await platform.queues.stop();
      }
      return platform.queues.performed;
    });
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
