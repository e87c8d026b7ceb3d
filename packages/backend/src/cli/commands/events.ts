/** `dmz events`: whether the event registry only grew since its last release, and the next release of it. */

import type { Command } from 'commander';
import {
  checkRelease,
  gameRegistry,
  gameRelease,
  playStreams,
  releaseEvents,
} from '../../released-events/index.ts';
import { printFindings } from '../print-findings.ts';
import { printJson, printLine } from '../print-line.ts';

export function eventsCommands(program: Command): void {
  const events = program.command('events').description('The registry of event types, and its releases.');

  events
    .command('check')
    .option('--json', 'print one JSON object')
    .description(
      'Compare the registry with what was released: only additions pass, and old streams still replay.',
    )
    .addHelpText('after', '\nExits with 1 when it finds anything.\n\nExample:\n  $ pnpm dmz events check')
    .action(({ json }: { json?: boolean }) => {
      const report = checkRelease(gameRegistry, gameRelease);
      if (json) printJson(report);
      else printFindings(report, 'released versions and kept streams');
      if (report.findings.length > 0) process.exitCode = 1;
    });

  events
    .command('release')
    .option('--json', 'print one JSON object')
    .description('Record what was added to the registry, and keep a stream of it.')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz events release')
    .action(({ json }: { json?: boolean }) => {
      const released = releaseEvents(gameRegistry, gameRelease, playStreams);
      const lines = [...released.versions, ...released.streams];
      if (json) printJson(released);
      else printLine(lines.length > 0 ? lines.join('\n') : 'There is nothing new to release.');
    });
}
