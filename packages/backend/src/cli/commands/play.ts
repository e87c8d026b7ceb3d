/** `dmz play`: a person plays a session in the terminal, leaves when they like, and goes on another time. */

import type { Command } from 'commander';
import { stackUp } from '../../kernel/stack/index.ts';
import type { Platform } from '../../platform.ts';
import { sessionId as parseSessionId, wholeNumber } from '../options.ts';
import { chooseSession, type Wishes } from '../play/choose-session.ts';
import { type Console, openConsole, PlayerLeft } from '../play/console.ts';
import { playErrors } from '../play/errors.ts';
import { playSession } from '../play/play-session.ts';
import { PlayedSession, type Waiting } from '../play/played-session.ts';
import { printLine } from '../print-line.ts';
import { whileConsuming } from '../while-consuming.ts';
import { withPlatform } from '../with-platform.ts';

interface PlayOptions extends Wishes {
  readonly tenant: string;
}

const MAX_DAYS = 1_000;

export function playCommand(program: Command): void {
  program
    .command('play')
    .description('Play a session in the terminal; leave at any moment, and go on where you left.')
    .option('--tenant <slug>', 'whose player', 'consumers')
    .option('--player <email>', 'who plays; the tenant’s first person by default')
    .option('--session <id>', 'go on with this session', parseSessionId)
    .option(
      '--seed <n>',
      'key of the chances of a new session',
      wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER),
    )
    .option('--fresh', 'a new session has e-mails that nobody else has seen, as many as the pools have')
    .option('--days <n>', 'length of a new session', wholeNumber('--days', 1, MAX_DAYS), 10)
    .addHelpText(
      'after',
      '\nArrow keys and Enter choose; Ctrl-C or Esc leaves. Every action is saved when it is done.\n\nExample:\n  $ pnpm dmz play\n  $ pnpm dmz play --tenant small-company --player player003@small-company.example --days 5',
    )
    .action(async (options: PlayOptions) => {
      requireTerminal();
      await withPlatform((platform) => playInTerminal(platform, options));
    });
}

/** @throws CLI_NO_TERMINAL */
export function requireTerminal(): void {
  if (hasTerminal()) return;
  const missing = process.stdin.isTTY ? 'output' : 'input';
  throw playErrors.CLI_NO_TERMINAL({ found: `standard ${missing} is not a terminal` });
}

export const hasTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Plays until the end or until the player leaves; either way says where the game stands. */
export async function playInTerminal(platform: Platform, { tenant, ...wishes }: PlayOptions): Promise<void> {
  const screen = openConsole(process.stdin, process.stdout);
  const address = { platform, tenant, waiting: tellWaiting(screen) };
  let sessionId: string | undefined;
  try {
    await whileConsuming(platform, tenant, async (follow) => {
      sessionId = await chooseSession(screen, address, wishes);
      follow(sessionId);
      await playSession(screen, await PlayedSession.open(address, sessionId));
    });
    printLine('Thank you for keeping the gate.');
  } catch (error) {
    if (!(error instanceof PlayerLeft)) throw error;
    const again = `pnpm dmz play${tenant === 'consumers' ? '' : ` --tenant ${tenant}`}`;
    const resume = sessionId ? `${again} --session ${sessionId}` : again;
    printLine(`\nThe gate keeps. Everything you did is saved.\n  next      ${resume}`);
  } finally {
    screen.close();
  }
}

/** Tells the player that the database is away, and asks what to do when it stays away. */
function tellWaiting(screen: Console): Waiting {
  return {
    began: () => screen.say('The database does not answer. Waiting for it; nothing is lost …'),
    ended: () => screen.say('It is back.'),
    async gaveUp(error) {
      const embedded = !process.env.DATABASE_URL;
      const choice = await screen.choose(`${error.code}  The database is still away.`, [
        ...(embedded ? [{ value: 'start' as const, label: 'Start the database, and go on' }] : []),
        { value: 'again' as const, label: 'Wait on' },
        { value: 'leave' as const, label: 'Leave; what you did is saved' },
      ]);
      if (choice === 'leave') throw new PlayerLeft();
      if (choice === 'start') await stackUp({ onProgress: (line) => screen.say(line) });
    },
  };
}
