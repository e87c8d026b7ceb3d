/** `dmz doctor`: what is wrong with this installation, and what to do about each. */

import type { Command } from 'commander';
import { checkInstances } from '../../instances/check-instances.ts';
import type { CheckReport } from '../../kernel/check/index.ts';
import { diagnose, MIGRATED, unlessItGoesAway } from '../../kernel/doctor/index.ts';
import { stackStatus } from '../../kernel/stack/index.ts';
import { modules } from '../../modules/registry.ts';
import { findForgottenSlots } from '../../moving/forgotten-slots.ts';
import { moverOptions } from '../../moving/mover-options.ts';
import { printJson, printLine } from '../print-line.ts';

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .option('--mend', 'remove slots and publications that moves have left behind')
    .option('--json', 'print one JSON object')
    .description('Look for what keeps the platform from working well, and say the next step for each.')
    .addHelpText(
      'after',
      '\nExits with 1 when it finds anything.\n\nExamples:\n  $ pnpm dmz doctor\n  $ pnpm dmz doctor --mend',
    )
    .action(async ({ json, mend = false }: { json?: boolean; mend?: boolean }) => {
      const namespaces = modules.map(({ name }) => name);
      const report = await diagnoseAll(namespaces, mend);
      if (json) printJson(report);
      else printLine(describe(report));
      if (report.findings.length > 0) process.exitCode = 1;
    });
}

/** The register says which instances there are, so they are looked at where it can be read. */
async function diagnoseAll(namespaces: readonly string[], mend: boolean): Promise<CheckReport> {
  const status = await stackStatus();
  const report = await diagnose(status, { namespaces });
  const unreadable = ['stack-is-running', MIGRATED, 'seeds-are-present'];
  if (status.postgres.state !== 'running' || report.findings.some(({ rule }) => unreadable.includes(rule)))
    return report;
  const { adminUrl } = status.postgres;
  const deeper = await unlessItGoesAway(async () => {
    const forgotten = await findForgottenSlots(moverOptions(adminUrl), mend);
    const { checked, findings } = await checkInstances(adminUrl, namespaces);
    return { checked: checked + 1, findings: [...findings, ...forgotten] };
  });
  // Checking the instances looks at everything again that was looked at before.
  return deeper.checked > 0 ? deeper : { ...report, findings: [...report.findings, ...deeper.findings] };
}

function describe({ checked, findings }: CheckReport): string {
  const lines = findings.map(({ rule, object, detail, remedy }) =>
    [rule, `  found     ${object}: ${detail}`, `  next      ${remedy}`].join('\n'),
  );
  const count = findings.length === 0 ? 'nothing found' : `${findings.length} found`;
  return [...lines, `${checked} rules checked; ${count}.`].join('\n');
}
