/**
 * `pnpm dmz doctor`: looks for what keeps the platform from working well, and names the next step for each. It changes
 * nothing, and does not fail where something is wrong: that is what it reports.
 */
import type pg from 'pg';
import { findBreaches } from '../check/catalogue-rule.ts';
import type { CheckReport, Finding } from '../check/index.ts';
import { explainDatabaseError } from '../db/database-errors.ts';
import { connectAsAdministrator } from '../db/index.ts';
import { isDmzError } from '../errors/index.ts';
import { pendingMigrations } from '../migrations/history.ts';
import type { StackStatus } from '../stack/index.ts';
import { clockRule, examineClock, examineHost, hostRules } from './host-rules.ts';
import { databaseRules, referenceRules, registerRules, serverRules } from './server-rules.ts';

const STACK_RUNS = 'stack-is-running' satisfies (typeof hostRules)[number];
export const MIGRATED = 'database-has-every-migration';
const APP_CONNECTS = 'application-can-connect';

export interface Patient {
  /** Modules' names. */
  readonly namespaces: readonly string[];
  /** A further instance, by its name; `main`, which has the register of tenants, when undefined. */
  readonly instance?: string | undefined;
}

/**
 * @param status  what `stackStatus`, or `instanceStatus`, says
 * @returns how many rules were looked at; those that need a server, or a migrated database, only where there is one
 */
export async function diagnose(status: StackStatus, patient: Patient): Promise<CheckReport> {
  const { instance } = patient;
  const host = examineHost(status, instance);
  const { postgres } = status;
  if (postgres.state !== 'running') return { checked: hostRules.length, findings: host };
  const ofServer = await unlessItGoesAway(async () => {
    const { checked, findings } = await examineServer(postgres.adminUrl, patient);
    return { checked, findings: [...findings, ...(await examineConnection(postgres.appUrl))] };
  });
  const findings = [...host, ...ofServer.findings];
  return {
    checked: hostRules.length + ofServer.checked + [APP_CONNECTS].length,
    findings: instance === undefined ? findings : findings.map((finding) => ofInstance(instance, finding)),
  };
}

/** A server that stops in the middle of an examination, on a full disk for instance, must not hide what was found before. */
export async function unlessItGoesAway(examine: () => Promise<CheckReport>): Promise<CheckReport> {
  try {
    return await examine();
  } catch (cause) {
    const error = explainDatabaseError(cause);
    if (!isDmzError(error) || !error.retryable) throw error;
    const finding = asFinding(error, STACK_RUNS, 'PostgreSQL');
    return { checked: 0, findings: [{ ...finding, detail: `it went away meanwhile: ${finding.detail}` }] };
  }
}

/** Names the instance that a finding is about. */
export function ofInstance(instance: string, { object, ...finding }: Finding): Finding {
  return { ...finding, object: `${instance}: ${object}` };
}

async function examineServer(adminUrl: string, { namespaces, instance }: Patient): Promise<CheckReport> {
  const client = await connectAsAdministrator(adminUrl);
  try {
    const migrations = await examineMigrations(client);
    // A database of another version breaks rules that it could not know.
    const ofThis = [...databaseRules, ...(instance === undefined ? registerRules : referenceRules)];
    const rules = [...serverRules, ...(migrations.length > 0 ? [] : ofThis)];
    await client.query('BEGIN READ ONLY');
    await client.query("SET LOCAL search_path = ''");
    const findings = [...migrations, ...(await examineClock(client))];
    for (const rule of rules) findings.push(...(await findBreaches(client, rule, namespaces)));
    return { checked: rules.length + [MIGRATED, clockRule].length, findings };
  } finally {
    await client.end();
  }
}

async function examineMigrations(client: pg.Client): Promise<Finding[]> {
  try {
    const pending = await pendingMigrations(client);
    return pending.map((object) => ({
      rule: MIGRATED,
      object,
      detail: 'the database has not applied it',
      remedy: 'pnpm db:migrate',
    }));
  } catch (error) {
    return [asFinding(error, MIGRATED, 'drizzle.__drizzle_migrations')];
  }
}

async function examineConnection(appUrl: string): Promise<Finding[]> {
  try {
    await (await connectAsAdministrator(appUrl)).end();
    return [];
  } catch (error) {
    return [
      { ...asFinding(error, APP_CONNECTS, 'dmz_app'), remedy: 'pnpm db:migrate, which sets its password' },
    ];
  }
}

function asFinding(error: unknown, rule: string, object: string): Finding {
  if (!isDmzError(error)) throw error;
  const detail = [error.code, error.message, error.found, error.expected && `expected ${error.expected}`];
  return { rule, object, detail: detail.filter(Boolean).join(' '), remedy: error.next };
}
