/** When the kernel asks whether the other end of a server's connections is still there, as it says itself; on Linux. */
import { existsSync, readFileSync } from 'node:fs';

const CONNECTIONS = '/proc/net/tcp';
export const CAN_READ_TIMERS = existsSync(CONNECTIONS);

/** Of a connection that is at rest (proc_net_tcp.txt: the timer that is pending, and when it ends). */
const KEEPALIVE = '02';
/** The unit of time there, whatever the kernel's own is. */
const TICKS_PER_SECOND = 100;

/** Seconds from now, by the port of the client; connections that something is on its way on are left out. */
export function askedInSeconds(serverPort: number): ReadonlyMap<number, number> {
  const portOf = (address = '') => Number.parseInt(address.split(':')[1] ?? '', 16);
  const found = new Map<number, number>();
  for (const line of readFileSync(CONNECTIONS, 'utf8').trim().split('\n').slice(1)) {
    const [, local, remote, , , timer = ''] = line.trim().split(/\s+/);
    const [kind, ticks = ''] = timer.split(':');
    if (portOf(local) === serverPort && kind === KEEPALIVE)
      found.set(portOf(remote), Number.parseInt(ticks, 16) / TICKS_PER_SECOND);
  }
  return found;
}
