/**
 * What the application does, done on the administrator's connection: within one transaction, which is rolled back, the world
 * can then be made otherwise before it, and looked at behind it. What it does is bound by the application's role alone.
 */
import pg from 'pg';
import { APP_ROLE } from '../stack/index.ts';
import { isHeldUp, type Outcome, refusalOf } from './attempt.ts';
import { type Field, keyOf, type Row } from './field.ts';
import type { Verdict } from './tally.ts';
import type { TenantTable } from './tenant-tables.ts';

/** The administrator's own step was refused: services that give nobody a superuser let nobody put a row aside. */
const NOT_ALLOWED = '42501';

/** Nothing is tried where somebody else has a lock on what would be made otherwise, or the administrator may not make it. */
export async function rehearse(field: Field, work: (inside: Field) => Promise<Verdict>): Promise<Verdict> {
  try {
    return await field.rehearse((admin) => work({ ...field, admin }));
  } catch (error) {
    const refusal = refusalOf(error);
    if (isHeldUp(refusal) || refusal.state === NOT_ALLOWED) return { untried: refusal.message };
    throw error;
  }
}

/** What is done in a world is undone when it ends. */
export async function inWorld<Result>(admin: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await admin.query('SAVEPOINT world');
  try {
    return await work();
  } finally {
    await admin.query('ROLLBACK TO world; RELEASE world');
  }
}

/** A change that no trigger, key or policy has a say in. */
export async function changeQuietly(
  admin: pg.Client,
  text: string,
  values: readonly unknown[] = [],
): Promise<void> {
  await admin.query('SET LOCAL session_replication_role = replica');
  await admin.query(text, [...values]);
  await admin.query('SET LOCAL session_replication_role = origin');
}

export const removeQuietly = (admin: pg.Client, target: TenantTable, row: Row): Promise<void> =>
  changeQuietly(admin, `DELETE FROM ${target.name} WHERE ${keyOf(target, row)}`);

export type Step = readonly [text: string, values: readonly unknown[]];

/**
 * The last that is done in a world, since an error ends it: as the role of the place, inside the tenant, or in none.
 *
 * @returns what came of the first step
 */
export async function actAs(
  { admin, place }: Pick<Field, 'admin' | 'place'>,
  tenantId: string | null,
  steps: readonly Step[],
): Promise<Outcome> {
  if (tenantId !== null) await admin.query('SELECT dmz.set_context($1, $2)', [tenantId, place.schema]);
  const role = pg.escapeIdentifier(place.role);
  await admin.query(`SET LOCAL SESSION AUTHORIZATION ${APP_ROLE}; SET LOCAL ROLE ${role}`);
  try {
    const answers: pg.QueryResult[] = [];
    for (const [text, values] of steps) answers.push(await admin.query(text, [...values]));
    await admin.query('SET CONSTRAINTS ALL IMMEDIATE');
    const [first] = answers;
    return { message: 'carried out', rowCount: first?.rowCount ?? 0, rows: first?.rows ?? [], notices: [] };
  } catch (error) {
    return refusalOf(error);
  }
}
