/** After an erasure nothing of the person is anywhere, everything of others is as it was, and what was proven still is. */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { addCanaryPerson, type CanaryPerson, fillTenant } from '../../test/harness/canaries.ts';
import { useDatabase } from '../../test/harness/database.ts';
import { allText, rowsOfOthers } from '../../test/harness/whole-database.ts';
import { erasePerson, rehearseErasure } from './erase-person.ts';

const TENANT = 'small-company';
const REASON = 'request 17 of the register';

describe('erasing a person', () => {
  const db = useDatabase();
  let admin: pg.Client;
  let person: CanaryPerson;
  const office = () => ({ tenancy: db.platform.tenancy, keys: db.platform.keys, stores: [] });

  beforeAll(async () => {
    admin = await db.connectAsAdmin();
    process.env.DMZ_HOME = db.environment.DMZ_HOME;
    await fillTenant({ admin, platform: db.platform, tenant: TENANT });
    person = await addCanaryPerson({ admin, platform: db.platform, tenant: TENANT });
  });

  it('leaves none of the values that stood in any declared column', async () => {
    expect(person.canaries.length).toBeGreaterThan(100);
    const others = await rowsOfOthers(admin, person);
    const planned = await rehearseErasure(office(), { tenant: TENANT, user: person.email });
    const erasure = await erasePerson(office(), { tenant: TENANT, user: person.email, reason: REASON });
    expect(erasure.status).toBe('erased');
    expect(erasure.parts).toEqual(planned.parts);
    const text = await allText(admin);
    const left = person.canaries.filter(({ telling, text: value }) => telling && text.includes(value));
    expect(left).toEqual([]);
    expect(await rowsOfOthers(admin, person)).toEqual(others);
  });
});
