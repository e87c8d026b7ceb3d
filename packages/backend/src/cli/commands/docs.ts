/** `dmz docs`: the reference documentation, generated from the code and held to it. */

import type { Command } from 'commander';
import { generatePages, stalePages, writePages } from '../../reference/index.ts';
import { printJson, printLine } from '../print-line.ts';

export function docsCommands(program: Command): void {
  const docs = program.command('docs').description('The reference documentation, made from the code.');

  docs
    .command('generate')
    .description('Write docs/reference, and the generated part of the data model’s chapter')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz docs generate')
    .action(async () => {
      const { recordServiceUses } = await import('../../rights/find-service-uses.ts');
      const written = [...recordServiceUses(), ...writePages(await generatePages(program))];
      printLine(written.length > 0 ? written.join('\n') : 'Every page is up to date.');
    });

  docs
    .command('check')
    .option('--json', 'print one JSON object')
    .description('Show the pages that differ from what would be generated; exits with 1 when there are any')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz docs check')
    .action(async (options: { json?: boolean }) => {
      const pages = await generatePages(program);
      const { staleServiceUses } = await import('../../rights/find-service-uses.ts');
      const stale = [...staleServiceUses(), ...stalePages(pages)];
      if (options.json) printJson({ checked: pages.size, findings: stale.map(asFinding) });
      else if (stale.length === 0) printLine(`${pages.size} pages are up to date.`);
      else printLine(`${stale.join('\n')}\n\nThey differ from the code. Next: ${REMEDY}`);
      if (stale.length > 0) process.exitCode = 1;
    });
}

const REMEDY = 'pnpm dmz docs generate, and commit the pages';

const asFinding = (file: string) => ({
  rule: 'reference-is-generated',
  object: file,
  detail: 'the page differs from what the code would generate',
  remedy: REMEDY,
});
