/** The owner of the tables is bound as the application is: definer functions work as it, so what it can see they can. */
import { attempt, describeOutcome } from './attempt.ts';
import type { Field, Target } from './field.ts';
import { countOf, type Group, judge, type Note } from './group.ts';

export const owner: Group = {
  name: 'owner',
  tries: 'The owner’s reads of every table and partition, without a tenant and inside of one.',
  standsFor: 'A definer function or a migration that forgets the tenant.',
  remedy: 'force row security: ALTER TABLE … FORCE ROW LEVEL SECURITY, which the table’s constructor does',
  async attack(field, note) {
    for (const [role, names] of await owned(field)) {
      const app = await field.connectAs(role);
      for (const target of field.targets.filter(({ name, filled }) => filled && names.includes(name)))
        for (const name of [target.name, ...target.partitions])
          await readAs({ ...field, app }, { role, target, name }, note);
    }
  },
};

/** What each owner has, but for superusers, whom nothing binds: the record of migrations is theirs. */
async function owned({ admin, targets }: Field): Promise<[string, string[]][]> {
  const { rows } = await admin.query<{ owner: string; names: string[] }>(
    `SELECT rolname AS owner, array_agg(name) AS names
     FROM unnest($1::text[]) AS name JOIN pg_class AS c ON c.oid = name::regclass JOIN pg_roles AS r ON r.oid = relowner
     WHERE NOT rolsuper GROUP BY rolname ORDER BY rolname`,
    [targets.map(({ name }) => name)],
  );
  return rows.map(({ owner: role, names }) => [role, names]);
}

async function readAs(
  { app, own }: Field,
  { role, target, name }: { readonly role: string; readonly target: Target; readonly name: string },
  note: Note,
): Promise<void> {
  const aim = { rule: 'the-owner-is-bound-too', object: name };
  const outcome = await attempt(app, 'none', `SELECT tenant_id FROM ${name} LIMIT 1`);
  // A partition without rows is one that the context is not asked for.
  const answered = outcome.state === undefined && (name === target.name || outcome.rowCount > 0);
  const detail = answered ? `${role} was answered: ${describeOutcome(outcome)}` : undefined;
  note(aim, judge(outcome, detail, true));
  const others = await attempt(
    app,
    { entered: own.id },
    `SELECT FROM ${name} WHERE tenant_id IS DISTINCT FROM '${own.id}' LIMIT 5`,
  );
  note(
    aim,
    judge(others, countOf(others, `rows of another tenant read by ${role}`), target.prey !== undefined),
  );
}
