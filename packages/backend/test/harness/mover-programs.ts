/** Programs that move tenants, each in a process of its own; one is always started ahead, so that nobody waits for it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export interface Order {
  readonly what: 'move' | 'roll back' | 'purge';
  readonly moveId: string;
  /** An administrator's URL of the control database. */
  readonly controlUrl: string;
  /** How long it takes the move up again by itself. */
  readonly retryMs: number;
}

export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly found: string; readonly retryable: boolean };

/** What became of an order whose program was killed. */
export const KILLED: Outcome = { ok: false, code: 'KILLED', found: 'SIGKILL', retryable: false };

export interface OrderedProgram {
  readonly outcome: Promise<Outcome>;
  /** Does nothing where the order has ended: the program may have another by then. */
  kill(): Promise<void>;
  /** It does nothing any more, and its connections stay. */
  standStill(): void;
  goOn(): void;
}

export interface MoverPrograms {
  /** Gives an order to a program that has none. */
  order(order: Order): OrderedProgram;
  close(): Promise<void>;
}

const SCRIPT = new URL('./mover-process.ts', import.meta.url);

const isGone = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** @param environment  which says where instances are */
export function moverPrograms(environment: Readonly<Record<string, string>>): MoverPrograms {
  const all = new Set<ChildProcess>();
  const unused = new Set<ChildProcess>();
  const start = () => {
    const child = fork(SCRIPT, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...environment } });
    all.add(child);
    unused.add(child);
    const exit = once(child, 'exit').then(([code, signal]): Outcome => {
      all.delete(child);
      if (signal === 'SIGKILL') return KILLED;
      return { ok: false, code: 'ENDED', found: `${signal ?? code}`, retryable: false };
    });
    return { child, ready: once(child, 'message'), exit };
  };
  const idle = [start(), start()];
  /** One that ended before it had any order has told nothing about moves. */
  const next = () => {
    let program = idle.shift() ?? start();
    while (unused.has(program.child) && isGone(program.child)) program = idle.shift() ?? start();
    unused.delete(program.child);
    return program;
  };
  return {
    order(order) {
      const program = next();
      const { child } = program;
      let killed = false;
      let ended = false;
      const outcome = (async (): Promise<Outcome> => {
        await Promise.race([program.ready, program.exit]);
        if (!isGone(child)) child.send(order);
        const answered = new AbortController();
        const answer = once(child, 'message', { signal: answered.signal }).then(([what]): Outcome => what);
        const outcome = await Promise.race([answer, program.exit]);
        answered.abort();
        ended = true;
        idle.push(killed || isGone(child) ? start() : program);
        if (isGone(child) && !killed)
          throw new Error(`The mover ended by itself: ${JSON.stringify(await program.exit)}`);
        return outcome;
      })();
      return {
        outcome,
        async kill() {
          if (ended) return;
          killed = true;
          child.kill('SIGKILL');
          await outcome;
        },
        standStill: () => void child.kill('SIGSTOP'),
        goOn: () => void child.kill('SIGCONT'),
      };
    },
    async close() {
      for (const child of all) child.kill('SIGKILL');
    },
  };
}
