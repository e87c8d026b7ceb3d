/** Whoever has entered no tenant gets an error from every tenant's table: never rows, and never an empty answer. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { type Context, describeOutcome, type Outcome } from './attempt.ts';
import { canBeCopied, copySource, type Field, insertion, keyOf, renewed, type Target } from './field.ts';
import { type Group, type Note, passedPolicy, type TableAttempt, tryOn } from './group.ts';

/** By the rule that each would break. */
export const CONTEXTS_OF_NOBODY: Readonly<Record<string, Context>> = {
  'no-context-is-an-error': 'none',
  'an-empty-context-is-an-error': { set: '' },
  'a-malformed-context-is-an-error': { set: 'small-company' },
  'two-tenants-in-one-context-are-an-error': { set: `${randomUUID()},${randomUUID()}` },
  'an-unknown-tenant-is-an-error': { set: randomUUID() },
};

export const contexts: Group = {
  name: 'contexts',
  tries:
    'Each operation on every table with no context, an empty one, a malformed one, two tenants in one, and a tenant that is not there.',
  standsFor: 'Code that forgot to enter a tenant, and settings that an injected statement made.',
  remedy:
    'let the policy ask dmz.current_tenant(), which fails without a context; pnpm db:check names what is missing',
  async attack(field, note) {
    const client = await field.connect(); // a fresh one, so that no context means one that never was
    for (const [rule, context] of Object.entries(CONTEXTS_OF_NOBODY))
      await tryContext(field, client, { rule, context }, note);
  },
};

async function tryContext(
  field: Field,
  app: pg.Client,
  { rule, context }: { readonly rule: string; readonly context: Context },
  note: Note,
): Promise<void> {
  for (const target of field.targets)
    for (const each of attemptsOn(target))
      note({ rule, object: target.name }, await tryOn({ app }, context, target, { rule, ...each }));
}

function attemptsOn(target: Target): Omit<TableAttempt, 'rule'>[] {
  const { name, filled, updatable } = target;
  const answered = { evidence: (outcome: Outcome) => answer(outcome), worthwhile: filled };
  const row = target.ownRow ?? target.prey;
  const insert: Omit<TableAttempt, 'rule'>[] = row
    ? [
        {
          text: insertion(target),
          values: [JSON.stringify(renewed(target, row))],
          evidence: (outcome) => passedPolicy(target, outcome),
          worthwhile: true,
        },
      ]
    : [];
  if (!filled) return insert;
  const one = row ? keyOf(target, row) : 'tenant_id IS NOT NULL';
  return [
    { text: `SELECT count(*) FROM (SELECT FROM ${name} LIMIT 1000) AS some`, ...answered },
    { text: `SELECT * FROM ${name} LIMIT 1`, ...answered },
    ...(canBeCopied(target) ? [{ text: `COPY ${copySource(target)} TO STDOUT`, ...answered }] : []),
    { text: `UPDATE ${name} SET ${updatable} = ${updatable} WHERE ${one}`, ...answered },
    { text: `DELETE FROM ${name} WHERE ${one}`, ...answered },
    ...insert,
  ];
}

function answer(outcome: Outcome): string | undefined {
  if (outcome.state !== undefined) return undefined;
  return `answered instead of refused: ${describeOutcome(outcome)}`;
}
