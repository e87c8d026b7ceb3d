/** Emergency access is granted by somebody else, for a day at most, and the tenant can prove each grant. */
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { callDmz, expectFailure } from '../../../test/harness/run-dmz.ts';

const TENANT = 'small-company';

describe('dmz break-glass', () => {
  const db = useDatabase();
  const operator = uuidv7();
  const dmz = (...args: string[]) => callDmz(['break-glass', ...args], db.environment);
  const grant = (...more: string[]) =>
    dmz(
      ...[
        'grant',
        '--tenant',
        TENANT,
        '--operator',
        operator,
        '--reason',
        'incident',
        '--ticket',
        'INC-4711',
      ],
      ...['--scope', 'game.sessions.read', '--approved-by', uuidv7(), ...more],
    );
  const inForce = async () => JSON.parse((await dmz('list', '--json')).out);

  it('grants for a time, lists what is in force, and ends it early, each with its entry in the audit log', async () => {
    const { out } = await grant('--for', '2h', '--json');
    const { id, expiresAt, startsAt } = JSON.parse(out);
    expect(new Date(expiresAt).getTime() - new Date(startsAt).getTime()).toBe(2 * 3_600_000);
    expect(await inForce()).toMatchObject([{ tenant: TENANT, id, operatorId: operator, access: 'read' }]);
    expect((await dmz('end', id, '--tenant', TENANT)).status).toBe(0);
    expect(await inForce()).toEqual([]);
    expectFailure(await dmz('end', id, '--tenant', TENANT), 'RECORDS_ALREADY_SUCCEEDED', 1);
    const admin = await db.connectAsAdmin();
    const { rows } = await admin.query(
      'SELECT action, sequence IS NOT NULL AS chained FROM admin.audit_log WHERE subject_id = $1 ORDER BY sequence',
      [id],
    );
    expect(rows).toEqual([
      { action: 'admin.break_glass.granted', chained: true },
      { action: 'admin.break_glass.ended', chained: true },
    ]);
  });

  it('is refused to oneself, for longer than a day, and without a scope', async () => {
    expectFailure(await grant('--approved-by', operator), 'ADMIN_GRANT_REFUSED', 2);
    expectFailure(await grant('--for', '25h'), 'ADMIN_GRANT_REFUSED', 2);
    const unscoped = [
      '--operator',
      operator,
      '--reason',
      'support',
      '--ticket',
      'T-1',
      '--approved-by',
      uuidv7(),
    ];
    expectFailure(await dmz('grant', '--tenant', TENANT, ...unscoped), 'CLI_OPTION_MISSING', 2);
    expect(await inForce()).toEqual([]);
  });
});
