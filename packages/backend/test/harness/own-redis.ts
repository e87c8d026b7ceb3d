/** A Redis that a test may kill: a server of its own, in a folder of its own, found again at the same place. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { redisDown, redisStatus, redisUp } from '../../src/kernel/stack/index.ts';

export interface OwnRedis {
  readonly url: string;
  /** As a crash does: at once, and with nothing left. */
  kill(): Promise<void>;
  /** At the same place as before, with the same password. */
  restart(): Promise<void>;
}

export interface OwnRedisServer extends OwnRedis {
  /** Ends it, and removes its folder. */
  remove(): Promise<void>;
}

/** Not started yet: `restart` does so. @param settings  more lines of its configuration */
export function ownRedis(settings: (folder: string) => readonly string[] = () => []): OwnRedisServer {
  const stateFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmz-redis-'));
  const state = () => redisStatus({ stateFolder });
  let url = '';
  return {
    get url() {
      url = state().url ?? url;
      return url;
    },
    async kill() {
      process.kill(state().pid ?? 0, 'SIGKILL');
      while (state().pid !== null) await sleep(10);
    },
    async restart() {
      await redisUp({ stateFolder, settings: settings(stateFolder) });
    },
    async remove() {
      await redisDown({ stateFolder });
      fs.rmSync(stateFolder, { recursive: true });
    },
  };
}
