/**
 * Tells other programs that sessions have new events. A NOTIFY takes a lock of the whole database until its transaction
 * has committed, so it is no part of a writer's: words of a short while are gathered and sent by one statement of their
 * own, at the instance where the tenant lives. A word is a session's id, which says nothing to who may not read the
 * session. Losing one costs an interval of the poll.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Tenancy } from '../tenancy/index.ts';

const CHANNEL = 'dmz_events';
/** Listeners rest for longer between two rounds, and each statement commits. */
const GATHER_MS = 100;
const RECONNECT_MS = 1_000;

export class WakeUps {
  readonly #tenancy: Pick<Tenancy, 'notify' | 'locate'>;
  readonly #log: Logger;
  /** The tenant of each session that there is a word of. */
  readonly #gathered = new Map<string, string>();
  #sending: Promise<void> | undefined;

  constructor(tenancy: Pick<Tenancy, 'notify' | 'locate'>, log: Logger) {
    this.#tenancy = tenancy;
    this.#log = log;
  }

  tell(tenantId: string, sessionId: string): void {
    this.#gathered.set(sessionId, tenantId);
    this.#sending ??= this.#send();
  }

  /** Waits for what is being sent. */
  async close(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    await sleep(GATHER_MS);
    const words = [...this.#gathered];
    this.#gathered.clear();
    this.#sending = undefined;
    const byInstance = new Map<string, { tenantId: string; sessions: string[] }>();
    for (const [sessionId, tenantId] of words) {
      const instance = await this.#instanceOf(tenantId);
      if (instance === undefined) continue;
      const there = byInstance.get(instance) ?? { tenantId, sessions: [] };
      there.sessions.push(sessionId);
      byInstance.set(instance, there);
    }
    await Promise.all([...byInstance.values()].map((there) => this.#notify(there)));
  }

  async #instanceOf(tenantId: string): Promise<string | undefined> {
    try {
      return (await this.#tenancy.locate(tenantId)).instance;
    } catch (error) {
      this.#log.info({ cause: String(error) }, 'a notification was not sent');
      return undefined;
    }
  }

  async #notify({ tenantId, sessions }: { tenantId: string; sessions: readonly string[] }): Promise<void> {
    try {
      await this.#tenancy.notify(tenantId, CHANNEL, sessions);
    } catch (error) {
      // The poll finds these sessions.
      this.#log.info({ words: sessions.length, cause: String(error) }, 'a notification was not sent');
    }
  }
}

/** One listener an instance, for as long as tenants live there that somebody looks after. */
export class Listeners {
  readonly #appUrlOf: (instance: string) => Promise<string>;
  readonly #log: Logger;
  readonly #onSession: (sessionId: string) => void;
  readonly #listening = new Map<string, Listener>();

  constructor(
    appUrlOf: (instance: string) => Promise<string>,
    log: Logger,
    onSession: (sessionId: string) => void,
  ) {
    this.#appUrlOf = appUrlOf;
    this.#log = log;
    this.#onSession = onSession;
  }

  get instances(): string[] {
    return [...this.#listening.keys()].sort();
  }

  /** Listens at these instances, and at no others any longer. */
  cover(instances: ReadonlySet<string>): void {
    for (const instance of instances)
      if (!this.#listening.has(instance))
        this.#listening.set(
          instance,
          listen(() => this.#appUrlOf(instance), this.#log, this.#onSession),
        );
    for (const [instance, listener] of this.#listening)
      if (!instances.has(instance)) {
        this.#listening.delete(instance);
        void listener.close();
      }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#listening.values()].map((each) => each.close()));
    this.#listening.clear();
  }
}

interface Listener {
  close(): Promise<void>;
}

/** Listens on a connection of its own, and connects again whenever it is lost. */
function listen(
  appUrl: () => Promise<string>,
  log: Logger,
  onSession: (sessionId: string) => void,
): Listener {
  const closing = new AbortController();
  let client: pg.Client | undefined;
  const keepListening = async () => {
    while (!closing.signal.aborted) {
      try {
        const connectionString = await appUrl();
        if (closing.signal.aborted) break;
        client = new pg.Client({ connectionString, application_name: 'dmz-listener' });
        const lost = new Promise<void>((resolve) => {
          // A connection that is lost can say so more than once; unheard, that would end the program.
          client?.on('error', () => resolve());
          client?.once('end', () => resolve());
        });
        client.on('notification', ({ payload }) => payload && onSession(payload));
        // Of a client that is ended while it connects, the driver says no more than that.
        await Promise.race([client.connect(), lost]);
        if (closing.signal.aborted) break;
        await client.query(`LISTEN ${CHANNEL}`);
        await lost;
      } catch (error) {
        log.info({ cause: String(error) }, 'notifications cannot be listened to at present');
      }
      await sleep(RECONNECT_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const listening = keepListening();
  return {
    async close() {
      closing.abort();
      await client?.end().catch(() => {});
      await listening;
    },
  };
}
