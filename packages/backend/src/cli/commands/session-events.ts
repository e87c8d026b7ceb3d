/** `dmz session events`: what happened in a session, in order or backwards, page by page. */

import { eventTypes, type GameEventType } from '@archive-gate/game-engine';
import type { Command } from 'commander';
import { eventsPage, type StoredEvent, type StreamQuery } from '../../modules/game/index.ts';
import { optionErrors, sessionId, wholeNumber, wordsOf } from '../options.ts';
import { paintFor } from '../paint.ts';
import { printJson, printLine } from '../print-line.ts';
import { plainly } from '../state-words.ts';
import { locateSession, type Place, READING } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';

interface Options {
  readonly from?: number;
  readonly to?: number;
  readonly backwards?: boolean;
  readonly type?: GameEventType[];
  readonly limit?: number;
  readonly tenant?: string;
  readonly json?: boolean;
}

const TYPES = Object.keys(eventTypes) as GameEventType[];
/** Each page is a transaction of its own, so a long list holds nothing open while somebody reads it. */
const EVENTS_PER_PAGE = 1_000;

export function eventsCommand(session: Command): void {
  session
    .command('events')
    .argument('<id>', 'id of the session', sessionId)
    .description('Show what happened in a session, in order.')
    .option('--from <n>', 'lowest sequence', wholeNumber('--from', 1))
    .option('--to <n>', 'highest sequence', wholeNumber('--to', 1))
    .option('--backwards', 'the last one first')
    .option('--type <type>', 'of this type alone; several with commas', wordsOf('--type', TYPES))
    .option('--limit <n>', 'at most so many', wholeNumber('--limit', 1))
    .option('--tenant <slug>', 'look for it in this tenant alone')
    .option('--json', 'print one JSON array')
    .addHelpText(
      'after',
      `
docs/reference/events.md lists the types. Where --limit leaves some out, the last line says how to go on.

Examples:
  $ pnpm dmz session events 0199… --from 10 --to 20 --json
  $ pnpm dmz session events 0199… --backwards --limit 5
  $ pnpm dmz session events 0199… --type game.day.ended,game.breach.occurred`,
    )
    .action(async (id: string, options: Options) => {
      requireRange(options);
      await withPlatform((platform, postgres) => printEvents({ platform, postgres }, id, options));
    });
}

/** @throws CLI_OPTION_INVALID */
function requireRange({ from, to }: Options): void {
  if (from === undefined || to === undefined || from <= to) return;
  throw optionErrors.CLI_OPTION_INVALID({
    found: `--from ${from} --to ${to}`,
    expected: '--from at most --to',
  });
}

async function printEvents(place: Place, id: string, options: Options): Promise<void> {
  const { json, backwards = false } = options;
  const { dim } = paintFor(process.stdout);
  const all: StoredEvent[] = [];
  let printed = 0;
  for await (const { events, next } of pagesOf(place, id, options)) {
    if (!json && printed === 0)
      printLine(dim(`${'sequence'.padStart(8)}  ${'time'.padEnd(24)}  ${'type'.padEnd(27)}  data`));
    if (json) all.push(...events);
    else for (const event of events) printLine(lineOf(event));
    printed += events.length;
    if (printed === options.limit && next !== null && !json)
      printLine(dim(`more: ${backwards ? '--backwards --to' : '--from'} ${next}`));
  }
  if (json) printJson(all);
}

async function* pagesOf({ platform, postgres }: Place, id: string, options: Options) {
  const { from, to, type, backwards = false, limit = Number.POSITIVE_INFINITY } = options;
  const { tenant, session } = await locateSession({ platform, postgres }, id, options.tenant);
  let range = { from: from ?? 1, to: to ?? session.events };
  for (let left = limit; left > 0; ) {
    const query: StreamQuery = { ...range, backwards, ...(type ? { types: type } : {}) };
    const wanted = { ...query, limit: Math.min(left, EVENTS_PER_PAGE) };
    const page = await platform.tenancy.run(tenant, (tx) => eventsPage(tx, id, wanted), READING);
    yield page;
    if (page.next === null) return;
    left -= page.events.length;
    range = backwards ? { ...range, to: page.next } : { ...range, from: page.next };
  }
}

const lineOf = ({ sequence, serverTime, type, data }: StoredEvent): string =>
  `${String(sequence).padStart(8)}  ${serverTime.toISOString()}  ${type.padEnd(27)}  ${plainly(data)}`;
