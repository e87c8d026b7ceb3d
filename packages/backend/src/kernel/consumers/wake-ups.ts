/**
 * Tells other programs that sessions have new events. A NOTIFY takes a lock of the whole database until its transaction
 * has committed, so it is no part of a writer's: words of a short while are gathered and sent by one statement of their
 * own. A word is a session's id, which says nothing to who may not read the session. Losing one costs an interval of
 * the poll.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Tenancy } from '../tenancy/index.ts';

const CHANNEL = 'dmz_events';
const GATHER_MS = 25;
const RECONNECT_MS = 1_000;

export class WakeUps {
  readonly #tenancy: Pick<Tenancy, 'notify'>;
  readonly #log: Logger;
  readonly #gathered = new Set<string>();
  #sending: Promise<void> | undefined;

  constructor(tenancy: Pick<Tenancy, 'notify'>, log: Logger) {
    this.#tenancy = tenancy;
    this.#log = log;
  }

  tell(sessionId: string): void {
    this.#gathered.add(sessionId);
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
    try {
      await this.#tenancy.notify(CHANNEL, words);
    } catch (error) {
      // The poll finds these sessions.
      this.#log.info({ words: words.length, cause: String(error) }, 'a notification was not sent');
    }
  }
}

export interface Listener {
  close(): Promise<void>;
}

/** Listens on a connection of its own, and connects again whenever it is lost. */
export function listen(appUrl: string, log: Logger, onSession: (sessionId: string) => void): Listener {
  const closing = new AbortController();
  let client: pg.Client | undefined;
  const keepListening = async () => {
    while (!closing.signal.aborted) {
      try {
        client = new pg.Client({ connectionString: appUrl, application_name: 'dmz-listener' });
        const lost = new Promise<void>((resolve) => {
          // A connection that is lost can say so more than once; unheard, that would end the program.
          client?.on('error', () => resolve());
          client?.once('end', () => resolve());
        });
        client.on('notification', ({ payload }) => payload && onSession(payload));
        await client.connect();
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
