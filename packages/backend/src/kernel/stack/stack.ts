/**
 * The services that the commands need, brought up, taken down and described. By default that is the embedded
 * PostgreSQL of this checkout; with DATABASE_URL it is somebody else's server, which is looked at and never touched.
 * Redis is whatever REDIS_URL names, or what `redisUp` has started.
 */
import path from 'node:path';
import { isDmzError } from '../errors/index.ts';
import { stateFolder } from '../project.ts';
import { askVersion } from './connect.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { adminUrlOf, bringUp } from './embedded.ts';
import { stackErrors } from './errors.ts';
import { withStackLock } from './lock.ts';
import { findDataDir } from './placement.ts';
import { findPostmaster } from './postmaster.ts';
import { type RedisState, redisStatus } from './redis-server.ts';
import { roleUrl } from './role-credentials.ts';
import { type Settings, stopServer } from './server.ts';
import { makeFolder, readStackState } from './state-file.ts';

export interface StackOptions {
  /** Where the state is kept; the project's `.dmz`, or DMZ_HOME, unless given. */
  readonly stateFolder?: string;
  /** The embedded server of that folder, whatever DATABASE_URL names. */
  readonly embedded?: boolean;
  /** Another server than the one that DATABASE_URL names. */
  readonly databaseUrl?: string;
  /** More server settings, applied when this call is the one that starts the server; for tests. */
  readonly settings?: Settings;
  /** Told what is being done and what was unusual, a line at a time. */
  readonly onProgress?: (line: string) => void;
}

export interface RunningPostgres {
  readonly state: 'running';
  /** `DATABASE_URL`: not ours, so that `stackDown` leaves it alone. */
  readonly source: 'embedded' | 'DATABASE_URL';
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly version: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** The server's process, when it is ours. */
  readonly pid: number | null;
}

export interface AbsentPostgres {
  readonly state: 'stopped' | 'unreachable';
  readonly source: 'embedded' | 'DATABASE_URL';
  readonly adminUrl: null;
  readonly appUrl: null;
  /** Why it cannot be reached, for people; null when it simply does not run. */
  readonly problem: string | null;
}

export interface Stack<Postgres = RunningPostgres> {
  readonly postgres: Postgres;
  readonly redis: RedisState;
  /** The folder of the embedded server's data; null before the first start, and with DATABASE_URL. */
  readonly dataDir: string | null;
}

export type StackStatus = Stack<RunningPostgres | AbsentPostgres>;

export const APP_ROLE = 'dmz_app';
const OLDEST = 180_000;

/**
 * Brings everything up that is not up yet; safe to call at any time and from many processes at once.
 *
 * @throws STACK_SERVER_TOO_OLD, and what `explainConnectionError` finds, for DATABASE_URL
 * @throws STACK_DISK_FULL, STACK_FOLDER_UNUSABLE, STACK_START_FAILED, … for the embedded server
 */
export async function stackUp(options: StackOptions = {}): Promise<Stack> {
  const state = resolveState(options);
  const url = externalUrl(options);
  if (url) return describeExternal(url, state);
  const running = await describeEmbedded(state).catch(() => null);
  if (running?.postgres.state === 'running') return running as Stack;
  const say = options.onProgress ?? (() => {});
  makeFolder(state);
  return withStackLock(
    state,
    async () => {
      const { adminUrl, server, dataDir, version } = await bringUp(state, options.settings ?? {}, say);
      return {
        postgres: embedded(adminUrl, version, server.pid, state),
        redis: redisStatus({ stateFolder: state }),
        dataDir,
      };
    },
    (pid) => say(`process ${pid} is starting or stopping the stack: waiting for it`),
  );
}

/**
 * Stops the embedded server if it runs; never one that DATABASE_URL names.
 * @returns whether there was anything to stop
 * @throws STACK_STOP_FAILED, STACK_DATA_OTHER_USER
 */
export async function stackDown(
  options: StackOptions = {},
): Promise<{ stopped: boolean; dataDir: string | null }> {
  const state = resolveState(options);
  if (findDataDir(state) === null) return { stopped: false, dataDir: null };
  const stop = async (): Promise<{ stopped: boolean; dataDir: string | null }> => {
    const dataDir = findDataDir(state);
    const server = dataDir === null ? null : findPostmaster(dataDir);
    if (dataDir === null || server === null) return { stopped: false, dataDir };
    await stopServer(dataDir, server);
    return { stopped: true, dataDir };
  };
  try {
    return await withStackLock(state, stop);
  } catch (error) {
    // Without room for the lock nobody else can start anything either; stopping must still be possible.
    if (isDmzError(error, 'STACK_DISK_FULL')) return stop();
    throw error;
  }
}

/** What is there now. Starts and changes nothing, and waits for nobody. */
export async function stackStatus(options: StackOptions = {}): Promise<StackStatus> {
  const state = resolveState(options);
  const url = externalUrl(options);
  try {
    return url ? await describeExternal(url, state) : await describeEmbedded(state);
  } catch (error) {
    if (!isDmzError(error)) throw error;
    const source = url ? 'DATABASE_URL' : 'embedded';
    const problem = [error.code, error.message, error.found].filter(Boolean).join('  ');
    const postgres: AbsentPostgres = { state: 'unreachable', source, adminUrl: null, appUrl: null, problem };
    return { postgres, redis: redisStatus({ stateFolder: state }), dataDir: url ? null : findDataDir(state) };
  }
}

async function describeEmbedded(state: string): Promise<StackStatus> {
  const dataDir = findDataDir(state);
  const server = dataDir === null ? null : findPostmaster(dataDir);
  const known = readStackState(state);
  if (server === null || known === null || !server.ready) {
    const absent = {
      state: 'stopped',
      source: 'embedded',
      adminUrl: null,
      appUrl: null,
      problem: null,
    } as const;
    return { postgres: absent, redis: redisStatus({ stateFolder: state }), dataDir };
  }
  const adminUrl = adminUrlOf(known.adminPassword, server.port);
  const { text } = await askVersion(adminUrl);
  return {
    postgres: embedded(adminUrl, text, server.pid, state),
    redis: redisStatus({ stateFolder: state }),
    dataDir,
  };
}

async function describeExternal(given: string, state: string): Promise<Stack> {
  const url = parseDatabaseUrl(given);
  const version = await askVersion(url.href);
  if (version.number < OLDEST) {
    throw stackErrors.STACK_SERVER_TOO_OLD({
      found: `PostgreSQL ${version.text}`,
      expected: 'PostgreSQL 18 or newer',
    });
  }
  const postgres = running('DATABASE_URL', url.href, version.text, null, state);
  return { postgres, redis: redisStatus({ stateFolder: state }), dataDir: null };
}

const embedded = (adminUrl: string, version: string, pid: number, state: string): RunningPostgres =>
  running('embedded', adminUrl, version, pid, state);

function running(
  source: RunningPostgres['source'],
  adminUrl: string,
  version: string,
  pid: number | null,
  state: string,
): RunningPostgres {
  const url = parseDatabaseUrl(adminUrl);
  return {
    state: 'running',
    source,
    adminUrl,
    appUrl: roleUrl(adminUrl, APP_ROLE, undefined, state),
    version,
    host: decodeURIComponent(url.hostname),
    port: Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
    pid,
  };
}

function externalUrl({ embedded: own = false, databaseUrl }: StackOptions): string | undefined {
  return own ? undefined : (databaseUrl ?? process.env.DATABASE_URL);
}

function resolveState({ stateFolder: given }: StackOptions): string {
  return given === undefined ? stateFolder() : path.resolve(given);
}
