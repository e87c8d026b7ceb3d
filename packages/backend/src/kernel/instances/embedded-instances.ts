/**
 * The embedded instances of this checkout: each another PostgreSQL with a folder, a port and a lock of its own, made by
 * the very code that makes the stack's. They are started after the stack and stopped before it.
 */
import { stateFolder } from '../project.ts';
import { type RunningPostgres, type StackStatus, stackDown, stackStatus, stackUp } from '../stack/index.ts';
import {
  findAddress,
  type InstanceAddress,
  instanceFolder,
  MAIN_INSTANCE,
  readAddresses,
} from './address-book.ts';

export interface InstanceOptions {
  readonly stateFolder?: string;
  readonly onProgress?: (line: string) => void;
}

export interface InstanceState {
  readonly name: string;
  readonly kind: InstanceAddress['kind'];
  readonly state: 'running' | 'stopped' | 'unreachable';
  readonly host: string | null;
  readonly port: number | null;
  readonly pid: number | null;
  readonly version: string | null;
  /** Where the data of an embedded one is; null elsewhere. */
  readonly dataDir: string | null;
  /** Why it cannot be reached, for people. */
  readonly problem: string | null;
}

/** Brings one up; the first time it is made. Safe to call at any time and from many processes at once. */
export async function startInstance(
  instance: string,
  { stateFolder: state = stateFolder(), onProgress }: InstanceOptions = {},
): Promise<RunningPostgres> {
  const { postgres } = await stackUp({
    stateFolder: instanceFolder(state, instance),
    embedded: true,
    ...(onProgress ? { onProgress: (line: string) => onProgress(`${instance}: ${line}`) } : {}),
  });
  return postgres;
}

/** Brings up every embedded instance. @throws STACK_*, INSTANCE_FILE_INVALID */
export async function startInstances(options: InstanceOptions = {}): Promise<void> {
  for (const { name, kind } of readAddresses(options.stateFolder))
    if (kind === 'embedded') await startInstance(name, options);
}

/** @returns whether there was anything to stop */
export async function stopInstance(instance: string, state = stateFolder()): Promise<boolean> {
  return (await stackDown({ stateFolder: instanceFolder(state, instance) })).stopped;
}

/** @returns the names of those that ran */
export async function stopInstances(state = stateFolder()): Promise<string[]> {
  const stopped: string[] = [];
  for (const { name, kind } of readAddresses(state))
    if (kind === 'embedded' && (await stopInstance(name, state))) stopped.push(name);
  return stopped;
}

/**
 * What is there now, as `stackStatus` says it of `main`.
 *
 * @throws INSTANCE_UNKNOWN
 */
export function instanceStatus(instance: string, state = stateFolder()): Promise<StackStatus> {
  if (instance === MAIN_INSTANCE) return stackStatus({ stateFolder: state });
  const address = findAddress(instance, state);
  if (address.kind === 'embedded')
    return stackStatus({ stateFolder: instanceFolder(state, instance), embedded: true });
  return stackStatus({ stateFolder: state, databaseUrl: address.adminUrl });
}

/** How each instance beside `main` is, by asking it. Starts and changes nothing. */
export function instanceStates(state = stateFolder()): Promise<InstanceState[]> {
  return Promise.all(readAddresses(state).map((address) => stateOf(address, state)));
}

async function stateOf({ name, kind }: InstanceAddress, state: string): Promise<InstanceState> {
  const { postgres, dataDir } = await instanceStatus(name, state);
  const base = { name, kind, state: postgres.state, dataDir };
  if (postgres.state !== 'running')
    return { ...base, host: null, port: null, pid: null, version: null, problem: postgres.problem };
  const { host, port, pid, version } = postgres;
  return { ...base, host, port, pid, version, problem: null };
}
