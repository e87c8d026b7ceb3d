/**
 * Runs the command line as people do: the real program, in a process of its own, seen by its output and exit status.
 * `callDmz` runs the same commands in the test's process, where a second for each start would be too much.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { projectRoot } from '../../src/kernel/project.ts';

export const dmzProgram = path.join(projectRoot, 'packages/backend/bin/dmz.mjs');

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

type Environment = Readonly<Record<string, string>>;

export function startDmz(args: readonly string[], environment: Environment = {}): ChildProcess {
  return spawn(process.execPath, [dmzProgram, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export const runDmz = (args: readonly string[], environment: Environment = {}): Promise<Ended> =>
  ended(startDmz(args, environment));

/** In this process; what the command prints is collected, and the environment is as before afterwards. */
export async function callDmz(args: readonly string[], environment: Environment = {}): Promise<Ended> {
  const written = { out: '', err: '' };
  const streams = [process.stdout, process.stderr].map((stream) => ({
    stream,
    listeners: stream.listeners('error'),
  }));
  const into = (to: 'out' | 'err') => (chunk: unknown) => {
    written[to] += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  vi.spyOn(console, 'log').mockImplementation((text) => void into('out')(`${text}\n`));
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const exitCode = process.exitCode;
  try {
    return { status: await main(args), ...written };
  } finally {
    process.exitCode = exitCode;
    for (const { stream, listeners } of streams)
      for (const added of stream.listeners('error'))
        if (!listeners.includes(added)) stream.off('error', added as () => void);
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
}

/** @param script  where `$DMZ` stands for the command: for redirections and pipes */
export function runInShell(script: string, environment: Environment = {}): Promise<Ended> {
  const DMZ = `'${process.execPath}' '${dmzProgram}'`;
  const text = script.replaceAll('$DMZ', DMZ);
  return ended(
    spawn('bash', ['-o', 'pipefail', '-c', text], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/** Collects until the program has ended and its pipes are closed. */
export function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => (out += chunk));
  child.stderr?.on('data', (chunk) => (err += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, out, err }));
  });
}

/** A failure is one message with its code and its next step, and no stack trace; nothing that looks like a result. */
export function expectFailure({ status, out, err }: Ended, code: string, exitCode: 1 | 2): void {
  expect(err).toMatch(new RegExp(`^${code}  `, 'm'));
  expect(err).toMatch(/^ {2}next {6}\S/m);
  expect(err.match(/^[A-Z]+(_[A-Z]+)+ {2}/gm)).toHaveLength(1);
  expectNoTrace({ status, out, err });
  expect(out).toBe('');
  expect(status).toBe(exitCode);
}

export function expectNoTrace({ out, err }: Ended): void {
  expect(`${out}${err}`).not.toMatch(/^ {4}at /m);
  expect(`${out}${err}`).not.toContain('node:internal');
}
