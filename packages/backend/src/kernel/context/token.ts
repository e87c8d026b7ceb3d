/**
 * The token that an entry into a tenant is shown with, as `dmz.verify_token` reads it: it is worth something for one
 * tenant, at one place, on one connection of one database, for some seconds. What is signed has no two readings, since
 * only its last line, the database's name, can hold any character.
 */
import { createHash, createHmac } from 'node:crypto';

export interface Entry {
  readonly tenantId: string;
  /** Null where the caller does not know it; the database then takes whichever it is. */
  readonly epoch: number | null;
  /** Of the tenant's own; null in the module schemas. */
  readonly schema: string | null;
}

/** What an entry is signed with, and for which connection. */
export interface Signing {
  readonly keyId: string;
  readonly secret: Buffer;
  readonly database: string;
  /** Process of the connection's backend. */
  readonly processId: number;
  /** Of now, by the database's clock, in ms. */
  readonly timeMs: number;
}

export function signEntry({ tenantId, epoch, schema }: Entry, signing: Signing): string {
  const { keyId, secret, database, processId } = signing;
  const time = String(Math.round(signing.timeMs));
  const place = schema ?? '';
  const text = ['dmz-context-v1', time, processId, tenantId, epoch ?? '', place, database].join('\n');
  const code = createHmac('sha256', secret).update(text).digest('hex');
  return ['v1', keyId, time, processId, place, code].join('.');
}

/** What stands where an entry has the tenant's schema; no tenant's is called so. */
const REGISTER = 'register';

/**
 * What is signed to ask where a tenant lives, as `dmz.locate_tenant` reads it: an entry that leads nowhere.
 *
 * @param reference  an id or slug, or anything else that somebody asks for
 */
export function questionOf(reference: string): Entry {
  const digest = createHash('sha256').update(reference).digest('hex');
  const tenantId = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return { tenantId, epoch: null, schema: REGISTER };
}

/**
 * The secret of a key, from the password of the application's role, which follows from the administrator's: what can log
 * in as the application can sign for it, and nothing else has to be handed out.
 *
 * @param salt  of the key, in hex
 */
export const contextSecret = (appPassword: string, salt: string): Buffer =>
  createHmac('sha256', appPassword).update(`archive-gate:context:${salt}`).digest();

const BLOCK_BYTES = 64;

/** The secret as the hashes of HMAC begin with it (RFC 2104, section 2), in hex: PostgreSQL has SHA-256 and no HMAC. */
export function padsOf(secret: Buffer): { readonly innerPad: string; readonly outerPad: string } {
  const block = Buffer.concat([secret], BLOCK_BYTES);
  const padded = (pad: number) => Buffer.from(block.map((byte) => byte ^ pad)).toString('hex');
  return { innerPad: padded(0x36), outerPad: padded(0x5c) };
}
