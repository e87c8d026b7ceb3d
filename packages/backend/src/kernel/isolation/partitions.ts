/** Partitions are no back door: past and coming months, the default one, and those that are detached or not attached yet. */
import { attempt, attemptCopy, describeOutcome } from './attempt.ts';
import { type Field, hasNoRight, insertion, type Target } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import { tryComingMonths } from './months.ts';

export const partitions: Group = {
  name: 'partitions',
  tries:
    'Every partition by its own name, be it of a past, present or coming month, the default one, a detached one or one that is only made: read, counted, copied, locked, written, changed and emptied; and a month that is made for it.',
  standsFor: 'A statement that names the partition, past the policy and the triggers of its table.',
  remedy: 'grant partitions to nobody: REVOKE ALL ON the partition; the log’s own grants are enough',
  async attack(field, note) {
    const loose = await looseMonths(field);
    for (const target of field.targets)
      for (const partition of [
        ...target.partitions,
        ...loose.filter((each) => each.startsWith(`${bare(target.name)}_y`)),
      ])
        await tryPartition(field, target, partition, note);
    await tryComingMonths(field, note);
  },
};

const bare = (name: string) => name.replaceAll('"', '');

async function tryPartition(field: Field, target: Target, partition: string, note: Note): Promise<void> {
  const row = target.prey ?? target.ownRow;
  const statements: [string, readonly unknown[]][] = [
    [`SELECT * FROM ${partition} LIMIT 5`, []],
    [`SELECT count(*) FROM ${partition} WHERE tenant_id = $1`, [field.victim.id]],
    [`UPDATE ${partition} SET tenant_id = $1`, [field.own.id]],
    [`DELETE FROM ${partition} WHERE tenant_id = $1`, [field.victim.id]],
    [`TRUNCATE ${partition}`, []],
    [`LOCK ${partition} IN ACCESS SHARE MODE`, []],
    [`COPY ${partition} TO STDOUT`, []],
    [`COPY ${partition} FROM STDIN`, []],
    ...(row ? ([[insertion(target, partition), [JSON.stringify(row)]]] as [string, unknown[]][]) : []),
  ];
  for (const [text, values] of statements) {
    const context = { entered: field.own.id };
    const outcome = text.endsWith('TO STDOUT')
      ? await attemptCopy(field.app, context, text)
      : await attempt(field.app, context, text, values);
    // Whatever else stops it, the right to it is there, and none is needed.
    const detail = hasNoRight(outcome) ? undefined : `${text.slice(0, 60)}: ${describeOutcome(outcome)}`;
    note({ rule: 'partitions-are-closed', object: partition }, judge(outcome, detail, true));
  }
}

/** Tables named as a month of a log that are no part of it: detached, or made and not attached. */
async function looseMonths({ admin, targets }: Field): Promise<string[]> {
  const { rows } = await admin.query(
    `SELECT c.oid::regclass::text AS name FROM pg_class AS c WHERE relkind = 'r' AND NOT relispartition AND relname ~ '_y\\d{4}m\\d{2}$'
       AND relnamespace IN (SELECT relnamespace FROM pg_class WHERE oid = ANY ($1::regclass[]))`,
    [targets.map(({ name }) => name)],
  );
  return rows.map(({ name }) => bare(name));
}
