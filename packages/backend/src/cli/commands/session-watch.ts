/** `dmz session watch`: time travel to look at; a list of steps where there is no terminal. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { compareStates, gameErrors } from '../../modules/game/index.ts';
import { sessionId, wholeNumber } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { changeInOneLine } from '../state-words.ts';
import { locateSession } from '../walk-tenants.ts';
import { Timeline } from '../watch/timeline.ts';
import { watchInTerminal } from '../watch/watch-session.ts';
import { withPlatform } from '../with-platform.ts';
import { hasTerminal } from './play.ts';

interface Options {
  readonly from?: number;
  readonly follow?: boolean;
  readonly tenant?: string;
  readonly json?: boolean;
}

const LOOK_AGAIN_MS = 1_000;

export function watchCommand(session: Command): void {
  session
    .command('watch')
    .argument('<id>', 'id of the session', sessionId)
    .description(
      'Move through a session in the terminal: its events, the state after each, and what changed.',
    )
    .option('--from <n>', 'begin at this sequence', wholeNumber('--from', 0))
    .option('--follow', 'stay at the end, and show what comes while it is played')
    .option('--tenant <slug>', 'look for it in this tenant alone')
    .option('--json', 'print one JSON object a line for each event, with what it changed')
    .addHelpText(
      'after',
      `
Arrow keys step, PgUp and PgDn turn pages, Home and End go to the ends, d goes to the next game day, g and a number to a
sequence, space plays and pauses, f follows a session that is being played, q leaves. It shows the truth of each e-mail.
Without a terminal it prints a line for each event.

Examples:
  $ pnpm dmz session watch 0199…
  $ pnpm dmz session watch 0199… --follow
  $ pnpm dmz session watch 0199… --from 100 | less`,
    )
    .action(async (id: string, options: Options) => {
      await withPlatform(async (platform, postgres) => {
        const { tenant } = await locateSession({ platform, postgres }, id, options.tenant);
        const timeline = await Timeline.open(platform, tenant, id);
        const { follow = false, json = false } = options;
        const position = options.from ?? (follow ? timeline.head : 0);
        if (position > timeline.head && !follow) {
          const expected = `0 to ${timeline.head}`;
          throw gameErrors.GAME_SEQUENCE_OUT_OF_RANGE({ found: `sequence ${position}`, expected });
        }
        if (json || !hasTerminal()) await printSteps(timeline, position, follow, json);
        else await watchInTerminal(timeline, { sessionId: id, position, follow });
      });
    });
}

async function printSteps(timeline: Timeline, from: number, follow: boolean, json: boolean): Promise<void> {
  for (let sequence = Math.max(1, from); ; ) {
    for (; sequence <= timeline.head; sequence += 1) await printStep(timeline, sequence, json);
    if (!follow) return;
    await sleep(LOOK_AGAIN_MS);
    await timeline.refresh();
  }
}

async function printStep(timeline: Timeline, sequence: number, json: boolean): Promise<void> {
  const { event, before, state } = await timeline.at(sequence);
  if (!event) return;
  const changes = compareStates(before, state).filter(({ path }) => path !== 'sequence');
  const { serverTime, type } = event;
  if (json) return printJson({ sequence, serverTime, type, day: state.day, changes });
  const told = changes.map(changeInOneLine).join('; ') || 'nothing in the state';
  printLine(
    `${String(sequence).padStart(8)}  day ${String(state.day).padStart(3)}  ${type.padEnd(27)}  ${told}`,
  );
}
