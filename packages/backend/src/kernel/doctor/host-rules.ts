/** What can be wrong around the database: this program's runtime, the stack, room on the disk, the two clocks. */
import fs from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import type { Finding } from '../check/index.ts';
import { projectRoot } from '../project.ts';
import type { StackStatus } from '../stack/index.ts';

/** A month of a busy tenant's events and their log takes less; below it, a checkpoint can already fail. */
const LEAST_FREE_BYTES = 1024 ** 3;
/** Clocks that are kept by NTP differ by milliseconds; beyond this, times of program and database contradict. */
const MOST_CLOCK_DIFFERENCE_MS = 2_000;

export const hostRules = ['node-is-supported', 'stack-is-running', 'disk-has-room'] as const;
export const clockRule = 'clocks-agree';

const Manifest = z.object({ engines: z.object({ node: z.string().regex(/^>=\d+\.\d+\.\d+$/) }) });

/** @param instance  a further one, by its name; the stack's own when undefined */
export function examineHost({ postgres, dataDir }: StackStatus, instance?: string): Finding[] {
  const ofServer = [...examineStack(postgres, instance), ...examineDisk(dataDir)];
  return instance === undefined ? [...examineNode(), ...ofServer] : ofServer;
}

function examineNode(): Finding[] {
  const manifest = JSON.parse(fs.readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
  const oldest = Manifest.parse(manifest).engines.node.slice(2);
  if (isAtLeast(process.versions.node, oldest)) return [];
  return [
    {
      rule: 'node-is-supported',
      object: `Node.js ${process.versions.node}`,
      detail: `the project needs ${oldest} or newer`,
      remedy: `install Node.js ${oldest} or newer, for instance the present LTS`,
    },
  ];
}

export function isAtLeast(version: string, oldest: string): boolean {
  const [have, need] = [version, oldest].map((each) => each.split('.').map(Number));
  const at = need?.findIndex((part, index) => part !== have?.[index]) ?? -1;
  return at < 0 || (have?.[at] ?? 0) > (need?.[at] ?? 0);
}

function examineStack(postgres: StackStatus['postgres'], instance: string | undefined): Finding[] {
  if (postgres.state === 'running') return [];
  const embedded = postgres.source === 'embedded';
  const url = instance === undefined ? 'DATABASE_URL' : 'its URL';
  const elsewhere =
    instance === undefined
      ? 'correct DATABASE_URL, or unset it'
      : 'start that server, or give the instance its present URL: pnpm dmz instance remove, then add';
  return [
    {
      rule: 'stack-is-running',
      object: embedded ? 'the embedded PostgreSQL' : `the PostgreSQL of ${url}`,
      detail: postgres.problem ?? 'it does not run',
      remedy: embedded ? 'pnpm dmz stack up' : elsewhere,
    },
  ];
}

/** @param dataDir  null for a server elsewhere, whose disk cannot be seen from here */
function examineDisk(dataDir: string | null): Finding[] {
  if (dataDir === null) return [];
  const { bavail, bsize } = fs.statfsSync(dataDir);
  const free = bavail * bsize;
  if (free >= LEAST_FREE_BYTES) return [];
  return [
    {
      rule: 'disk-has-room',
      object: dataDir,
      detail: `${Math.floor(free / 1024 ** 2)} MB are free, ${LEAST_FREE_BYTES / 1024 ** 2} MB should be`,
      remedy: 'free or add space on that disk before the server stops for want of it',
    },
  ];
}

/** The answer's own way is taken off: half of it went by before the server looked at its clock. */
export async function examineClock(client: pg.Client): Promise<Finding[]> {
  const askedAt = Date.now();
  const { rows } = await client.query<{ now: Date }>('SELECT pg_catalog.clock_timestamp() AS now');
  const answeredAt = Date.now();
  const server = rows[0]?.now.getTime() ?? answeredAt;
  const differenceMs = Math.round(server - (askedAt + answeredAt) / 2);
  if (Math.abs(differenceMs) <= MOST_CLOCK_DIFFERENCE_MS + (answeredAt - askedAt) / 2) return [];
  return [
    {
      rule: clockRule,
      object: 'the server’s clock',
      detail: `it is ${Math.abs(differenceMs)} ms ${differenceMs > 0 ? 'ahead of' : 'behind'} this program’s`,
      remedy: 'let NTP set the clocks of both machines',
    },
  ];
}
