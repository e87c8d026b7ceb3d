/** Wires the platform together: the one place where configuration becomes connections and services. */

import { RefusalLog } from './auditing/refusals.ts';
import { personCopies } from './caching/person-copies.ts';
import type { PersonStore } from './data-subjects/erase-person.ts';
import { templateVariants } from './generating/template-variants.ts';
import { Cache } from './kernel/cache/index.ts';
import type { Clock } from './kernel/clock.ts';
import { readConfig } from './kernel/config.ts';
import { Consumers } from './kernel/consumers/index.ts';
import { instanceUrls, MAIN_INSTANCE } from './kernel/instances/index.ts';
import { createLogger } from './kernel/log.ts';
import { postWithin } from './kernel/outbound/index.ts';
import { removeFilesOfPerson } from './kernel/person-files.ts';
import { FileMasterKeys, Keys, type MasterKeys } from './kernel/privacy/index.ts';
import { reportProgram } from './kernel/programs/report-program.ts';
import { createTenancy, type Tenancy, type TenantTx } from './kernel/tenancy/index.ts';
import { recordAudit } from './modules/admin/index.ts';
import { cursorOf, cursorStore, playEvents } from './modules/analytics/index.ts';
import { billingStates } from './modules/billing/index.ts';
import { type LowPool, PackLibrary } from './modules/content/index.ts';
import { economyStates, playLedger } from './modules/economy/index.ts';
import {
  createGame,
  eventSource,
  type Game,
  type GameConsumer,
  gameConsumers,
  gameStates,
  type PlayedSession,
  READ_MODELS,
  type StoredEvent,
} from './modules/game/index.ts';
import { keyStore } from './modules/governance/index.ts';
import { playOutbox } from './modules/integration/index.ts';
import { orgStates } from './modules/org/index.ts';
import { scoreBoards } from './modules/social/index.ts';
import { mailOutbox } from './notifying/mail-outbox.ts';
import { type PlatformJobs, platformJobs } from './queues/platform-jobs.ts';
import { Queues } from './queues/queues.ts';

export interface Platform {
  readonly tenancy: Tenancy;
  readonly game: Game;
  /** Redis, for faster copies; everything works without. */
  readonly cache: Cache;
  /** Copies of what is said of people outside of PostgreSQL, which an erasure clears too. */
  readonly stores: readonly PersonStore[];
  /** What encrypts and opens; asks for a master key when that is first needed. */
  readonly keys: Keys;
  /** Not running, until they are started. */
  readonly consumers: Consumers<StoredEvent, PlayedSession>;
  /** What is done later. Jobs are taken on; they are run once these are started. */
  readonly queues: Queues<PlatformJobs>;
  close(): Promise<void>;
}

export interface PlatformOptions {
  /** URL of the application role at the control database, which is that of the instance `main`. */
  readonly appUrl: string;
  /** The same at another instance; by the addresses that were added here, unless given. */
  readonly appUrlOf?: (instance: string) => Promise<string>;
  /** The administrator's at `main`, for jobs that tend the database itself; that of the stack, unless given. */
  readonly adminUrl?: string;
  /** Where Redis is; nowhere, unless given. */
  readonly redisUrl?: string | null;
  /** How long Redis may take for an answer, in ms; who only works for Redis can wait for it. */
  readonly redisAnswerMs?: number;
  readonly clock?: Clock;
  readonly poolSize?: number;
  readonly poolTotal?: number;
  readonly idlePoolMs?: number;
  readonly retryMs?: number;
  /** What the program is called; it reports then that it runs, once it has for some seconds. */
  readonly program?: string;
  /** Who keeps the master keys; files, unless given. */
  readonly masterKeys?: MasterKeys;
  /** Instead of the platform's own. */
  readonly consumers?: readonly GameConsumer[];
}

