/** Gives a command the platform on the running stack, and closes it however the command ends. */
import { type RunningPostgres, redisStatus, stackStatus, stackUp } from '../kernel/stack/index.ts';
import { openPlatform, type Platform, type PlatformOptions } from '../platform.ts';
import { cliErrors } from './print-error.ts';

/**
 * Only `stack up`, `db …` and `npm start` start a server; every other command needs one that runs.
 *
 * @throws CLI_STACK_DOWN, and STACK_* for the server that DATABASE_URL names
 */
export async function runningPostgres(): Promise<RunningPostgres> {
  if (process.env.DATABASE_URL) return (await stackUp()).postgres;
  const { postgres } = await stackStatus();
  if (postgres.state === 'running') return postgres;
  throw cliErrors.CLI_STACK_DOWN({
    found: postgres.problem ?? 'the PostgreSQL of this checkout does not run',
  });
}

/** `dmz consumers run`: the command, without what was given to it, which can name a tenant. */
export function programName(args: readonly string[] = process.argv.slice(2)): string {
  const options = args.findIndex((each) => !/^[a-z][a-z-]*$/.test(each));
  return ['dmz', ...args.slice(0, options < 0 ? args.length : options).slice(0, 2)].join(' ');
}

export async function withPlatform<Result>(
  work: (platform: Platform, postgres: RunningPostgres) => Promise<Result>,
  options: Omit<PlatformOptions, 'appUrl'> = {},
): Promise<Result> {
  const postgres = await runningPostgres();
  const platform = openPlatform({
    ...{ redisUrl: redisStatus().url, ...options },
    ...{ appUrl: postgres.appUrl, adminUrl: postgres.adminUrl, program: programName() },
  });
  try {
    return await work(platform, postgres);
  } finally {
    await platform.close();
  }
}
