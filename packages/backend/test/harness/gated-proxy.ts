/**
 * Stands between the mover and a server, and stops it at one exact moment: before a statement, in the middle of the rows
 * of a COPY, or when the server has done what it was told and its answer is on the way. What is then killed or cut, finds
 * the mover there each time.
 */
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Moment {
  /** What the client says. */
  readonly says: RegExp;
  /** What it says later on the same connection; the moment is then. */
  readonly then?: RegExp;
  /** What must have been said before, on whichever connection. */
  readonly after?: RegExp;
  /**
   * `statement`: the server does not get it; `rows`: it gets half of the first rows that follow; `answer`: it has done it,
   * and the client does not learn of it.
   */
  readonly keeps: 'statement' | 'rows' | 'answer';
}

export interface GatedProxy {
  /** The URL that leads through it. */
  readonly url: string;
  /** Stops the connection on which the moment comes. @returns what resolves when it has come */
  stopAt(moment: Moment): Promise<void>;
  /** Lets go of what was stopped, and stops nothing more. */
  letGo(): void;
  /** Cuts every connection. @param silently  the server does not hear of it, as when a machine is gone */
  cut(silently: boolean): void;
  /** Lets the server hear of what was cut silently. */
  hangUp(): void;
  /** Resolves when there is no connection through it. */
  lost(): Promise<void>;
  close(): Promise<void>;
}

/** Longer than any text that a moment is told by. */
const REMEMBERED_BYTES = 64 * 1024;

interface Gate {
  readonly moment: Moment;
  readonly reach: () => void;
  afterSeen: boolean;
  reached: boolean;
  readonly kept: (() => void)[];
}

/** @param port  asked for each connection, since a server may come up at another one */
export async function gatedProxy(targetUrl: string, port: () => number): Promise<GatedProxy> {
  let gate: Gate | undefined;
  const links = new Set<{ client: net.Socket; server: net.Socket }>();
  const listener = net.createServer((client) => {
    const server = net.connect(port(), '127.0.0.1');
    const link = { client, server };
    links.add(link);
    for (const socket of [client, server]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        if (!links.delete(link)) return;
        client.destroy();
        server.destroy();
      });
    }
    relay(client, server, () => gate);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const forgotten = new Set<net.Socket>();
  const hangUp = () => {
    for (const socket of forgotten) socket.destroy();
    forgotten.clear();
  };
  const url = new URL(targetUrl);
  url.port = String((listener.address() as AddressInfo).port);
  return {
    url: url.href,
    stopAt: (moment) =>
      new Promise((reach) => {
        gate = { moment, reach, afterSeen: moment.after === undefined, reached: false, kept: [] };
      }),
    letGo() {
      const kept = gate?.kept ?? [];
      gate = undefined;
      for (const pass of kept) pass();
    },
    cut(silently) {
      for (const { client, server } of links) {
        client.destroy();
        if (silently) forgotten.add(server);
        else server.destroy();
      }
      links.clear();
    },
    hangUp,
    async lost() {
      while (links.size > 0) await sleep(5);
    },
    async close() {
      for (const { client, server } of links) for (const socket of [client, server]) socket.destroy();
      hangUp();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

function relay(client: net.Socket, server: net.Socket, current: () => Gate | undefined): void {
  let said = '';
  let stopped: Gate | undefined;
  let state: 'free' | 'said' | 'before the rows' | 'stopped' = 'free';
  const stop = (gate: Gate) => {
    gate.reached = true;
    stopped = gate;
    state = 'stopped';
  };
  client.on('data', (chunk) => {
    const gate = current();
    const pass = () => void server.write(chunk);
    if (stopped && stopped === gate) return void gate.kept.push(pass);
    if (!gate || gate.reached) return pass();
    said = (said + chunk.toString('latin1')).slice(-REMEMBERED_BYTES);
    if (state === 'before the rows') {
      const half = Math.ceil(chunk.length / 2);
      server.write(chunk.subarray(0, half));
      stop(gate);
      gate.kept.push(() => server.write(chunk.subarray(half)));
      return gate.reach();
    }
    gate.afterSeen ||= gate.moment.after?.test(said) ?? true;
    const { moment } = gate;
    if (gate.afterSeen && moment.says.test(said)) {
      const rest = moment.then && said.slice(said.search(moment.says));
      if (!moment.then || moment.then.test(rest ?? '')) {
        said = '';
        if (moment.keeps === 'rows') state = 'before the rows';
        else stop(gate);
        if (moment.keeps === 'statement') {
          gate.kept.push(pass);
          return gate.reach();
        }
      }
    }
    pass();
  });
  server.on('data', (chunk) => {
    const gate = current();
    const pass = () => void client.write(chunk);
    if (!stopped || stopped !== gate) return pass();
    gate.kept.push(pass);
    gate.reach();
  });
}
