/** A tenant leaves one platform as a file, and is in another one what it was. */
import { beforeAll, describe, expect, it } from 'vitest';
import { contentsOf, contentsOfEveryTenant, useTwoPlatforms } from '../../test/harness/archives.ts';
import { startedSession } from '../../test/harness/play.ts';
import { callDmz, expectFailure } from '../../test/harness/run-dmz.ts';
import { FileMasterKeys } from '../kernel/privacy/index.ts';
import { checkKeys } from '../keys/check-keys.ts';

/** What exporting and importing write themselves. */
const OWN_BOOKS = ['README.md', 'tables/admin.audit_chain_heads.csv', 'tables/admin.audit_log.csv'];

const actionsIn = (log = ''): string[] => log.match(/public\.tenant\.(?:created|exported|imported)/g) ?? [];

describe('a tenant’s archive', { timeout: 120_000 }, () => {
  const { from, to, at, json, dmz, founded, exported, importing, keyOf, withKeys } = useTwoPlatforms({
    second: { from: 'empty' },
    nobody: { from: 'empty' },
  });

  describe.each([
    ['shared', 'leaves-shared', 'leaves-shared'],
    ['schema', 'leaves-schema', 'arrives-schema'],
    ['instance', 'leaves-instance', 'leaves-instance'],
  ] as const)('of tier %s', (tier, left, slug) => {
    let id: string;
    let file: string;
    let others: Map<string, string>;

    beforeAll(async () => {
      id = await founded(left, tier);
      file = await exported(from, left);
      others = await contentsOfEveryTenant(to);
      const placed = tier === 'instance' ? ['--instance', 'second'] : [];
      expect(await json(to, ...importing(file, '--slug', slug, ...placed))).toMatchObject({
        ...{ tenant: slug, tenantId: id, status: 'active', tier, sessions: 1, unreadableKeys: [] },
        events: expect.any(Number),
      });
    }, 60_000);

    it('has the same bytes in every table when it is exported from there again', async () => {
      const again = await exported(to, slug, `${slug}-again.zip`);
      const [first, second] = [await contentsOf(file, keyOf(from)), await contentsOf(again, keyOf(to))];
      const names = Object.keys({ ...first.files, ...second.files });
      expect(names.length).toBeGreaterThan(30);
      expect(names.filter((name) => first.files[name] !== second.files[name]).sort()).toEqual(OWN_BOOKS);
      const [log, later] = [first, second].map(({ files }) => files['tables/admin.audit_log.csv']);
      expect(actionsIn(log)).toEqual(['public.tenant.created', 'public.tenant.exported']);
      expect(actionsIn(later)).toEqual([
        ...actionsIn(log),
        'public.tenant.imported',
        'public.tenant.exported',
      ]);
      expect(later?.startsWith(log ?? 'some')).toBe(true);
      expect(second.head.keys).toEqual(first.head.keys);
      expect(second.head.tenant).toEqual({ ...first.head.tenant, slug });
    });

    it('can be entered, played, audited, read and moved where it was imported', async () => {
      const { sessionId } = await startedSession(to.platform, slug, 8);
      await to.platform.consumers.settle(slug);
      expect((await to.platform.game.replay(slug, sessionId)).mismatches).toEqual([]);
      expect(await json(to, 'audit', 'checkpoint', slug)).toMatchObject([{ taken: true }]);
      const keeper = new FileMasterKeys(at('shared-keys'));
      const { tenancy, keys } = to.open({ masterKeys: keeper });
      const checked = await tenancy.run(slug, (tx) => checkKeys(tx, keys, keeper));
      expect(checked).toEqual({ checked: 1, findings: [] });
      if (tier !== 'schema') return; // What a move takes from there is the same rows for each tier.
      expect(await json(to, 'tenant', 'move', slug, '--to', 'shared')).toMatchObject({ verified: true });
    });

    it('changes no other tenant, there or here, and is refused where the tenant is', async () => {
      const now = await contentsOfEveryTenant(to);
      now.delete(id);
      others.delete(id);
      expect(now).toEqual(others);
      expectFailure(await dmz(to, ...importing(file)), 'TENANT_IMPORT_EXISTS', 1);
      expectFailure(await dmz(to, ...importing(file, '--slug', 'a-twin')), 'TENANT_IMPORT_EXISTS', 1);
    });
  });

  it('keeps a tenant suspended or archived as it was', async () => {
    await founded('rests');
    await json(from, 'tenant', 'archive', 'rests', '--reason', 'contract ended');
    const imported = await json(to, ...importing(await exported(from, 'rests')));
    expect(imported).toMatchObject({ tenant: 'rests', status: 'archived', tier: 'shared' });
    await expect(startedSession(to.platform, 'rests')).rejects.toMatchObject({
      code: 'TENANCY_NOT_SERVED',
    });
    const [before, after] = [from, to].map(async (db) =>
      (await db.connectAsAdmin()).query("SELECT archived_at FROM public.tenants WHERE slug LIKE 'rests%'"),
    );
    expect((await after)?.rows).toEqual((await before)?.rows);
  });

  it('restores into a platform that has nothing but what belongs to no tenant', async () => {
    await founded('settles');
    const file = await exported(from, 'settles');
    const empty = {
      ...withKeys(to),
      DATABASE_URL: to.instance('nobody').adminUrl,
      DMZ_HOME: at('empty-home'),
    };
    expectFailure(await callDmz(importing(file), empty), 'TENANT_NO_INSTANCE', 1);
    expect((await callDmz(['db', 'seed', '--reference-only'], empty)).status).toBe(0);
    const { out } = await callDmz(importing(file, '--json'), empty);
    expect(JSON.parse(out)).toMatchObject({ tenant: 'settles', status: 'active', sessions: 1 });
    const listed = await callDmz(['tenant', 'list', '--json'], empty);
    expect(JSON.parse(listed.out)).toMatchObject([{ slug: 'settles', instance: 'main' }]);
  });
});
