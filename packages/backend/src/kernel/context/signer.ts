/**
 * Signs a program's entries into tenants. Which key signs at an instance the database says, once a program; when it says
 * that the key is unknown or retired by now, or that its clock is another one, it is asked again and the entry is made
 * anew. So a rotation needs no word to programs, and clocks may differ.
 */
import type pg from 'pg';
import { databaseErrorOf } from '../db/database-errors.ts';
import { contextErrors } from './errors.ts';
import { contextSecret, type Entry, signEntry } from './token.ts';

/** The key is unknown or retired; its secret was set anew; the token is of another time. What is known may be out of date. */
const OUT_OF_DATE = ['ZD081', 'ZD082', 'ZD084'];

interface Key {
  readonly id: string;
  readonly secret: Buffer;
  readonly database: string;
  /** By how much the database's clock is ahead of ours, in ms. */
  readonly aheadMs: number;
}

/** What a connection tells of itself; the driver keeps both, and its types do not say so. */
type Connected = pg.ClientBase & { readonly processID?: number | null; readonly password?: string | null };

export type Sign = (entry: Entry) => string;

export class Signer {
  readonly #keys = new Map<string, Promise<Key>>();

  /**
   * Enters a tenant, at most twice: what the first one is refused for may be over once the database was asked.
   *
   * @param enter    sends the entry on the client, and nothing that an entry must come before
   * @param retreat  leaves the client as it was, where the entry has failed
   * @throws CONTEXT_KEY_MISSING, and what the entry fails with
   */
  async entering<Result>(
    instance: string,
    client: pg.ClientBase,
    enter: (sign: Sign) => Promise<Result>,
    retreat: () => Promise<unknown> = async () => {},
  ): Promise<Result> {
    try {
      return await enter(await this.#on(instance, client));
    } catch (error) {
      if (!OUT_OF_DATE.includes(databaseErrorOf(error)?.code ?? '')) throw error;
      await retreat();
      this.#keys.delete(instance);
    }
    return enter(await this.#on(instance, client));
  }

  async #on(instance: string, client: Connected): Promise<Sign> {
    const asked = this.#keys.get(instance) ?? this.#ask(instance, client);
    const { id, secret, database, aheadMs } = await asked;
    return (entry) =>
      signEntry(entry, {
        ...{ keyId: id, secret, database },
        processId: client.processID ?? 0,
        timeMs: Date.now() + aheadMs,
      });
  }

  #ask(instance: string, client: Connected): Promise<Key> {
    const asked = askKey(client);
    this.#keys.set(instance, asked);
    asked.catch(() => this.#keys.delete(instance));
    return asked;
  }
}

/** @throws CONTEXT_KEY_MISSING */
async function askKey(client: Connected): Promise<Key> {
  const { rows } = await client.query<{ id: string; salt: string; database: string; at: Date }>(
    'SELECT id, salt, database, at FROM dmz.context_key()',
  );
  const [key] = rows;
  if (!key) throw contextErrors.CONTEXT_KEY_MISSING();
  return {
    id: key.id,
    secret: contextSecret(client.password ?? '', key.salt),
    database: key.database,
    aheadMs: key.at.getTime() - Date.now(),
  };
}
