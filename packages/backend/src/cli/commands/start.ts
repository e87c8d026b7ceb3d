/**
 * `dmz start`, which is `npm start`: sets up whatever is missing, then runs the game. On a terminal a person plays;
 * elsewhere the recorded shift is played, stored, replayed and compared, so that one command proves the whole chain.
 */

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { seedInstances } from '../../instances/upgrade-instances.ts';
import { startInstances } from '../../kernel/instances/index.ts';
import { redisUp, stackUp } from '../../kernel/stack/index.ts';
import { readPackFiles } from '../../modules/content/index.ts';
import { openPlatform, type Platform } from '../../platform.ts';
import { seedIfChanged } from '../../seed.ts';
import { migrateFleet } from '../migrate-fleet.ts';
import { Journal } from '../play/journal.ts';
import { lookOf } from '../play/look.ts';
import { describeFinal, renderShift } from '../play/report-screen.ts';
import { printJson, printLine, tellLine } from '../print-line.ts';
import { type PlayedRecording, playRecording, requireSame } from '../start/play-recording.ts';
import { recordGame } from '../start/record-game.ts';
import {
  type Recording,
  readRecording,
  recordingErrors,
  recordingFile,
  writeRecording,
} from '../start/recording.ts';
import { whileConsuming } from '../while-consuming.ts';
import { hasTerminal, playInTerminal } from './play.ts';

interface StartOptions {
  readonly json?: boolean;
  readonly record?: boolean;
}

export function startCommand(program: Command): void {
  program
    .command('start')
    .description('Set up what is missing, then play: in a terminal yourself, elsewhere a recorded shift.')
    .option('--json', 'play the recorded shift, and print one JSON object')
    .option(
      '--record',
      'maintenance: let a bot play a new shift and write it to content/recorded; needs no database',
    )
    .addHelpText('after', '\nExample:\n  $ npm start\n  $ npm start | cat        plays the recorded shift')
    .action(async (options: StartOptions) => {
      if (options.record) return record();
      const platform = await setUp();
      try {
        if (hasTerminal() && !options.json) await playInTerminal(platform, { tenant: 'consumers', days: 10 });
        else await showRecording(platform, options.json ?? false);
      } finally {
        await platform.close();
      }
    });
}

/** Repeatable: whatever is there already is left as it is. */
async function setUp(): Promise<Platform> {
  const startedAt = performance.now();
  const { postgres } = await stackUp({ onProgress: tellLine });
  await startInstances({ onProgress: tellLine });
  const { url: redisUrl } = await redisUp({ onProgress: tellLine });
  const { applied } = await migrateFleet(postgres.adminUrl, { everyStep: true });
  const platform = openPlatform({ appUrl: postgres.appUrl, redisUrl, program: 'dmz start' });
  try {
    const seeded = await seedIfChanged(platform, postgres.adminUrl);
    if (seeded) await seedInstances(postgres.adminUrl);
    const added = seeded?.tenants.reduce((sum, each) => sum + each.templatesAdded, 0) ?? 0;
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    tellLine(`Ready in ${seconds} s: ${applied.length} migrations applied, ${added} e-mails added.`);
    return platform;
  } catch (error) {
    await platform.close();
    throw error;
  }
}

async function showRecording(platform: Platform, json: boolean): Promise<void> {
  const recording = readRecording();
  tellLine(`Playing the recorded shift of ${recording.days} days (${recording.actions.length} actions) …`);
  let told = false;
  const tellOnce = () => {
    if (!told) tellLine('The database does not answer. Waiting for it; nothing is lost …');
    told = true;
  };
  const played = await whileConsuming(platform, recording.tenant, async (follow) => {
    const ended = await playRecording(platform, recording, tellOnce);
    follow(ended.sessionId);
    return ended;
  });
  if (json) printReportJson(recording, played);
  else printReport(recording, played);
  requireSame(recording, played);
}

function printReportJson(
  recording: Recording,
  { sessionId, events, eventsSha256, replay }: PlayedRecording,
): void {
  const { days, final } = journalOf(events);
  const report = {
    sessionId,
    seed: recording.seed,
    events: events.length,
    eventsSha256,
    asRecorded: eventsSha256 === recording.expected.eventsSha256,
    identical: replay.mismatches.length === 0,
    snapshotsVerified: replay.snapshotsVerified,
    mismatches: replay.mismatches,
    score: final?.score ?? null,
    grade: final?.grade ?? null,
    days,
  };
  printJson(report, 2);
}

function printReport(
  recording: Recording,
  { sessionId, events, eventsSha256, replay }: PlayedRecording,
): void {
  const { days, final } = journalOf(events);
  const same = eventsSha256 === recording.expected.eventsSha256;
  const lines = [
    '',
    `The shift of session ${sessionId}, tenant ${recording.tenant}, seed ${recording.seed}`,
    '',
    renderShift(days, lookOf(process.stdout)),
    '',
    final ? describeFinal(final) : 'The game did not come to its end.',
    '',
    replay.mismatches.length === 0
      ? `Replay: identical to what was stored (${replay.events} events, ${replay.snapshotsVerified} snapshots).`
      : `Replay: differs from what was stored in ${replay.mismatches.length} places.`,
    same
      ? `Recording: the game went exactly as recorded (SHA-256 ${eventsSha256.slice(0, 16)}…).`
      : 'Recording: the game went differently than it was recorded.',
    '',
    'Play it yourself: pnpm dmz play     Look into this one: pnpm dmz session list --tenant consumers',
  ];
  printLine(lines.join('\n'));
}

function journalOf(events: PlayedRecording['events']): Journal {
  const journal = new Journal({ version: 'none@0', emails: [] });
  for (const event of events) journal.add(event);
  return journal;
}

/** @throws CLI_RECORDING_INVALID  when no bot's shift is worth recording */
function record(): void {
  const recording = recordGame(readPackFiles());
  if (!recording) throw recordingErrors.CLI_RECORDING_NONE_FOUND();
  mkdirSync(path.dirname(recordingFile), { recursive: true });
  writeRecording(recording);
  const { expected, seed: chosen, actions } = recording;
  printLine(
    `Seed ${chosen}: ${actions.length} actions, ${expected.events} events, score ${expected.score}, grade ${expected.grade}.`,
  );
  printLine(path.relative(process.cwd(), recordingFile));
}
