/** What no migration can hold: rights on this very database, the months that have come since, and the roles' passwords. */
import pg from 'pg';
import { readConfig } from '../config.ts';
import { createLogger } from '../log.ts';
import { keepMonthsReady } from '../partitions/index.ts';
import { explainConnectionError, rolePassword } from '../stack/index.ts';
import { inPatientTransaction } from './patient-transaction.ts';

const LOGIN_ROLES = ['dmz_app', 'dmz_mover', 'dmz_maintenance'] as const;

export async function settleDatabase(client: pg.Client, adminUrl: string): Promise<void> {
  await inPatientTransaction(client, (send) => send('SELECT dmz.secure_database()'));
  for (const role of LOGIN_ROLES) await ensurePassword(client, adminUrl, role);
  await keepMonthsReady(adminUrl, createLogger(readConfig().LOG_LEVEL));
}

/** Roles are the whole server's, so a password that works is left alone: other databases may be changing it just now. */
async function ensurePassword(client: pg.Client, adminUrl: string, role: string): Promise<void> {
  const password = rolePassword(adminUrl, role);
  const { host, port, database } = client;
  const probe = new pg.Client({ host, port, database: database ?? 'postgres', user: role, password });
  probe.on('error', () => {});
  try {
    await probe.connect();
    await probe.end();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code?.startsWith('28')))
      throw explainConnectionError(error, adminUrl);
    await client.query(`ALTER ROLE ${pg.escapeIdentifier(role)} PASSWORD ${pg.escapeLiteral(password)}`);
  }
}
