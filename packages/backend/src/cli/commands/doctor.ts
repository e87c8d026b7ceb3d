/** `dmz doctor`: what is wrong with this installation, and what to do about each. */
import type { Command } from 'commander';
import type { CheckReport } from '../../kernel/check/index.ts';
import { diagnose } from '../../kernel/doctor/index.ts';
import { stackStatus } from '../../kernel/stack/index.ts';
import { modules } from '../../modules/registry.ts';

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .option('--json', 'print one JSON object')
    .description('Look for what keeps the platform from working well, and say the next step for each.')
    .addHelpText('after', '\nExits with 1 when it finds anything.\n\nExample:\n  $ pnpm dmz doctor')
    .action(async ({ json }: { json?: boolean }) => {
      const namespaces = modules.map(({ name }) => name);
      const report = await diagnose(await stackStatus(), namespaces);
      console.log(json ? JSON.stringify(report) : describe(report));
      if (report.findings.length > 0) process.exitCode = 1;
    });
}

function describe({ checked, findings }: CheckReport): string {
  const lines = findings.map(({ rule, object, detail, remedy }) =>
    [rule, `  found     ${object}: ${detail}`, `  next      ${remedy}`].join('\n'),
  );
  const count = findings.length === 0 ? 'nothing found' : `${findings.length} found`;
  return [...lines, `${checked} rules checked; ${count}.`].join('\n');
}
