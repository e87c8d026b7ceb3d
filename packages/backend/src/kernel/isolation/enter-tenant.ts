/**
 * Enters a tenant by hand, as a program does that signs for itself, on a connection of one's own: for attacks, and for
 * tests that work without the platform.
 */
import type pg from 'pg';
import { contextSecret, type Entry, questionOf, signEntry } from '../context/index.ts';
import { APP_ROLE } from '../stack/index.ts';

/** What an entry is signed as, where somebody says otherwise than is true. */
export interface Claims extends Partial<Entry> {
  readonly database?: string;
  readonly processId?: number;
  readonly aheadMs?: number;
  readonly secret?: Buffer;
  readonly keyId?: string;
}

interface Known {
  readonly id: string;
  readonly salt: string;
  readonly database: string;
  readonly aheadMs: number;
  readonly schemas: Map<string, string | null>;
}

type Connected = pg.Client & { readonly processID: number; readonly password: string; readonly user: string };

const knownOf = new WeakMap<pg.Client, Known>();

/** A token for the tenant on this connection of `dmz_app`, where it lives now, but for what is claimed. */
export async function tokenFor(client: pg.Client, tenantId: string, claims: Claims = {}): Promise<string> {
  const known = knownOf.get(client) ?? (await askAbout(client));
  const schema = claims.schema === undefined ? await schemaOf(client, known, tenantId) : claims.schema;
  return signed(
    client,
    known,
    { tenantId: claims.tenantId ?? tenantId, epoch: claims.epoch ?? null, schema },
    claims,
  );
}

/** What everybody who logs in as the application is told of the key that signs. */
export const signingKey = async (client: pg.Client): Promise<{ readonly salt: string }> =>
  knownOf.get(client) ?? askAbout(client);
/** A token to ask the register with. */
export async function tokenToLocate(client: pg.Client, reference: string): Promise<string> {
  return signed(client, knownOf.get(client) ?? (await askAbout(client)), questionOf(reference), {});
}

function signed(client: pg.Client, known: Known, entry: Entry, claims: Claims): string {
  const { password, processID } = client as Connected;
  return signEntry(entry, {
    keyId: claims.keyId ?? known.id,
    secret: claims.secret ?? contextSecret(password, known.salt),
    database: claims.database ?? known.database,
    processId: claims.processId ?? processID,
    timeMs: Date.now() + known.aheadMs + (claims.aheadMs ?? 0),
  });
}

/** On a connection that has begun a transaction, and in whichever role it is; whoever is an administrator needs no token. */
export async function enterTenant(
  client: pg.Client,
  tenantId: string,
  claims: Partial<Entry> = {},
): Promise<void> {
  const { epoch = null } = claims;
  if ((client as Connected).user !== APP_ROLE) {
    await client.query(as('NONE', `SELECT dmz.open_tenant('${tenantId}', ${epoch})`));
    return;
  }
  const token = await tokenFor(client, tenantId, claims);
  await client.query(as(APP_ROLE, `SELECT dmz.enter_tenant('${tenantId}', ${epoch}, '${token}')`));
}

/** Asks as another role, and goes on as the present one; in one round trip, since attacks enter thousands of times. */
const as = (role: string, query: string): string =>
  `SELECT set_config('dmz.former_role', current_user, true); SET LOCAL ROLE ${role}; ${query};
   SELECT set_config('role', current_setting('dmz.former_role'), true)`;

/** Each statement of a text has an answer of its own. */
async function askAs(client: pg.Client, query: string): Promise<pg.QueryResult> {
  const answers = (await client.query(as(APP_ROLE, query))) as unknown as pg.QueryResult[];
  return answers[2] as pg.QueryResult;
}

async function askAbout(client: pg.Client): Promise<Known> {
  const { rows } = await askAs(client, 'SELECT id, salt, database, at FROM dmz.context_key()');
  const { at, ...key } = rows[0];
  const known: Known = { ...key, aheadMs: at.getTime() - Date.now(), schemas: new Map() };
  knownOf.set(client, known);
  return known;
}

async function schemaOf(client: pg.Client, { schemas }: Known, tenantId: string): Promise<string | null> {
  const known = schemas.get(tenantId);
  if (known !== undefined) return known;
  const token = await tokenToLocate(client, tenantId);
  const { rows } = await askAs(client, `SELECT schema FROM dmz.locate_tenant('${tenantId}', '${token}')`);
  const schema = rows[0]?.schema ?? null;
  schemas.set(tenantId, schema);
  return schema;
}
