/** The owner of the tables is bound as the application is: definer functions work as it, so what it can see they can. */
import pg from 'pg';
import { attempt, describeOutcome } from './attempt.ts';
import { countOf, type Group, judge, tryOn } from './group.ts';

export const owner: Group = {
  name: 'owner',
  tries: 'The owner’s reads of every table and partition, without a tenant and inside of one.',
  standsFor: 'A definer function or a migration that forgets the tenant.',
  remedy: 'force row security: ALTER TABLE … FORCE ROW LEVEL SECURITY, which the table’s constructor does',
  async attack({ place, own, targets, admin }, note) {
    const app = new pg.Client({ connectionString: place.adminUrl, application_name: 'dmz-isolation' });
    await app.connect();
    try {
      const { rows } = await admin.query(
        'SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class WHERE oid = ANY ($1::regclass[])',
        [targets.map(({ name }) => name)],
      );
      for (const { owner: role } of rows) {
        await app.query(`SET ROLE ${role}`);
        for (const target of targets.filter(({ filled }) => filled))
          for (const name of [target.name, ...target.partitions]) {
            const empty = target.partitions.length > 0;
            const outcome = await attempt(app, 'none', `SELECT tenant_id FROM ${name} LIMIT 1`);
            // A partition without rows is one that the context is not asked for.
            const answered = outcome.state === undefined && (!empty || outcome.rowCount > 0);
            const detail = answered ? `${role} was answered: ${describeOutcome(outcome)}` : undefined;
            note({ rule: 'the-owner-is-bound-too', object: name }, judge(outcome, detail, true));
            note(
              { rule: 'the-owner-is-bound-too', object: name },
              await tryOn({ app }, { entered: own.id }, target, {
                rule: '',
                text: `SELECT FROM ${name} WHERE tenant_id IS DISTINCT FROM '${own.id}' LIMIT 5`,
                evidence: (seen) => countOf(seen, `rows of another tenant read by ${role}`),
              }),
            );
          }
      }
    } finally {
      await app.end();
    }
  },
};
