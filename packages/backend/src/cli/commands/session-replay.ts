/** `dmz session replay` and `session rebuild`: what happened, once more; proof that it is what is stored; its read models. */
import { evolve, initialState } from '@archive-gate/game-engine';
import type { Command } from 'commander';
import { READ_MODELS, type StoredEvent, sessionEvents } from '../../modules/game/index.ts';
import { optionErrors, sessionId } from '../options.ts';
import { printFields } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { allSessions, type SessionReference, type Verification, verifySessions } from '../replay-sessions.ts';
import { locateSession, type Place } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly all?: boolean;
  readonly tenant?: string;
  readonly verify?: boolean;
  readonly json?: boolean;
}

export function replayCommand(session: Command): void {
  session
    .command('replay')
    .argument('[id]', 'id of the session', sessionId)
    .description('Play a session once more from its events; with --verify, prove that it is what happened.')
    .option('--verify', 'run its actions again, and compare every event and every snapshot')
    .option('--all', 'verify every session, of every tenant unless one is named')
    .option('--tenant <slug>', 'of this tenant alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Exits with 1 when anything differs from what was stored.

Examples:
  $ pnpm dmz session replay 0199…
  $ pnpm dmz session replay --all --verify --json`,
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
      if (options.json) console.log(JSON.stringify(rebuilt));
      else console.log(`${rebuilt.sessions} sessions rebuilt from ${rebuilt.events} events.`);
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
  let result: Verification;
  try {
    const sessions = await chosen(place, id, options);
    result = await verifySessions(place, sessions, (done, events) =>
      progress.update(`${done} of ${sessions.length} sessions, ${events} events replayed`),
    );
  } finally {
    progress.stop();
  }
  if (!result.identical) process.exitCode = 1;
  if (options.json) return console.log(JSON.stringify(result));
  const { sessions, events, identical, snapshotsVerified, mismatches } = result;
  printFields({ sessions, events, snapshotsVerified, identical: identical ? 'yes' : 'no' });
  for (const { sessionId: of, sequence, reason } of mismatches)
    console.log(`${of}, sequence ${sequence}: ${reason}`);
}

/** Folds the events and tells what each led to. */
async function retell(place: Place, id: string, { tenant: only, json }: Options): Promise<void> {
  const { tenant } = await locateSession(place, id, only);
  const events: StoredEvent[] = [];
  await place.platform.tenancy.run(tenant, async (tx) => {
    events.length = 0;
    for await (const event of sessionEvents(tx, id)) events.push(event);
  });
  let state = initialState();
  for (const event of events) {
    state = evolve(state, event);
    if (json) continue;
    const { sequence, day, credits, trust, intel } = state;
    const place = `${String(sequence).padStart(6)}  day ${String(day).padStart(3)}`;
    console.log(`${place}  ${event.type.padEnd(32)} credits ${credits}, trust ${trust}, intel ${intel}`);
  }
  if (json) console.log(JSON.stringify({ sessionId: id, tenant, events: events.length, state }));
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
