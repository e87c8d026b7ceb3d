/** `dmz consumers run`: the long-running worker, and the one that works off what there is and ends. */

import type { Command } from 'commander';
import type { Platform } from '../../platform.ts';
import { optionErrors, wholeNumber } from '../options.ts';
import { printJson, printLine, tellLine } from '../print-line.ts';
import { startProgress } from '../progress.ts';
import { everyTenant, rememberedTenants } from '../remembered-tenants.ts';
import type { Place } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly workers: number;
  readonly untilIdle?: boolean;
  readonly json?: boolean;
}

export function runCommand(consumers: Command): void {
  consumers
    .command('run')
    .description('Run the consumers until Ctrl-C or SIGTERM; several of these share the work.')
    .option('--tenant <slug>', 'of this tenant alone')
    .option(
      '--workers <n>',
      'groups of sessions at work at once, at each instance',
      wholeNumber('--workers', 1, 32),
      2,
    )
    .option('--until-idle', 'end when everything that there is has been handled')
    .option('--json', 'with --until-idle, print one JSON object')
    .addHelpText(
      'after',
      `
What is under way when it is told to end is finished, and nothing is begun after it.

Examples:
  $ pnpm dmz consumers run
  $ pnpm dmz consumers run --until-idle --tenant consumers`,
    )
    .action(async (options: Options) => {
      if (options.json && !options.untilIdle)
        throw optionErrors.CLI_OPTION_INVALID({ found: '--json', expected: '--json with --until-idle' });
      const stop = new AbortController();
      const interrupt = () => stop.abort();
      process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
      try {
        await withPlatform(async (platform, postgres) => {
          const place = { platform, postgres };
          if (options.untilIdle) await runUntilIdle(place, options, stop.signal);
          else await runOn(place, options, stop.signal);
        });
      } finally {
        process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      }
    });
}

async function runOn(place: Place, { tenant, workers }: Options, signal: AbortSignal): Promise<void> {
  const { consumers } = place.platform;
  consumers.start({ tenants: await rememberedTenants(place, tenant), workers });
  tellLine(`Running ${consumers.readers.length} consumers; Ctrl-C ends it.`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
  await consumers.stop();
}

async function runUntilIdle(
  place: Place,
  { tenant: only, json }: Options,
  signal: AbortSignal,
): Promise<void> {
  const progress = startProgress('looking for events that were not handled');
  let events = 0;
  try {
    for (const tenant of only === undefined ? await everyTenant(place) : [only])
      events += await settle(place.platform, tenant, signal, (more) =>
        progress.update(`${tenant}: ${events + more} events handled`),
      );
  } finally {
    progress.stop();
  }
  if (json) printJson({ events, interrupted: signal.aborted });
  else printLine(`${events} events handled, each counted once for each consumer.`);
}

const settle = (
  { consumers }: Platform,
  tenant: string,
  signal: AbortSignal,
  onProgress: (events: number) => void,
): Promise<number> => consumers.settle(tenant, { signal, onProgress, timeoutMs: Number.POSITIVE_INFINITY });
