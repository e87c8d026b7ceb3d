/** `dmz tenant move …`: brings a tenant from one placement to another while it works. */

import type { Command } from 'commander';
import { type OwnerTx, runAsOwner } from '../../kernel/db/index.ts';
import { quoted } from '../../kernel/errors/index.ts';
import { type Move, moverErrors, USUAL_REST_RATIO } from '../../kernel/mover/index.ts';
import { TRANSFER_GROUNDS } from '../../modules/governance/index.ts';
import { moveRegister } from '../../modules/public/index.ts';
import { isUnderWork } from '../../moving/is-under-work.ts';
import { type MoveReport, reportOf } from '../../moving/move-report.ts';
import { bringToEnd, type Ground, type Mover, planMove, takeBack } from '../../moving/move-tenant.ts';
import { moverOptions } from '../../moving/mover-options.ts';
import { type PurgedSource, purgeSource } from '../../moving/purge-source.ts';
import { describeMove } from '../move-progress.ts';
import { dataSize, duration, required, wholeNumber, wordOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printFields, printTable } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly json?: boolean;
  readonly to?: 'shared' | 'schema' | 'instance';
  readonly instance?: string;
  readonly keepSource: number;
  readonly maxPause: number;
  readonly maxWal: number;
  readonly approve?: string;
  readonly ground: Ground;
  readonly throttle?: number;
  readonly jobs?: number;
  readonly niceRatio?: number;
  readonly now?: boolean;
}

const TIERS = ['shared', 'schema', 'instance'] as const;
const DAY_SECONDS = 86_400;
const USUAL_PAUSE_MS = 500;
const USUAL_WAL_BYTES = 8e9;

export function moveCommands(tenant: Command): void {
  const move = tenant
    .command('move')
    .argument('[slug]', 'slug or id of the tenant')
    .description(
      'Move a tenant to another placement while it works; also list, status, pause, resume, rollback, purge.',
    )
    .option('--to <tier>', 'shared, schema or instance', wordOf('--to', TIERS))
    .option('--instance <name>', 'the instance that it goes to, where that does not follow from the tier')
    .option(
      '--keep-source <time>',
      'how long the rows left behind are kept',
      duration('--keep-source'),
      DAY_SECONDS,
    )
    .option(
      '--max-pause <ms>',
      'how long the tenant may wait at the switch',
      wholeNumber('--max-pause', 100, 60_000),
      USUAL_PAUSE_MS,
    )
    .option('--approve <reference>', 'approval of a move to another region')
    .option(
      '--ground <ground>',
      'on what ground personal data may go there',
      wordOf('--ground', TRANSFER_GROUNDS),
      'standard_clauses',
    )
    .option(
      '--max-wal <size>',
      'stop when the source has to keep more of its log for the move',
      dataSize('--max-wal'),
      USUAL_WAL_BYTES,
    );
  withPace(move)
    .addHelpText(
      'after',
      `
Killed at any moment, it is taken up again by resume, or undone by rollback. Exits with 1 when the copy differs.

Examples:
  $ pnpm dmz tenant move acme --to schema
  $ pnpm dmz tenant move acme --to instance --instance frankfurt-2 --keep-source 7d --max-pause 250
  $ pnpm dmz tenant move status acme`,
    )
    .action((slug: string | undefined, options: Options) => startMove(required('<slug>', slug), options));
  lookCommands(move);
  workCommands(move);
}

const withPace = (command: Command): Command =>
  command
    .option('--throttle <size>', 'copy no more than this a second, such as 20MB', dataSize('--throttle'))
    .option('--jobs <n>', 'tables that are copied at once (2)', wholeNumber('--jobs', 1, 16))
    .option(
      '--nice-ratio <n>',
      `rest so many times as long as it works while other tenants are at work (${USUAL_REST_RATIO}); 0 never rests`,
      wholeNumber('--nice-ratio', 0, 100),
    )
    .option('--json', 'print one JSON object');

async function startMove(slug: string, options: Options): Promise<void> {
  const tier = required('--to <tier>', options.to) as (typeof TIERS)[number];
  await withMover(options, async (mover) => {
    const move = await planMove(mover, {
      ...{ slug, tier, instance: options.instance, approval: options.approve },
      maxPauseMs: options.maxPause,
      keepSourceSeconds: options.keepSource,
      maxWalBytes: options.maxWal,
    });
    print(options, reportOf(await bringToEnd(mover, move, options.ground)));
  });
}

function lookCommands(move: Command): void {
  move
    .command('list')
    .description('List every move, the newest first.')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz tenant move list')
    .action((_: Options, command: Command) => listMoves(command.optsWithGlobals()));
  move
    .command('status')
    .argument('<slug>', 'slug of the tenant')
    .description('Show a tenant’s move that is under way, or its last one, with every step.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz tenant move status acme')
    .action((slug: string, _: Options, command: Command) => showStatus(slug, command.optsWithGlobals()));
}

function workCommands(move: Command): void {
  const add = (name: string, description: string, act: (slug: string, options: Options) => Promise<void>) =>
    move
      .command(name)
      .argument('<slug>', 'slug of the tenant')
      .description(description)
      .option('--json', 'print one JSON object')
      .addHelpText('after', `\nExample:\n  $ pnpm dmz tenant move ${name} acme`)
      .action((slug: string, _: Options, command: Command) => act(slug, command.optsWithGlobals()));
  add('pause', 'Let a move wait where it is: it follows the source, and switches nothing.', pauseMove);
  add(
    'resume',
    'Take up a move that was paused, interrupted or failed, and bring it to its end.',
    resumeMove,
  );
  add('rollback', 'Undo a move that has not switched the tenant; nothing of it remains.', rollBack);
  add('purge', 'Purge what a move left behind, when it need be kept no longer.', purge).option(
    '--now',
    'also before its time is over',
  );
}

