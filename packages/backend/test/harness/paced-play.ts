/**
 * Bots that play a tenant at a walking pace while something happens to it: enough for every moment to have work under
 * way, and no more. What was acknowledged is kept, to be held against the database afterwards.
 */
import { rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { expect } from 'vitest';
import type { Platform } from '../../src/platform.ts';
import {
  type Acknowledgement,
  checkAckLog,
  openAckLog,
  type SimulationReport,
  simulate,
} from '../../src/simulate/index.ts';

/** Of each player: the moves, too, need the processors. */
const PACE_MS = 200;
const PATIENCE_MS = 60_000;

export interface PacedPlay {
  /** Resolves when so many further actions have been acknowledged. */
  goesOn(actions: number): Promise<void>;
  /** Ends it, and holds every acknowledgement and every session against the database. */
  endsWell(): Promise<SimulationReport>;
}

export function pacedPlay(platform: Platform, tenant: string, players: number): PacedPlay {
  const file = path.join(os.tmpdir(), `acks-${uuidv7()}.ndjson`);
  const log = openAckLog(file);
  const acknowledged: Acknowledgement[] = [];
  const ackLog = {
    append(each: Acknowledgement) {
      log.append(each);
      acknowledged.push(each);
    },
    close: () => log.close(),
  };
  const stop = new AbortController();
  const { game } = platform;
  const paced: Platform = {
    ...platform,
    game: {
      ...game,
      async act(...given) {
        await sleep(PACE_MS);
        return game.act(...given);
      },
    },
  };
  const days = 2;
  const seed = Date.now() % 1_000_000;
  const playing = simulate(paced, { tenant, players, seed, days, ackLog, signal: stop.signal });
  playing.catch(() => {});
  return {
    async goesOn(actions) {
      const wanted = acknowledged.length + actions;
      const deadline = Date.now() + PATIENCE_MS;
      while (acknowledged.length < wanted) {
        if (Date.now() > deadline) throw new Error(`${tenant} is not served: nothing was acknowledged.`);
        await Promise.race([sleep(20), playing.then(() => sleep(20))]);
      }
    },
    async endsWell() {
      stop.abort();
      const report = await playing;
      log.close();
      const { failures, refused, actions } = report;
      expect({ failures, refused, actions }).toEqual({
        failures: {},
        refused: 0,
        actions: acknowledged.length,
      });
      const check = await checkAckLog(platform, file);
      expect(check).toMatchObject({ missing: [], different: [], verified: acknowledged.length });
      for (const id of new Set(acknowledged.map(({ sessionId }) => sessionId)))
        expect((await platform.game.replay(tenant, id)).mismatches).toEqual([]);
      rmSync(file);
      return report;
    },
  };
}
