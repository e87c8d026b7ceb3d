/** `dmz cache`: how Redis is, whether what it has is what PostgreSQL has, and all of it made again. */

import type { Command } from 'commander';
import { cacheStatus } from '../../caching/cache-status.ts';
import { rebuildCache } from '../../caching/rebuild-cache.ts';
import { type Keeper, type ServedTenant, verifyCache } from '../../caching/verify-cache.ts';
import { cacheErrors, maskRedisUrl, whoIsPresent } from '../../kernel/cache/index.ts';
import { runAsOwner } from '../../kernel/db/index.ts';
import { redisStatus } from '../../kernel/stack/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { listTenants } from '../../modules/public/index.ts';
import { printFindings } from '../print-findings.ts';
import { printJson, printLine } from '../print-line.ts';
import { printFields } from '../print-table.ts';
import { type Progress, startProgress } from '../progress.ts';
import { inEachTenant } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly tenant?: string;
  readonly json?: boolean;
}

/** A player does better without Redis than with a slow one; here there is nothing to do without. */
const PATIENT = { redisAnswerMs: 5_000 } as const;

export function cacheCommands(program: Command): void {
  const cache = program
    .command('cache')
    .description('What Redis has: copies of what PostgreSQL has, limits and who is present. It can be lost.');
  cache
    .command('status')
    .description('Show whether Redis answers, and how many keys it has of what.')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExits with 1 where there is meant to be a Redis and none answers.\n\nExample:\n  $ pnpm dmz cache status',
    )
    .action(showStatus);
  cache
    .command('verify')
    .description('Compare everything that Redis has with PostgreSQL, and name what differs.')
    .option('--tenant <slug>', 'what is of this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExits with 1 when something differs.\n\nExample:\n  $ pnpm dmz cache verify')
    .action(verify);
  cache
    .command('rebuild')
    .description('Make everything that Redis has again, while people play.')
    .option('--tenant <slug>', 'what is of this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nWhat was interrupted is gone on with by the same command.\n\nExample:\n  $ pnpm dmz cache rebuild --tenant acme',
    )
    .action(rebuild);
}

async function showStatus({ json }: Options): Promise<void> {
  const { url, source } = redisStatus();
  const status = await withPlatform(async (platform, postgres) => {
    const { cache } = platform;
    await cache.whenOpen();
    let present = 0;
    const list = (tx: TenantTx) => whoIsPresent(tx, cache);
    for await (const { result } of inEachTenant({ platform, postgres }, undefined, list))
      present += result?.length ?? 0;
    return { ...(await cacheStatus(cache)), present };
  }, PATIENT);
  if (url !== null && !status.reachable) process.exitCode = 1;
  const shown = { url: url === null ? null : maskRedisUrl(url), source, ...status };
  if (json) return printJson(shown);
  const { server, keys, tenants, present } = shown;
  printFields({
    redis: shown.url ?? 'none: everything is served from PostgreSQL',
    ...(url === null
      ? {}
      : { answers: status.reachable ? 'yes' : 'no: everything is served from PostgreSQL' }),
    ...(server === null ? {} : { server: `${server.version}, ${server.mode}`, memory: memoryOf(server) }),
    ...(server === null || server.policy === KEEPING ? {} : { advice: ADVICE }),
    ...{
      tenants,
      sessions: keys.session,
      boards: keys.board,
      pools: keys.pool,
      'people at play': present,
      platform: keys.platform,
      strangers: keys.stranger,
    },
  });
}

const KEEPING = 'noeviction';
const ADVICE = `set maxmemory-policy to ${KEEPING}: what is dropped instead fails nothing, but delays jobs and costs copies`;

const MEBIBYTE = 2 ** 20;

const memoryOf = ({ usedBytes, maxBytes, policy }: { usedBytes: number; maxBytes: number; policy: string }) =>
  `${(usedBytes / MEBIBYTE).toFixed(1)} MiB of ${maxBytes === 0 ? 'any' : `${(maxBytes / MEBIBYTE).toFixed(1)} MiB`}, ${policy}`;

async function verify(options: Options): Promise<void> {
  const report = await withKeeper('comparing', options, verifyCache);
  if (!report) throw cacheErrors.CACHE_UNREACHABLE({ found: 'it went away before everything was compared' });
  if (report.findings.length > 0) process.exitCode = 1;
  if (options.json) printJson(report);
  else printFindings(report, 'keys');
}

async function rebuild(options: Options): Promise<void> {
  const rebuilt = await withKeeper('rebuilding', options, rebuildCache);
  const { tenants, boards, sessions, finished } = rebuilt;
  if (options.json) printJson(rebuilt);
  else
    printLine(
      `${tenants} tenants, ${boards} boards, ${sessions} sessions${finished ? '' : ', and not at the end: run it again'}.`,
    );
  if (!finished) process.exitCode = 1;
}

/** Ctrl-C ends what is under way at its next step. */
async function withKeeper<Result>(
  what: string,
  { tenant: only }: Options,
  work: (keeper: Keeper, tenants: readonly ServedTenant[], only?: string) => Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  let progress: Progress | undefined;
  try {
    return await withPlatform(async ({ tenancy, cache }, { adminUrl }) => {
      if (!cache.isConfigured) throw cacheErrors.CACHE_ABSENT();
      if (!(await cache.whenOpen())) throw cacheErrors.CACHE_UNREACHABLE();
      const onlyId = only === undefined ? undefined : (await tenancy.locate(only)).id;
      const listed = await runAsOwner(adminUrl, listTenants);
      const tenants = listed.map(({ id, slug, status }) => ({ id, slug, active: status === 'active' }));
      progress = startProgress(what);
      const onProgress = (line: string) => progress?.update(line);
      return work({ tenancy, cache, onProgress, signal: stop.signal }, tenants, onlyId);
    }, PATIENT);
  } finally {
    progress?.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
