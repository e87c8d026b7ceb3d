/** A tenant that is asked for and not waited for is created by whoever runs the queues. */
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../test/harness/database.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { finishCreations } from './finish-creations.ts';

describe('tenants that were asked for', () => {
  const db = useDatabase();
  const create = (...args: string[]) => callDmz(['tenant', 'create', ...args], db.environment);
  const wanted = ['--name', 'Later Ltd', '--plan', 'starter', '--seats', '40', '--region', 'eu'];
  const finish = () => finishCreations({ tenancy: db.platform.tenancy, controlUrl: db.adminUrl });

  it('are opened once, by one of several that look at once, and then are as any other', async () => {
    const asked = await create('--slug', 'later', ...wanted, '--later', '--json');
    expect(JSON.parse(asked.out)).toEqual({ slug: 'later', status: 'provisioning' });
    await expect(db.platform.tenancy.run('later', async () => {})).rejects.toMatchObject({
      code: expect.stringMatching(/^TENANCY_/),
    });
    const looks = await Promise.all([finish(), finish()]);
    expect(looks.flatMap(({ left }) => left)).toEqual([]);
    await db.platform.tenancy.run('later', async () => {});
    expect(await finish()).toEqual({ opened: [], left: [] });
    expectFailure(await create('--slug', 'later', '--plan', 'free'), 'TENANT_EXISTS', 1);
  });

  it('wait for somebody where an address is needed that was not kept', async () => {
    expectFailure(
      await create('--slug', 'invited', ...wanted, '--admin-email', 'it@later.example', '--later'),
      'TENANT_OPTION_INVALID',
      2,
    );
    expect(await finish()).toEqual({ opened: [], left: [] });
  });
});
