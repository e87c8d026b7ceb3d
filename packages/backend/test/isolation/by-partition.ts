/** Partitions are no back door: every operation that names one is refused, for one's own rows as well as another's. */
import { attempt, attemptCopy, describeOutcome, type Finding } from '../../src/kernel/isolation/attempt.ts';
import { type Battlefield, insertion } from './battlefield.ts';

export async function attackPartitions(field: Battlefield): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const table of field.tables) {
    for (const partition of table.partitions) {
      for (const tenant of [field.own, field.foreign]) {
        const row = [JSON.stringify(field.rowOf(table, tenant))];
        const attacks: [string, readonly unknown[]][] = [
          [`SELECT * FROM ${partition}`, []],
          [`SELECT count(*) FROM ${partition} WHERE tenant_id = $1`, [tenant]],
          [insertion(table, partition), row],
          [`${insertion(table, partition)} ON CONFLICT DO NOTHING`, row],
          [`UPDATE ${partition} SET tenant_id = $1`, [tenant]],
          [`DELETE FROM ${partition} WHERE tenant_id = $1`, [tenant]],
          [`TRUNCATE ${partition}`, []],
          [`LOCK ${partition} IN ACCESS SHARE MODE`, []],
          [`COPY ${partition} TO STDOUT`, []],
          [`COPY ${partition} FROM STDIN`, []],
        ];
        for (const [text, values] of attacks) {
          const context = { entered: field.own };
          const outcome = text.endsWith('TO STDOUT')
            ? await attemptCopy(field.app, context, text)
            : await attempt(field.app, context, text, values);
          if (outcome.state === '42501') continue;
          const detail = `${text.slice(0, 60)}: ${describeOutcome(outcome)}`;
          findings.push({ rule: 'a partition is closed to the application', object: partition, detail });
        }
      }
    }
  }
  return findings;
}
