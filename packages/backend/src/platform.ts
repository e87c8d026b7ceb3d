/** Wires the platform together: the one place where configuration becomes connections and services. */

import type { Clock } from './kernel/clock.ts';
import { readConfig } from './kernel/config.ts';
import { createLogger } from './kernel/log.ts';
import { createTenancy, type Tenancy } from './kernel/tenancy/index.ts';
import { billingStates } from './modules/billing/index.ts';
import { economyStates } from './modules/economy/index.ts';
import { createGame, type Game, gameStates } from './modules/game/index.ts';
import { orgStates } from './modules/org/index.ts';

export interface Platform {
  readonly tenancy: Tenancy;
  readonly game: Game;
  close(): Promise<void>;
}

export interface PlatformOptions {
  /** URL of the application role. */
  readonly appUrl: string;
  readonly clock?: Clock;
  readonly poolSize?: number;
  readonly retryMs?: number;
}

export function openPlatform({ appUrl, clock, poolSize, retryMs }: PlatformOptions): Platform {
  const config = readConfig();
  const tenancy = createTenancy({
    appUrl,
    poolSize: poolSize ?? config.DMZ_POOL_SIZE,
    retryMs: retryMs ?? config.DMZ_RETRY_MS,
    states: { ...gameStates, ...economyStates, ...billingStates, ...orgStates },
    log: createLogger(config.LOG_LEVEL),
    ...(clock ? { clock } : {}),
  });
  return { tenancy, game: createGame(tenancy), close: () => tenancy.close() };
}
