/** What `db check` finds in logs and their months, by rule and object; the other rules have no say in them. */
import type pg from 'pg';
import { catalogueRules } from '../../src/kernel/check/catalogue.ts';
import { findBreaches } from '../../src/kernel/check/catalogue-rule.ts';
import { appendOnlyRules } from '../../src/kernel/check/rules/append-only.ts';
import { partitionRules } from '../../src/kernel/check/rules/partitions.ts';
import { rowSecurityRules } from '../../src/kernel/check/rules/row-security.ts';

const names = new Set([...appendOnlyRules, ...partitionRules, ...rowSecurityRules].map(({ name }) => name));
const OF_LOGS = ['game', 'analytics', 'admin'];

export async function monthFindings(admin: pg.Client): Promise<string[]> {
  const found: string[] = [];
  await admin.query("BEGIN READ ONLY; SET LOCAL search_path = ''");
  for (const rule of catalogueRules.filter(({ name }) => names.has(name))) {
    for (const { object } of await findBreaches(admin, rule, OF_LOGS)) found.push(`${rule.name}: ${object}`);
  }
  await admin.query('ROLLBACK');
  return found;
}
