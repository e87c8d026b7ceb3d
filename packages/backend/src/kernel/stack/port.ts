/** Choosing the server's port on 127.0.0.1. */
import { randomInt } from 'node:crypto';
import net from 'node:net';
import { stackErrors } from './errors.ts';

/** Below the ports that Linux (from 32768) and macOS (from 49152) give to outgoing connections at any moment. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const TRIES = 50;

export async function choosePort(remembered: number | null, say: (line: string) => void): Promise<number> {
  if (remembered !== null) {
    if (await isFree(remembered)) return remembered;
    say(`port ${remembered} is taken by another program: choosing another`);
  }
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw stackErrors.STACK_START_FAILED({
    found: `${TRIES} ports between ${LOWEST} and ${HIGHEST} on 127.0.0.1, all taken or forbidden`,
    expected: 'a free one',
    next: 'check that programs may listen on 127.0.0.1 here',
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
