/**
 * A stack of its own for a test: a fresh state folder (with a space in its path, on purpose), gone afterwards together
 * with the server that was started in it, and with no process that the test did not start.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { relocatedFolder } from './relocation.ts';
import { type Stack, type StackOptions, stackDown, stackUp } from './stack.ts';

const entry = new URL('./stack.ts', import.meta.url).href;

export interface TemporaryStack {
  readonly state: string;
  /** What the calls of `up` have said. */
  readonly said: string[];
  up(options?: StackOptions): Promise<Stack>;
  /** Runs `stackUp` in a process of its own, which prints what it returns. */
  upInProcess(): UpProcess;
  remove(): Promise<void>;
}

export interface UpProcess {
  readonly pid: number;
  kill(): void;
  /** Null when it was killed. */
  readonly result: Promise<Stack | null>;
}

/** @param mode of the parent folder: 0700 shuts out the user as whom a root caller runs the server */
export function temporaryStack(mode = 0o755): TemporaryStack {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'archive gate '));
  fs.chmodSync(folder, mode);
  const state = path.join(folder, 'state');
  const said: string[] = [];
  const onProgress = (line: string): void => void said.push(line);
  return {
    state,
    said,
    up: (options = {}) => stackUp({ stateFolder: state, onProgress, ...options }),
    upInProcess: () => upInProcess(state),
    async remove() {
      await stackDown({ stateFolder: state });
      fs.rmSync(relocatedFolder(state), { recursive: true, force: true });
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function upInProcess(state: string): UpProcess {
  const code = `const { stackUp } = await import(${JSON.stringify(entry)});
    console.log(JSON.stringify(await stackUp({ stateFolder: ${JSON.stringify(state)} })));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let problems = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (problems += chunk));
  const result = new Promise<Stack | null>((resolve, reject) => {
    child.once('exit', (status, signal) => {
      // The server holds none of these pipes, so that they end with the process.
      child.once('close', () => {
        if (signal !== null) resolve(null);
        else if (status === 0) resolve(JSON.parse(output));
        else reject(new Error(problems));
      });
    });
  });
  return { pid: child.pid ?? 0, kill: () => void child.kill('SIGKILL'), result };
}

/** One statement on one connection. */
export async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}
