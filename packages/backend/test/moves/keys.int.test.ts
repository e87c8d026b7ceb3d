/** A tenant's keys go with it: what was encrypted opens at every placement, and what was forgotten stays so. */
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { runMove } from '../../src/kernel/mover/index.ts';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';
import { listPlayers } from '../../src/modules/auth/index.ts';
import { governanceTables } from '../../src/modules/governance/schema.ts';
import type { Platform } from '../../src/platform.ts';
import { allow } from '../harness/allow.ts';
import { useDatabase } from '../harness/database.ts';
import { KeyService } from '../harness/key-service.ts';
import { optionsFor, placeOf, plannedMove } from '../harness/mover.ts';

const TENANT = 'small-company';

describe('the keys of a tenant that moves', { timeout: 120_000 }, () => {
  const db = useDatabase({ instances: { second: { from: 'empty' } } });
  let platform: Platform;
  beforeAll(async () => {
    platform = db.open({ masterKeys: new KeyService() });
    for (const instance of ['main', 'second'])
      await allow(db, ['INSERT ON governance.consents'], { instance });
  });

  const run = <Result>(work: (tx: TenantTx) => Promise<Result>) => platform.tenancy.run(TENANT, work);

  async function write(tx: TenantTx, userId: string, ipAddress: string): Promise<string> {
    const { consents } = governanceTables(tx);
    const id = uuidv7();
    const { columns } = await platform.keys.sealForPerson(tx, userId, consents, id, { ipAddress });
    const given = { purpose: 'research', decision: 'given', channel: 'prompt', decidedAt: tx.now } as const;
    const notice = { noticeVersion: '1', noticeSha256: 'a'.repeat(64), localeTag: 'en' };
    await tx.insert(consents).values({ tenantId: tx.tenantId, id, userId, ...given, ...notice, ...columns });
    return id;
  }
  const texts = () =>
    run(async (tx) => {
      const { consents } = governanceTables(tx);
      const opened = await platform.keys.open(tx, consents, await tx.select().from(consents));
      return new Map(opened.map(({ id, ipAddress }) => [id, ipAddress?.text ?? null]));
    });

  it('open everything there, also on the way back', async () => {
    const [kept, forgotten] = await run((tx) => listPlayers(tx, 2));
    const [one, other] = await run(async (tx) => [
      await write(tx, kept!.id, 'before'),
      await write(tx, forgotten!.id, 'to be forgotten'),
    ]);
    await run((tx) => platform.keys.forget(tx, forgotten!.id));
    const expected = new Map([
      [one!, 'before'],
      [other!, null],
    ]);
    for (const place of [
      placeOf('schema', 'main', 'tenant_small_company'),
      placeOf('instance', 'second'),
      placeOf('shared', 'main'),
    ]) {
      await runMove(optionsFor(db), (await plannedMove(db, TENANT, place, { keepSourceSeconds: 0 })).id);
      expect(await texts()).toEqual(expected);
      const { schema } = place;
      if (schema !== null)
        await allow(db, [`INSERT ON ${schema}.governance_consents`], { role: `dmz_${schema}` });
      expect(await platform.tenancy.locate(TENANT)).toMatchObject({
        instance: place.instance,
        schema: place.schema,
      });
      expected.set(await run((tx) => write(tx, kept!.id, place.tier)), place.tier);
      await run((tx) => platform.keys.tenantKeys.rotate(tx));
    }
    expect(await texts()).toEqual(expected);
    expect(expected.size).toBe(5);
  });
});
