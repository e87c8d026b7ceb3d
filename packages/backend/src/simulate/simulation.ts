/**
 * Plays the game with many bots at once through the same services that people play through. Everything they do
 * follows from the seed, except how their actions interleave.
 */
import { listPlayers } from '../modules/auth/index.ts';
import { currentPackVersion } from '../modules/content/index.ts';
import type { Platform } from '../platform.ts';
import type { AckLog } from './ack-log.ts';
import { Budget, type Limits } from './budget.ts';
import { simulationErrors } from './errors.ts';
import { Player, type Table } from './player.ts';
import { type SimulationReport, Tally } from './tally.ts';

export interface SimulationRequest extends Limits {
  /** Slug or id. */
  readonly tenant: string;
  readonly players: number;
  readonly seed: number;
  /** Length of each game, in game days. */
  readonly days: number;
  readonly ackLog?: AckLog | undefined;
  /** Ends the simulation early; each player finishes the action that it is at. */
  readonly signal?: AbortSignal | undefined;
  /** Told each session that is started. */
  readonly onStarted?: ((sessionId: string) => void) | undefined;
  /** Told once a second how far it is. */
  readonly onProgress?: ((soFar: SimulationReport) => void) | undefined;
}

const PROGRESS_MS = 1_000;

/** @throws TENANCY_UNKNOWN_TENANT, SIMULATION_NO_PEOPLE, CONTENT_PACK_UNKNOWN, SIMULATION_ACK_LOG_FAILED, DATABASE_* */
export async function simulate(platform: Platform, request: SimulationRequest): Promise<SimulationReport> {
  const { tenant, players, seed, days, ackLog, onStarted, onProgress } = request;
  const setting = await readSetting(platform, tenant, players);
  // One player that cannot go on ends it for all of them.
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(request.signal ? [request.signal] : [])]);
  const tally = new Tally();
  const { tenantId, content, people } = setting;
  const budget = new Budget(request, signal);
  const table: Table = { platform, tenant, tenantId, content, seed, days, budget, tally, ackLog, onStarted };
  const report = () => tally.report({ tenant, seed, players });
  const timer = setInterval(() => onProgress?.(report()), PROGRESS_MS);
  try {
    const playing = Array.from({ length: players }, async (_, number) => {
      try {
        await new Player(table, number, personOf(people, number)).play();
      } catch (error) {
        stop.abort();
        throw error;
      }
    });
    const ended = await Promise.allSettled(playing);
    const broken = ended.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
    return report();
  } finally {
    clearInterval(timer);
  }
}

function readSetting(platform: Platform, tenant: string, players: number) {
  return platform.tenancy.run(tenant, async (tx) => {
    const people = (await listPlayers(tx, players)).map(({ id }) => id);
    if (people.length === 0) throw simulationErrors.SIMULATION_NO_PEOPLE({ found: tenant });
    const content = await platform.game.packs.get(tx, await currentPackVersion(tx));
    return { tenantId: tx.tenantId, people, content };
  });
}

/** Where there are more players than people, some people play several games at once. */
function personOf(people: readonly string[], player: number): string {
  const person = people[player % people.length];
  if (person === undefined) throw simulationErrors.SIMULATION_NO_PEOPLE();
  return person;
}
