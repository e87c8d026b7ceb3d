/** Puts words into the source's log that come back through the slot, so that one knows what was applied by then. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { type Follower, MARKER_PREFIX } from './follower.ts';
import type { Lsn } from './lsn.ts';

export class Marker {
  readonly #client: pg.Client;

  /** @param client  of the mover's, at the source */
  constructor(client: pg.Client) {
    this.#client = client;
  }

  /** Transactional, so that its COMMIT puts it and all before it on disk, which is how far a slot is read. */
  async emit(): Promise<string> {
    const marker = randomUUID();
    await this.#client.query('SELECT pg_logical_emit_message(true, $1, $2)', [MARKER_PREFIX, marker]);
    return marker;
  }

  /** Waits until everything that is committed now is durable at the target. */
  async reach(follower: Follower): Promise<Lsn> {
    return follower.reach(await this.emit());
  }
}
