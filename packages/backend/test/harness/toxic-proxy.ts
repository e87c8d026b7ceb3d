/**
 * Stands between programs and Redis, and is as bad a network as it is told: answers late, by drops, or never; cuts each
 * connection after a while of its own; leads to another server. It counts who connects, so that a storm can be seen.
 */
import type { AddressInfo } from 'node:net';
import net from 'node:net';

/** What is wrong with the way. Nothing, where nothing is said. */
export interface Toxic {
  /** Each answer comes later by so much. */
  readonly latencyMs?: number;
  /** Of each connection, in either direction. */
  readonly bytesPerSecond?: number;
  /** Connections are accepted, and that is all. */
  readonly silent?: boolean;
  /** Each connection lives for so long at most, by chance. */
  readonly cutWithinMs?: number;
}

export interface ToxicProxy {
  /** The URL that leads through it. */
  readonly url: string;
  /** Connections so far. */
  readonly accepted: number;
  /** From now on, also for connections that are there. */
  become(toxic: Toxic): void;
  /** Connections that are there end, and new ones lead to another server with the same password. */
  leadTo(url: string): void;
  close(): Promise<void>;
}

/** A slow way is slow in steps of so much. */
const STEP_MS = 10;

export async function toxicProxy(targetUrl: string): Promise<ToxicProxy> {
  let port = Number(new URL(targetUrl).port);
  let toxic: Toxic = {};
  let accepted = 0;
  const links = new Set<() => void>();
  const server = net.createServer((client) => {
    accepted += 1;
    const upstream = net.connect(port, '127.0.0.1');
    const cut = () => {
      links.delete(cut);
      client.destroy();
      upstream.destroy();
    };
    links.add(cut);
    for (const socket of [client, upstream]) socket.on('error', () => {}).on('close', cut);
    relay(client, upstream, () => ({ ...toxic, latencyMs: 0 }));
    relay(upstream, client, () => toxic);
    limitLife(cut, toxic);
  });
  const limitLife = (cut: () => void, { cutWithinMs }: Toxic) => {
    if (cutWithinMs !== undefined) setTimeout(cut, Math.random() * cutWithinMs).unref();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cutAll = () => {
    for (const cut of links) cut();
  };
  const url = new URL(targetUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    get accepted() {
      return accepted;
    },
    become(next) {
      toxic = next;
      for (const cut of links) limitLife(cut, toxic);
    },
    leadTo(next) {
      port = Number(new URL(next).port);
      cutAll();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      cutAll();
      await closed;
    },
  };
}

/** What comes later is never passed before what came earlier. */
function relay(from: net.Socket, to: net.Socket, now: () => Toxic): void {
  let freeAt = 0;
  const queue: { readonly chunk: Buffer; readonly at: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const pass = () => {
    timer = undefined;
    while (queue[0] && queue[0].at <= performance.now() && !now().silent) {
      const { chunk } = queue.shift() as { chunk: Buffer };
      if (to.writable) to.write(chunk);
    }
    if (queue.length > 0) timer = setTimeout(pass, STEP_MS).unref();
  };
  from.on('data', (chunk: Buffer) => {
    const { latencyMs = 0, bytesPerSecond, silent } = now();
    if (queue.length === 0 && latencyMs === 0 && bytesPerSecond === undefined && !silent)
      return void to.write(chunk);
    const pieces = bytesPerSecond === undefined ? [chunk] : inSteps(chunk, bytesPerSecond);
    for (const piece of pieces) {
      const takesMs = bytesPerSecond === undefined ? 0 : (piece.length / bytesPerSecond) * 1_000;
      freeAt = Math.max(freeAt, performance.now()) + takesMs;
      queue.push({ chunk: piece, at: freeAt + latencyMs });
    }
    timer ??= setTimeout(pass, STEP_MS).unref();
  });
  from.on('close', () => clearTimeout(timer));
}

function inSteps(chunk: Buffer, bytesPerSecond: number): Buffer[] {
  const size = Math.max(1, Math.floor((bytesPerSecond * STEP_MS) / 1_000));
  const pieces: Buffer[] = [];
  for (let at = 0; at < chunk.length; at += size) pieces.push(chunk.subarray(at, at + size));
  return pieces;
}
