/**
 * The Redis of this checkout: on 127.0.0.1 alone, with a password, and nothing on the disk, since all that it holds can
 * be made again. It outlives the command. Its settings go in by its standard input, so that no list of processes and no
 * file has the password but `redis.json`, which is its owner's to read. Where no Redis is installed, or it does not
 * start, the platform runs without, and says so.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { dropClient, makeClient, within } from '../cache/client.ts';
import { parseRedisUrl } from '../cache/redis-url.ts';
import { stateFolder } from '../project.ts';
import { withStackLock } from './lock.ts';
import { choosePort } from './port.ts';
import { isAlive, startOf } from './process-identity.ts';
import { findRedisProgram } from './redis-program.ts';
import { launchProgram } from './run-program.ts';
import { chooseServerUser } from './server-user.ts';
import { makeFolder, newPassword, writeWhole } from './state-file.ts';

export interface RedisState {
  readonly url: string | null;
  /** `REDIS_URL`: not ours, so that it is neither started nor stopped. */
  readonly source: 'embedded' | 'REDIS_URL' | null;
  /** The server's process, when it is ours and runs. */
  readonly pid: number | null;
}

export interface RedisOptions {
  /** The project's `.dmz`, or DMZ_HOME, unless given. */
  readonly stateFolder?: string;
  /** More lines of configuration; for tests. */
  readonly settings?: readonly string[];
  readonly onProgress?: (line: string) => void;
}

const Kept = z.object({ password: z.string().min(20), port: z.int(), pid: z.int(), start: z.string() });
type Kept = z.infer<typeof Kept>;

const NONE: RedisState = { url: null, source: null, pid: null };
const READY_MS = 5_000;
const STOP_MS = 5_000;
const POLL_MS = 20;
/** Somebody may take the port between asking for it and listening there, or that for a cluster's nodes, which is not asked for. */
const STARTS = 3;

const fileOf = (state: string) => path.join(state, 'redis.json');
const logOf = (state: string) => path.join(state, 'redis.log');

const settingsOf = (port: number, password: string, more: readonly string[]) =>
  [
    `bind 127.0.0.1`,
    `port ${port}`,
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    // Refusing a write is noticed and gone on without; evicting half of a ranking would not be.
    'maxmemory-policy noeviction',
    'databases 64',
    ...more,
    '',
  ].join('\n');

/** What there is now. Starts nothing. */
export function redisStatus({ stateFolder: given }: RedisOptions = {}): RedisState {
  const named = process.env.REDIS_URL;
  if (named) return { url: named, source: 'REDIS_URL', pid: null };
  const kept = readKept(given ?? stateFolder());
  return kept ? running(kept) : NONE;
}

/** Starts a Redis where there is one to start and none runs; safe to call at any time and from many processes at once. */
export async function redisUp(options: RedisOptions = {}): Promise<RedisState> {
  const { stateFolder: state = stateFolder(), settings = [], onProgress: say = () => {} } = options;
  const found = redisStatus(options);
  if (found.url !== null) return found;
  const program = findRedisProgram();
  if (program === null) {
    say(
      'no redis-server or valkey-server on the PATH: running without, everything is served from PostgreSQL',
    );
    return NONE;
  }
  makeFolder(state);
  return withStackLock(state, async () => {
    const since = readKept(state);
    if (since) return running(since);
    const started = await startRedis(program, state, settings, say);
    if (started) return running(started);
    say(`Redis did not start, see ${logOf(state)}: running without, everything is served from PostgreSQL`);
    return NONE;
  });
}

/** @returns whether there was one of ours to stop */
export async function redisDown({ stateFolder: state = stateFolder() }: RedisOptions = {}): Promise<boolean> {
  if (!readKept(state)) return false;
  return withStackLock(state, async () => {
    const kept = readKept(state);
    if (kept) await stopProcess(kept);
    return kept !== null;
  });
}

const urlOf = ({ password, port }: Pick<Kept, 'password' | 'port'>) =>
  `redis://:${password}@127.0.0.1:${port}/0`;
const running = (kept: Kept): RedisState => ({ url: urlOf(kept), source: 'embedded', pid: kept.pid });

/** What was started last, whether or not it still runs. */
function readLast(state: string): Kept | null {
  try {
    return Kept.parse(JSON.parse(fs.readFileSync(fileOf(state), 'utf8')));
  } catch {
    return null;
  }
}

function readKept(state: string): Kept | null {
  const last = readLast(state);
  return last && startOf(last.pid) === last.start ? last : null;
}

async function startRedis(
  program: string,
  state: string,
  settings: readonly string[],
  say: (line: string) => void,
): Promise<Kept | null> {
  // As before where it can be: programs that run find it again.
  const last = readLast(state);
  const password = last?.password ?? newPassword();
  let wanted = last?.port ?? null;
  for (let start = 0; start < STARTS; start += 1) {
    const port = await choosePort(wanted, say);
    const kept = await launchRedis(program, { state, port, password, settings, say });
    if (kept || !/address already in use/i.test(fs.readFileSync(logOf(state), 'utf8'))) return kept;
    wanted = null;
  }
  return null;
}

interface RedisStart extends Pick<Kept, 'port' | 'password'> {
  readonly state: string;
  readonly settings: readonly string[];
  readonly say: (line: string) => void;
}

async function launchRedis(
  program: string,
  { state, port, password, settings, say }: RedisStart,
): Promise<Kept | null> {
  const log = fs.openSync(logOf(state), 'w', 0o600);
  try {
    // It needs no files, so it can be anybody, anywhere.
    const place = { user: chooseServerUser([]), cwd: '/' };
    const { pid = 0 } = await launchProgram(program, ['-'], place, log, settingsOf(port, password, settings));
    const kept = { password, port, pid, start: startOf(pid) ?? '' };
    writeWhole(fileOf(state), `${JSON.stringify(kept, null, 2)}\n`);
    if (await answers(kept)) return kept;
    await stopProcess(kept);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  } finally {
    fs.closeSync(log);
  }
  return null;
}

async function answers(kept: Kept): Promise<boolean> {
  const address = parseRedisUrl(urlOf(kept));
  for (const deadline = Date.now() + READY_MS; isAlive(kept.pid) && Date.now() < deadline; ) {
    const client = makeClient(address);
    try {
      await within(READY_MS, client.connect());
      return (await client.ping()) === 'PONG';
    } catch {
      await sleep(POLL_MS);
    } finally {
      dropClient(client);
    }
  }
  return false;
}

async function stopProcess({ pid, start }: Kept): Promise<void> {
  const lives = () => startOf(pid) === start;
  const end = (signal: NodeJS.Signals) => lives() && process.kill(pid, signal);
  end('SIGTERM');
  for (const deadline = Date.now() + STOP_MS; lives() && Date.now() < deadline; ) await sleep(POLL_MS);
  end('SIGKILL');
}