async function listMoves(options: Options): Promise<void> {
  await withMover(options, async (mover) => {
    const moves = await inControl(mover, moveRegister.list);
    const reports: MoveReport[] = [];
    for (const each of moves) reports.push(reportOf(each, await isUnderWork(mover.options, each)));
    if (options.json) return printJson(reports);
    printTable(
      ['tenant', 'from', 'to', 'step', 'state', 'rows', 'pause', 'started'],
      reports.map((each) => [
        each.tenant,
        `${each.from} on ${each.fromInstance}`,
        `${each.to} on ${each.toInstance}`,
        each.step,
        each.state,
        each.rowsCopied,
        each.cutover.pauseMs === null ? null : `${each.cutover.pauseMs} ms`,
        each.startedAt,
      ]),
    );
  });
}

async function showStatus(slug: string, options: Options): Promise<void> {
  await withMover(options, async (mover) => {
    const move = await latest(mover, slug);
    const steps = await inControl(mover, (tx) => moveRegister.steps(tx, move.id));
    const report = reportOf(move, await isUnderWork(mover.options, move));
    if (options.json) return printJson({ ...report, steps });
    print(options, report);
    printTable(
      ['', 'step', 'attempt', 'position', 'at'],
      steps.map(({ number, step, attempt, lsn, at }) => [number, step, attempt, lsn, at]),
    );
  });
}

async function pauseMove(slug: string, options: Options): Promise<void> {
  await withMover(options, async (mover) => {
    const move = await latest(mover, slug);
    await inControl(mover, (tx) => moveRegister.wish(tx, move.id, 'pause'));
    print(options, reportOf({ ...move, wish: 'pause' }, await isUnderWork(mover.options, move)));
  });
}

/** Where a program is at work on it already, that one is told to go on. */
async function resumeMove(slug: string, options: Options): Promise<void> {
  await withMover(options, async (mover) => {
    const move = await latest(mover, slug);
    const atWork = await isUnderWork(mover.options, move);
    if (atWork) await inControl(mover, (tx) => moveRegister.wish(tx, move.id, 'go'));
    const resumed = atWork ? { ...move, wish: 'go' as const } : await bringToEnd(mover, move);
    print(options, reportOf(resumed, atWork));
  });
}

async function rollBack(slug: string, options: Options): Promise<void> {
  await withMover(options, async (mover) =>
    print(options, reportOf(await takeBack(mover, await latest(mover, slug)))),
  );
}

async function purge(slug: string, options: Options): Promise<void> {
  await withMover(options, async (mover, progress) => {
    const moves = await inControl(mover, moveRegister.list);
    const left = moves.filter((each) => each.slug === slug && each.step === 'completed');
    const due = left.length > 0 ? left : [await latest(mover, slug)];
    const purged: PurgedSource[] = [];
    let total = 0;
    for (const move of due)
      purged.push(
        await purgeSource(mover, move, options.now ?? false, (rows) => {
          total += rows;
          progress(`purging, ${total} rows are gone`);
        }),
      );
    if (options.json) return printJson(purged);
    printLine(`${total} rows are gone, of ${purged.length} moves.`);
  });
}

async function latest(mover: Mover, slug: string): Promise<Move> {
  const move = await inControl(mover, (tx) => moveRegister.latest(tx, slug));
  if (!move) throw moverErrors.TENANCY_MOVE_UNKNOWN({ found: `of ${quoted(slug)}` });
  return move;
}

const inControl = <Result>({ options }: Mover, work: (tx: OwnerTx) => Promise<Result>): Promise<Result> =>
  runAsOwner(options.controlUrl, work);

/** Gives work the platform and the mover, with progress on standard error. */
async function withMover(
  { json, throttle, jobs, niceRatio }: Options,
  work: (mover: Mover, progress: (text: string) => void) => Promise<void>,
): Promise<void> {
  const progress = startProgress('');
  try {
    await withPlatform(async (platform, { adminUrl }) => {
      const options = moverOptions(adminUrl, {
        ...(throttle === undefined ? {} : { throttleBytes: throttle }),
        ...(jobs === undefined ? {} : { jobs }),
        ...(niceRatio === undefined ? {} : { restRatio: niceRatio }),
        ...(json ? {} : { onProgress: (each) => progress.update(describeMove(each)) }),
      });
      await work({ platform, options }, (text) => progress.update(text));
    });
  } finally {
    progress.stop();
  }
}

function print({ json }: Pick<Options, 'json'>, report: MoveReport): void {
  if (json) {
    printJson(report);
    return;
  }
  const { cutover, error, from, to, fromInstance, toInstance, verified, ...rest } = report;
  printFields({
    ...rest,
    from: `${from} on ${fromInstance}`,
    to: `${to} on ${toInstance}`,
    verified: verified ? 'every row' : 'not yet',
    pause: cutover.pauseMs === null ? null : `${cutover.pauseMs} ms`,
    'longest wait': cutover.longestWaitMs === null ? null : `${cutover.longestWaitMs} ms`,
    error: error && [error.code, error.found].filter(Boolean).join('  '),
  });
}