export function openPlatform({ appUrl, clock, poolSize, retryMs, ...options }: PlatformOptions): Platform {
  const config = readConfig();
  const log = createLogger(config.LOG_LEVEL);
  const elsewhere = options.appUrlOf ?? (async (instance) => (await instanceUrls(instance)).appUrl);
  const appUrlOf = async (instance: string) => (instance === MAIN_INSTANCE ? appUrl : elsewhere(instance));
  const refusals = new RefusalLog(
    (tenant, entry) => tenancy.run(tenant, (tx) => recordAudit(tx, entry)),
    log,
  );
  const tenancy: Tenancy = createTenancy({
    appUrlOf,
    onRefusal: (tenant, refusal) => refusals.note(tenant, refusal),
    poolSize: poolSize ?? config.DMZ_POOL_SIZE,
    poolTotal: options.poolTotal ?? config.DMZ_POOL_TOTAL,
    ...(options.idlePoolMs === undefined ? {} : { idlePoolMs: options.idlePoolMs }),
    retryMs: retryMs ?? config.DMZ_RETRY_MS,
    states: { ...gameStates, ...economyStates, ...billingStates, ...orgStates },
    log,
    ...(clock ? { clock } : {}),
  });
  const { redisUrl: url = null, redisAnswerMs: answerMs } = options;
  const secret = new URL(appUrl).password;
  const cache = new Cache({ url, log, secret, ...(answerMs === undefined ? {} : { answerMs }) });
  const packs = new PackLibrary();
  const consumers = new Consumers({
    tenancy,
    consumers: options.consumers ?? platformConsumers(packs, cache),
    source: eventSource,
    cursors: cursorStore,
    appUrlOf,
    log,
  });
  const onLowPool = async (tx: TenantTx, { difficulty, occasion: key }: LowPool) =>
    void (await queues.enqueue(tx, 'generation', { difficulty }, { key }));
  const game = createGame(
    tenancy,
    { packs, cache, onLowPool },
    {
      onAppended: (tenantId, sessionId) => consumers.appended(tenantId, sessionId),
      projectedUpTo: (tx, sessionId) => cursorOf(tx, READ_MODELS, sessionId),
    },
  );
  const keys = new Keys({ master: options.masterKeys ?? new FileMasterKeys(), store: keyStore });
  const adminUrlOf = async (instance: string) =>
    (await instanceUrls(instance, { mainAdminUrl: options.adminUrl })).adminUrl;
  const stores = [personCopies(cache), personFiles];
  const post = postWithin({ allowPrivate: config.DMZ_WEBHOOKS === 'private' });
  const kinds = platformJobs({
    ...{ tenancy, adminUrlOf, keys, stores, cache, packs, post, followers: consumers },
    ...{ mailer: mailOutbox, generator: templateVariants },
  });
  const queues: Queues<PlatformJobs> = new Queues({
    tenancy,
    kinds,
    cache,
    redisUrl: options.redisUrl ?? null,
    log,
  });
  const { program } = options;
  const report = program === undefined ? undefined : reportProgram({ appUrl, program, log });
  const close = async () => {
    await report?.close();
    await consumers.close();
    await queues.close();
    await refusals.settle();
    await tenancy.close();
    cache.close();
  };
  return { tenancy, game, cache, stores, keys, consumers, queues, close };
}

/** What is written for a person to files, and goes with them. */
const personFiles: PersonStore = {
  forget: ({ tenantId }, userId) => removeFilesOfPerson({ tenantId, userId }),
};

/** Every consumer of the platform's events; each works in the tables of its own module. */
export function platformConsumers(packs: PackLibrary, cache: Cache): GameConsumer[] {
  const counting = [playEvents, playLedger, scoreBoards(cache), playOutbox].map(ofPlayAlone);
  return [...gameConsumers(packs), ...counting];
}

/** A what-if branch counts for nothing outside of the game, so cursors pass by it. */
function ofPlayAlone(consumer: GameConsumer): GameConsumer {
  return {
    ...consumer,
    async apply(tx, batches) {
      const played = batches.filter(({ session }) => session.branchedFromId === null);
      if (played.length > 0) await consumer.apply(tx, played);
    },
  };
}
