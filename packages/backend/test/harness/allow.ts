/**
 * Rights for tests of what the kernel or the database does with any table: the application has none on tables that no use
 * case of the platform writes yet.
 */
import type { TestDatabase } from './database.ts';

interface Holder {
  /** `dmz_app`, or the role of a tenant with a schema of its own. */
  readonly role?: string;
  readonly instance?: string;
}

/** @param rights  such as `INSERT ON governance.consents` */
export async function allow(
  db: TestDatabase,
  rights: readonly string[],
  { role = 'dmz_app', instance = 'main' }: Holder = {},
): Promise<void> {
  const admin = await db.connectAsAdmin(instance);
  for (const right of rights) await admin.query(`GRANT ${right} TO ${role}`);
}
