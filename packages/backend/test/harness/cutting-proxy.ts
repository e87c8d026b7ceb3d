/**
 * Stands between a program and PostgreSQL, and cuts the connection at the worst moment: when the server has committed and
 * its answer is on the way. Nobody but the server can then know what became of the transaction. Or it keeps the answer
 * for a while, as if the program were held up.
 */

import type { AddressInfo } from 'node:net';
import net from 'node:net';

export interface CuttingProxy {
  /** The URL that leads through the proxy. */
  readonly url: string;
  /** Cuts the connection on which the next statement with this text is answered; the ones after it pass. */
  cutNextAnswerTo(text: string): void;
  /** Keeps what the server says to the next statement with this text, and all behind it, until it is let go. */
  holdAnswersTo(text: string): { readonly letGo: () => void };
  close(): Promise<void>;
}

export async function cuttingProxy(targetUrl: string): Promise<CuttingProxy> {
  const target = new URL(targetUrl);
  let cut: string | undefined;
  let hold: { readonly text: string; readonly kept: (() => void)[] } | undefined;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(target.port), target.hostname);
    let awaitsAnswer = false;
    let held = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => {
      awaitsAnswer ||= cut !== undefined && chunk.includes(cut);
      held ||= hold !== undefined && chunk.includes(hold.text);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (held && hold) hold.kept.push(() => client.write(chunk));
      else if (!awaitsAnswer) client.write(chunk);
      else {
        cut = undefined;
        client.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutNextAnswerTo(text) {
      cut = text;
    },
    holdAnswersTo(text) {
      const kept: (() => void)[] = [];
      hold = { text, kept };
      return {
        letGo() {
          hold = undefined;
          for (const answer of kept) answer();
        },
      };
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
