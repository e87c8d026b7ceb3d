/** `dmz session replay` and `session rebuild`: what happened, once more; proof that it is what is stored; its read models. */

import { evolve, initialState } from '@archive-gate/game-engine';
import type { Command } from 'commander';
import { countSessions, READ_MODELS, type StoredEvent, sessionEvents } from '../../modules/game/index.ts';
import { optionErrors, sessionId, wholeNumber } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printFields } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import {
  allSessions,
  eachSession,
  replayOne,
  type SessionReference,
  type Verification,
  verifySessions,
} from '../replay-sessions.ts';
import { verifyInWorkers } from '../replay-workers.ts';
import { inEachTenant, locateSession, type Place, READING } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly all?: boolean;
  readonly tenant?: string;
  readonly verify?: boolean;
  readonly jobs: number;
  readonly json?: boolean;
}

export function replayCommand(session: Command): void {
  session
    .command('replay')
    .argument('[id]', 'id of the session', sessionId)
    .description('Play a session once more from its events; with --verify, prove that it is what happened.')
    .option('--verify', 'run its actions again, and compare every event and every snapshot')
    .option('--all', 'verify every session, of every tenant unless one is named')
    .option('--jobs <n>', 'threads that verify at once', wholeNumber('--jobs', 1, 64), 1)
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Exits with 1 when anything differs from what was stored, and when Ctrl-C ended it, which prints what was done by then.

Examples:
  $ pnpm dmz session replay 0199…
  $ pnpm dmz session replay --all --verify --jobs 2
  $ pnpm dmz session replay --all --verify --tenant consumers --json`,
    )
    .action(async (id: string | undefined, options: Options) => {
      requireOne(id, options);
      await withPlatform((platform, postgres) => {
        const place = { platform, postgres };
        return id && !options.verify ? retell(place, id, options) : verify(place, id, options);
      });
    });
}

export function rebuildCommand(session: Command): void {
  session
    .command('rebuild')
    .argument('[id]', 'id of the session', sessionId)
    .description('Empty the read models of a session and derive them again from its events.')
    .option('--all', 'every session, of every tenant unless one is named')
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ pnpm dmz session rebuild --all --tenant consumers')
    .action(async (id: string | undefined, options: Options) => {
      requireOne(id, options);
      const rebuilt = await withPlatform((platform, postgres) =>
        rebuild({ platform, postgres }, id, options),
      );
      if (options.json) printJson(rebuilt);
      else printLine(`${rebuilt.sessions} sessions rebuilt from ${rebuilt.events} events.`);
    });
}

function requireOne(id: string | undefined, { all }: Options): void {
  if (id === undefined && !all)
    throw optionErrors.CLI_OPTION_MISSING({ expected: 'the id of a session, or --all' });
  if (id !== undefined && all)
    throw optionErrors.CLI_OPTION_INVALID({ found: 'an id and --all', expected: 'one of the two' });
}

async function chosen(
  place: Place,
  id: string | undefined,
  { tenant }: Options,
): Promise<SessionReference[]> {
  if (id === undefined) return allSessions(place, tenant);
  const { tenant: home } = await locateSession(place, id, tenant);
  return [{ tenant: home, id }];
}

async function verify(place: Place, id: string | undefined, options: Options): Promise<void> {
  const progress = startProgress('looking for sessions');
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  // The second Ctrl-C finds nobody listening and ends the program at once.
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  let result: Verification;
  try {
    const walk = id === undefined ? await everySession(place, options) : await oneSession(place, id, options);
    const tell = describeProgress(walk.total);
    const onProgress = (sessions: number, events: number) => progress.update(tell(sessions, events));
    const { signal } = stop;
    const { jobs } = options;
    const { appUrl } = place.postgres;
    const replay = (reference: SessionReference) => replayOne(place.platform, reference);
    result =
      jobs === 1
        ? await verifySessions(place, walk.sessions, onProgress, signal)
        : await verifyInWorkers(walk.sessions, { jobs, replay, appUrl, signal, onProgress });
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    progress.stop();
  }
  if (!result.identical || result.interrupted) process.exitCode = 1;
  if (options.json) return printJson(result);
  printVerification(result);
}

function printVerification(result: Verification): void {
  const { sessions, events, identical, snapshotsVerified, mismatches, interrupted } = result;
  printFields({ sessions, events, snapshotsVerified, identical: identical ? 'yes' : 'no' });
  if (interrupted) printLine('It was stopped before its end; this is what was done by then.');
  for (const { sessionId: of, sequence, reason } of mismatches)
    printLine(`${of}, sequence ${sequence}: ${reason}`);
}

interface Walk {
  readonly sessions: AsyncIterable<SessionReference>;
  /** As they were counted at the beginning; people play on meanwhile. */
  readonly total: { readonly sessions: number; readonly events: number };
}

async function everySession(place: Place, { tenant }: Options): Promise<Walk> {
  const total = { sessions: 0, events: 0 };
  for await (const { result } of inEachTenant(place, tenant, countSessions)) {
    total.sessions += Object.values(result.byStatus).reduce((sum, count) => sum + count, 0);
    total.events += result.events;
  }
  return { sessions: eachSession(place, tenant), total };
}

async function oneSession(place: Place, id: string, options: Options): Promise<Walk> {
  const { tenant, session } = await locateSession(place, id, options.tenant);
  async function* only() {
    yield { tenant, id };
  }
  return { sessions: only(), total: { sessions: 1, events: session.events } };
}

/** `12 of 40 sessions, 20300 events (5100/s), 14 s left`; by events, since sessions differ in length. */
function describeProgress(total: Walk['total']): (sessions: number, events: number) => string {
  const begun = performance.now();
  return (sessions, events) => {
    const rate = events / ((performance.now() - begun) / 1_000);
    const secondsLeft = Math.ceil(Math.max(0, total.events - events) / Math.max(rate, 1));
    return `${sessions} of ${total.sessions} sessions, ${events} events (${Math.round(rate)}/s), ${secondsLeft} s left`;
  };
}

/** Folds the events and tells what each led to. */
async function retell(place: Place, id: string, { tenant: only, json }: Options): Promise<void> {
  const { tenant } = await locateSession(place, id, only);
  const events: StoredEvent[] = [];
  await place.platform.tenancy.run(
    tenant,
    async (tx) => {
      events.length = 0;
      for await (const event of sessionEvents(tx, id)) events.push(event);
    },
    READING,
  );
  let state = initialState();
  for (const event of events) {
    state = evolve(state, event);
    if (json) continue;
    const { sequence, day, credits, trust, intel } = state;
    const place = `${String(sequence).padStart(6)}  day ${String(day).padStart(3)}`;
    printLine(`${place}  ${event.type.padEnd(32)} credits ${credits}, trust ${trust}, intel ${intel}`);
  }
  if (json) printJson({ sessionId: id, tenant, events: events.length, state });
}

async function rebuild(place: Place, id: string | undefined, options: Options) {
  const progress = startProgress('looking for sessions');
  try {
    const sessions = await chosen(place, id, options);
    let events = 0;
    for (const [at, { tenant, id: each }] of sessions.entries()) {
      const rebuilt = await place.platform.consumers.rebuild(tenant, READ_MODELS, { sessionId: each });
      events += rebuilt.events;
      progress.update(`${at + 1} of ${sessions.length} sessions rebuilt`);
    }
    return { sessions: sessions.length, events };
  } finally {
    progress.stop();
  }
}
