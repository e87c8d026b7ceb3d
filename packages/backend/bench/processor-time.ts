/**
 * Processor time that this process and the database server have used, in ms: unlike wall time, it hardly depends on
 * what else the machine is at. The server's is read from /proc, so it is known on Linux alone.
 */
import fs from 'node:fs';
import type pg from 'pg';

export interface ProcessorTime {
  readonly programMs: number;
  readonly serverMs: number;
}

const MS_PER_TICK = 10;
const MICROSECONDS = 1_000;

/** @param admin  of the server that is measured, on this machine */
export async function processorTime(admin: pg.Client): Promise<ProcessorTime> {
  const { user, system } = process.cpuUsage();
  const { rows } = await admin.query('SELECT pg_backend_pid() AS pid');
  const postmaster = statOf(rows[0].pid)?.parent;
  const backends = processIds().flatMap((pid) => statOf(pid) ?? []);
  const ticks = backends
    .filter(({ pid, parent }) => pid === postmaster || parent === postmaster)
    .reduce((sum, { used, reaped, pid }) => sum + used + (pid === postmaster ? reaped : 0), 0);
  return { programMs: (user + system) / MICROSECONDS, serverMs: ticks * MS_PER_TICK };
}

const processIds = (): number[] =>
  fs.existsSync('/proc')
    ? fs
        .readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
    : [];

/** Fields of proc(5) behind the name, which may hold anything: the parent is the 4th of all, times are the 14th to 17th. */
function statOf(pid: number) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, reapedUser = 0, reapedSystem = 0] = fields.slice(11, 15);
    return { pid, parent: fields[1], used: user + system, reaped: reapedUser + reapedSystem };
  } catch {
    // It has ended since it was listed.
    return undefined;
  }
}
