/**
 * A field within one open transaction of the administrator's, so that a breach need not be committed to be attacked, and
 * is gone with a ROLLBACK. Each attempt is a savepoint, in which the one connection is the attacker's.
 */
import pg from 'pg';
import {
  type AttackedPlace,
  type Field,
  readTargets,
  type Tenant,
} from '../../src/kernel/isolation/field.ts';

export async function nestedField(
  admin: pg.Client,
  place: AttackedPlace,
  tenants: { readonly own: Tenant; readonly victim: Tenant },
  only: (table: string) => boolean,
): Promise<Field> {
  const login = new URL(place.appUrl);
  const as = (role: string) => nested(admin, role, login);
  return {
    ...{ place, ...tenants, admin, targets: await readTargets(admin, place, tenants, only) },
    rehearse: (work) => within(admin, work),
    app: as(place.role),
    connect: async (role = place.role) => as(role),
    connectAs: async (role) => as(role),
    close: async () => {},
  };
}

async function within<Result>(
  admin: pg.Client,
  work: (admin: pg.Client) => Promise<Result>,
): Promise<Result> {
  await admin.query('SAVEPOINT rehearsal');
  try {
    return await work(admin);
  } finally {
    await admin.query('ROLLBACK TO rehearsal; RELEASE rehearsal');
  }
}

/**
 * A client whose transactions are savepoints of the administrator's, and whose role ends with each. It says that it is the
 * application's login, with what that signs its entries with.
 */
function nested(admin: pg.Client, role: string, login: URL): pg.Client {
  const become =
    role === 'dmz_owner'
      ? 'SET LOCAL ROLE dmz_owner'
      : `SET LOCAL SESSION AUTHORIZATION dmz_app; SET LOCAL ROLE ${pg.escapeIdentifier(role)}`;
  const query = (text: unknown, ...values: unknown[]) => {
    const send = admin.query.bind(admin) as (...args: unknown[]) => Promise<unknown>;
    if (typeof text !== 'string') return send(text, ...values);
    if (text === 'ROLLBACK') return send('ROLLBACK TO attempt; RELEASE attempt');
    const within = text
      .replace(/^COMMIT; BEGIN;/, `ROLLBACK TO attempt; ${become};`)
      .replace(/^BEGIN;?/, `SAVEPOINT attempt; ${become};`);
    if (/\bCOMMIT\b/.test(within)) throw new Error(`A nested attempt would keep its breach: ${text}`);
    return send(within, ...values);
  };
  const claimed: Record<string | symbol, unknown> = {
    user: login.username,
    password: decodeURIComponent(login.password),
  };
  const get = (target: pg.Client, name: string | symbol): unknown => {
    if (name in claimed) return claimed[name];
    const value = name === 'query' ? query : Reflect.get(target, name);
    return typeof value === 'function' && name !== 'query' ? value.bind(target) : value;
  };
  return new Proxy(admin, { get });
}
