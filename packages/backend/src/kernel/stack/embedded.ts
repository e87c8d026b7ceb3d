/**
 * Bringing the embedded server up from whatever state it was left in: never started, stopped, killed, running with a
 * lost or outdated password, or without its database. Called under the stack's lock.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDmzError } from '../errors/index.ts';
import { askVersion, closeOtherDatabases, createDatabase, type ServerVersion } from './connect.ts';
import { stackErrors } from './errors.ts';
import { ensureCluster } from './initialise.ts';
import { type Placement, preparePlacement } from './placement.ts';
import { findPostmaster, type Postmaster, settledPostmaster } from './postmaster.ts';
import { resetPassword, type Settings, startServer, stopServer } from './server.ts';
import { newPassword, readStackState, type StackState, writeStackState } from './state-file.ts';

const DATABASE = 'archive_gate';
/** How long a running server may refuse to answer: shutting down, or with every connection taken. */
const ANSWER_MS = 30_000;

export interface EmbeddedServer {
  readonly adminUrl: string;
  readonly server: Postmaster;
  readonly dataDir: string;
  readonly version: string;
}

export function adminUrlOf(password: string, port: number, database = DATABASE): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

/** @param state the state folder */
export async function bringUp(
  state: string,
  settings: Settings,
  say: (line: string) => void,
): Promise<EmbeddedServer> {
  const place = await preparePlacement(state, say);
  const { dataDir } = place;
  const remembered = readStackState(state);
  const known = { adminPassword: newPassword(), port: null, ...remembered };
  // Written before the cluster is made. Killed in between, or lost later, the two no longer agree: mended below.
  writeStackState(state, known);
  if (findPostmaster(dataDir) === null) await ensureCluster(place, known.adminPassword, say);
  const first = await runAndAsk(state, place, known, settings, say);
  if (first !== 'wrong password') return first;
  say('the server does not know the password in stack.json: setting a new one, which restarts it');
  const mended = await mendPassword(state, place, known.port);
  const second = await runAndAsk(state, place, mended, settings, say);
  if (second !== 'wrong password') return second;
  throw stackErrors.STACK_START_FAILED({
    found: `a password that was just set is refused (log: ${place.logFile})`,
  });
}

async function mendPassword(state: string, place: Placement, port: number | null): Promise<StackState> {
  const running = findPostmaster(place.dataDir);
  if (running !== null) await stopServer(place.dataDir, running);
  const mended = { adminPassword: newPassword(), port: running?.port ?? port };
  await resetPassword(place, mended.adminPassword);
  writeStackState(state, mended);
  return mended;
}

async function runAndAsk(
  state: string,
  place: Placement,
  known: StackState,
  settings: Settings,
  say: (line: string) => void,
): Promise<EmbeddedServer | 'wrong password'> {
  const { dataDir } = place;
  const deadline = Date.now() + ANSWER_MS;
  for (;;) {
    const server =
      (await settledPostmaster(dataDir)) ?? (await startServer(place, known.port, settings, say));
    if (server.port !== known.port) writeStackState(state, { ...known, port: server.port });
    try {
      const version = await askWithDatabase(known.adminPassword, server.port);
      return {
        adminUrl: adminUrlOf(known.adminPassword, server.port),
        server,
        dataDir,
        version: version.text,
      };
    } catch (error) {
      if (isDmzError(error, 'STACK_WRONG_PASSWORD')) return 'wrong password';
      // Found running, and told to stop a moment ago by a caller that was killed since.
      if (!isDmzError(error) || !error.retryable || Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

/** Creates the database when it is not there: at the first start, and after somebody dropped it to begin afresh. */
async function askWithDatabase(password: string, port: number): Promise<ServerVersion> {
  const url = adminUrlOf(password, port);
  const version = await askVersion(url).catch(async (error: unknown) => {
    if (!isDmzError(error, 'STACK_DATABASE_MISSING')) throw error;
    await createDatabase(adminUrlOf(password, port, 'postgres'), DATABASE);
    return askVersion(url);
  });
  await closeOtherDatabases(url);
  return version;
}
