/** Whoever has entered no tenant gets an error from every tenant's table: never rows, and never an empty answer. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import {
  attempt,
  attemptCopy,
  type Context,
  describeOutcome,
  type Finding,
} from '../../src/kernel/isolation/attempt.ts';
import type { TenantTable } from '../../src/kernel/isolation/tenant-tables.ts';
import {
  type Battlefield,
  copySource,
  insertion,
  refusedByRights,
  refusedForContext,
  renewed,
} from './battlefield.ts';

export const CONTEXTS_OF_NOBODY: Readonly<Record<string, Context>> = {
  'no context': 'none',
  'an empty context': { set: '' },
  'a malformed context': { set: 'small-company' },
  'two tenants in one context': { set: `${randomUUID()},${randomUUID()}` },
  'an unknown tenant': { set: randomUUID() },
};

/**
 * @param client   must be a fresh connection, so that `no context` means one that never was
 * @param granted  what the client's role may do; anything else must be refused as a matter of rights
 */
export async function attackWithoutTenant(
  field: Battlefield,
  client: pg.Client,
  granted: (table: TenantTable) => readonly string[],
  contexts: Readonly<Record<string, Context>> = CONTEXTS_OF_NOBODY,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, context] of Object.entries(contexts)) {
    for (const table of field.tables) {
      for (const { right, text, values } of statementsOn(field, table)) {
        const outcome = text.startsWith('COPY')
          ? await attemptCopy(client, context, text)
          : await attempt(client, context, text, values);
        const refused = granted(table).includes(right)
          ? refusedForContext(outcome)
          : refusedByRights(outcome);
        if (refused) continue;
        const detail = `${text.slice(0, 60)}: ${describeOutcome(outcome)}`;
        findings.push({ rule: `${name} is an error`, object: table.name, detail });
      }
    }
  }
  return findings;
}

function statementsOn(field: Battlefield, table: TenantTable) {
  const { name } = table;
  const row = JSON.stringify(renewed(table, field.rowOf(table, field.own)));
  return [
    { right: 'SELECT', text: `SELECT count(*) FROM ${name}`, values: [] },
    { right: 'SELECT', text: `SELECT * FROM ${name} LIMIT 1`, values: [] },
    {
      right: 'SELECT',
      text: `SELECT EXISTS (SELECT FROM ${name} WHERE tenant_id = $1)`,
      values: [field.own],
    },
    { right: 'SELECT', text: `COPY ${copySource(table)} TO STDOUT`, values: [] },
    { right: 'INSERT', text: insertion(table), values: [row] },
    { right: 'UPDATE', text: `UPDATE ${name} SET ${table.updatable} = ${table.updatable}`, values: [] },
    { right: 'DELETE', text: `DELETE FROM ${name}`, values: [] },
  ];
}
