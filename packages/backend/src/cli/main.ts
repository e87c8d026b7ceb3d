/**
 * The command line: a thin edge over the services. It parses arguments, prints results, and turns errors into one
 * clear message and an exit status: 0 done, 1 failed or found something, 2 wrong usage.
 */
import { Command, CommanderError } from 'commander';
import { auditCommands } from './commands/audit.ts';
import { breakGlassCommands } from './commands/break-glass.ts';
import { cacheCommands } from './commands/cache.ts';
import { certificateCommands } from './commands/certificate.ts';
import { consumersCommands } from './commands/consumers.ts';
import { dbCommands } from './commands/db.ts';
import { docsCommands } from './commands/docs.ts';
import { doctorCommand } from './commands/doctor.ts';
import { eventsCommands } from './commands/events.ts';
import { instanceCommands } from './commands/instance.ts';
import { isolationCommands } from './commands/isolation.ts';
import { keysCommands } from './commands/keys.ts';
import { migrateCommands } from './commands/migrate.ts';
import { partitionCommands } from './commands/partitions.ts';
import { playCommand } from './commands/play.ts';
import { privacyCommands } from './commands/privacy.ts';
import { queueCommands } from './commands/queue.ts';
import { recordsCommands } from './commands/records.ts';
import { retentionCommands } from './commands/retention.ts';
import { sessionCommands } from './commands/session.ts';
import { simulateCommands } from './commands/simulate.ts';
import { stackCommands } from './commands/stack.ts';
import { startCommand } from './commands/start.ts';
import { tenantCommands } from './commands/tenant.ts';
import { webhookCommands } from './commands/webhook.ts';
import { cliErrors, printError } from './print-error.ts';

export async function main(argv: readonly string[]): Promise<number> {
  const program = buildProgram();
  const json = argv.includes('--json');
  // Somebody who stops reading our output early (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  // Nor is one who does not want to hear what is going on: the work and its exit status stay as they are.
  process.stderr.on('error', () => {});
  try {
    await program.parseAsync(argv, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (!(error instanceof CommanderError)) return printError(error, { json });
    if (error.code.startsWith('commander.help') || error.code === 'commander.version')
      return error.exitCode === 0 ? 0 : 2;
    return printError(cliErrors.CLI_USAGE({ found: error.message.replace(/^error: /, '') }), { json });
  }
}

export function buildProgram(): Command {
  const program = new Command('dmz')
    .description('Operates the data platform of The DMZ: Archive Gate.')
    .configureOutput({ outputError: () => {} }) // main prints it, as every other error
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  stackCommands(program);
  dbCommands(program);
  migrateCommands(program);
  sessionCommands(program);
  consumersCommands(program);
  cacheCommands(program);
  queueCommands(program);
  webhookCommands(program);
  tenantCommands(program);
  instanceCommands(program);
  isolationCommands(program);
  keysCommands(program);
  recordsCommands(program);
  privacyCommands(program);
  breakGlassCommands(program);
  certificateCommands(program);
  partitionCommands(program);
  retentionCommands(program);
  doctorCommand(program);
  simulateCommands(program);
  playCommand(program);
  startCommand(program);
  docsCommands(program);
  eventsCommands(program);
  auditCommands(program);
  return program;
}
