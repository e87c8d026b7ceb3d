/**
 * What the other tenants of an instance notice of a move: people of one tenant play at an even pace while another, large
 * one is copied, verified and switched by a program of its own; against the same play for as long beforehand.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { projectRoot } from '../../src/kernel/project.ts';
import { listPlayers } from '../../src/modules/auth/index.ts';
import type { Platform } from '../../src/platform.ts';
import { latenciesOf } from '../../src/simulate/percentile.ts';
import { median } from '../report.ts';
import type { TwoInstances } from './bench-instance.ts';

const MOVED = 'mid-company';
const NEIGHBOUR = 'small-company';
const PLAYERS = 8;
/** Each player's, from action to action: much quicker than people are. */
const PACE_MS = 50;
/** A session is short, so that opening it costs the same throughout. */
const ACTIONS_PER_SESSION = 30;

export interface Neighbours {
  readonly actions: number;
  readonly quietP50Ms: number;
  readonly quietP99Ms: number;
  readonly movingP50Ms: number;
  readonly movingP99Ms: number;
  /** Of the 99th percentiles, the middle of the rounds. */
  readonly ratio: number;
}

/** Each round is a move, there or back. */
export async function measureNeighbours(place: TwoInstances, rounds: number): Promise<Neighbours> {
  const quiet: number[] = [];
  const moving: number[] = [];
  const ratios: number[] = [];
  let movedForMs = 10_000;
  for (let round = 0; round < rounds; round += 1) {
    const before = await playWhile(place.platform, sleep(movedForMs));
    const begun = performance.now();
    const during = await playWhile(place.platform, moveTo(place, round % 2 === 0 ? 'instance' : 'shared'));
    movedForMs = performance.now() - begun;
    quiet.push(...before);
    moving.push(...during);
    ratios.push(latenciesOf(during).p99 / latenciesOf(before).p99);
  }
  const [still, busy] = [latenciesOf(quiet), latenciesOf(moving)];
  return {
    actions: moving.length,
    quietP50Ms: still.p50,
    quietP99Ms: still.p99,
    movingP50Ms: busy.p50,
    movingP99Ms: busy.p99,
    ratio: median(ratios),
  };
}

async function moveTo({ environment }: TwoInstances, tier: 'instance' | 'shared'): Promise<void> {
  const program = path.join(projectRoot, 'packages/backend/bin/dmz.mjs');
  const child = spawn(
    process.execPath,
    [program, 'tenant', 'move', MOVED, '--to', tier, '--keep-source', '0s', '--json'],
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error(`The move to tier ${tier} ended with ${status}.`);
}

/** @returns how long each action took that was played until the work was done, in ms */
async function playWhile(platform: Platform, work: Promise<unknown>): Promise<number[]> {
  const latencies: number[] = [];
  let over = false;
  const playing = Array.from({ length: PLAYERS }, async (_, number) => {
    await sleep((number * PACE_MS) / PLAYERS);
    for (let session = await start(platform); !over; session = await start(platform)) {
      for (let action = 0; action < ACTIONS_PER_SESSION && !over; action += 1) {
        const begun = performance.now();
        const type = action % 2 === 0 ? 'pause' : 'resume';
        await platform.game.act(NEIGHBOUR, { sessionId: session, actionId: uuidv7(), action: { type } });
        const tookMs = performance.now() - begun;
        latencies.push(tookMs);
        await sleep(Math.max(0, PACE_MS - tookMs));
      }
    }
  });
  const worked = work.finally(() => {
    over = true;
  });
  await Promise.all([worked, ...playing]);
  return latencies;
}

async function start(platform: Platform): Promise<string> {
  const [player] = await platform.tenancy.run(NEIGHBOUR, (tx) => listPlayers(tx, 1));
  if (!player) throw new Error('The seed gives the tenant people.');
  const request = { actionId: uuidv7(), playerId: player.id, seed: 1, days: 10 };
  return (await platform.game.start(NEIGHBOUR, request)).sessionId;
}
