import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { seed } from '../../seed.ts';
import { allTables } from '../registry.ts';

const REFERENCE_TABLES = allTables()
  .filter(({ kind }) => kind === 'reference')
  .map(({ namespace, name }) => `"${namespace}"."${name}"`);

describe('the reference data', () => {
  const database = useDatabase();
  let query: (text: string) => Promise<Record<string, unknown>[]>;

  const fingerprint = async () => {
    const found = new Map<string, string>();
    for (const table of REFERENCE_TABLES) {
      const [row] = await query(
        `SELECT count(*) || ' ' || md5(string_agg(t::text, '|' ORDER BY t::text)) AS print FROM ${table} t`,
      );
      found.set(table, String(row!.print));
    }
    return found;
  };
  const one = async (text: string) => (await query(text))[0];
  const countOf = async (table: string) => Number((await one(`SELECT count(*) FROM ${table}`))!.count);

  beforeAll(async () => {
    const owner = await database.connectAsOwner();
    query = async (text) => (await owner.query(text)).rows;
  });

  it('is not changed by a second run, not even in a time of change', async () => {
    // The first run filled the template that this database is a clone of.
    const before = await fingerprint();
    const { reference } = await seed(database.platform, database.adminUrl);
    expect(reference).toBe(0);
    expect(await fingerprint()).toEqual(before);
  }, 120_000);

  it('leaves no reference table empty', async () => {
    const empty = [];
    for (const table of REFERENCE_TABLES) if ((await countOf(table)) === 0) empty.push(table);
    expect(empty).toEqual([]);
  });

  it('mends a row that differs, and that one alone', async () => {
    await query(`UPDATE "public"."countries" SET "name" = 'Nowhere' WHERE "code" = 'DE'`);
    const { reference } = await seed(database.platform, database.adminUrl);
    expect(reference).toBe(1);
    expect(await one(`SELECT "name" FROM "public"."countries" WHERE "code" = 'DE'`)).toEqual({
      name: 'Germany',
    });
  }, 120_000);

  it('has every country of ISO 3166-1 with its three codes', async () => {
    expect(await countOf('"public"."countries"')).toBe(249);
    expect(await countOf('"public"."countries" WHERE "numeric_code" IS NULL')).toBe(0);
    expect(
      await one(
        `SELECT "alpha3", "numeric_code", "currency_code", "transfer_basis" FROM "public"."countries" WHERE "code" = 'CH'`,
      ),
    ).toEqual({
      alpha3: 'CHE',
      numeric_code: '756',
      currency_code: 'CHF',
      transfer_basis: 'adequacy_decision',
    });
    expect(await countOf(`"public"."countries" WHERE "code" = 'XK'`)).toBe(0);
  });

  it('has currencies with their minor units, none for gold, and says which were withdrawn', async () => {
    const rows = await query(
      `SELECT "code", "minor_units", "withdrawn_on"::text FROM "public"."currencies" WHERE "code" IN ('EUR', 'JPY', 'KWD', 'XAU', 'XCG', 'BGN') ORDER BY "code"`,
    );
    expect(rows).toEqual([
      { code: 'BGN', minor_units: 2, withdrawn_on: '2026-01-31' },
      { code: 'EUR', minor_units: 2, withdrawn_on: null },
      { code: 'JPY', minor_units: 0, withdrawn_on: null },
      { code: 'KWD', minor_units: 3, withdrawn_on: null },
      { code: 'XAU', minor_units: null, withdrawn_on: null },
      { code: 'XCG', minor_units: 2, withdrawn_on: null },
    ]);
    expect(
      await countOf(
        `"public"."countries" c JOIN "public"."currencies" m ON m."code" = c."currency_code" WHERE m."withdrawn_on" IS NOT NULL`,
      ),
    ).toBe(0);
  });

  it('has languages by their shortest code, and locales with names in their own language', async () => {
    expect(await countOf(`"public"."languages" WHERE length("code") = 2`)).toBeGreaterThan(180);
    expect(await countOf('"public"."locales" WHERE "language_code" IS NULL')).toBe(0);
    expect(
      await query(
        `SELECT "tag", "native_name", "language_code", "script_code", "country_code", "fallback_tag", "direction" FROM "public"."locales" WHERE "tag" IN ('ar', 'pt-BR', 'zh-Hans') ORDER BY "tag"`,
      ),
    ).toEqual([
      localeRow('ar', 'العربية', { language_code: 'ar', direction: 'rtl' }),
      localeRow('pt-BR', 'português (Brasil)', {
        language_code: 'pt',
        country_code: 'BR',
        fallback_tag: 'pt',
      }),
      localeRow('zh-Hans', '简体中文', { language_code: 'zh', script_code: 'Hans', fallback_tag: 'zh' }),
    ]);
  });

  it('has every framework with its period and where the period is from', async () => {
    const rows = await query(
      `SELECT "code", "retention_years" AS years FROM "public"."regulatory_frameworks" ORDER BY "code"`,
    );
    expect(Object.fromEntries(rows.map(({ code, years }) => [code, years]))).toEqual({
      dora: 5,
      fedramp: 3,
      fisma: 3,
      gdpr: null,
      glba: 5,
      hipaa: 6,
      'iso-27001': 3,
      nis2: null,
      'pci-dss': 1,
      'soc-2': null,
      sox: 7,
    });
    expect(await countOf(`"public"."regulatory_frameworks" WHERE "issuer" IS NULL`)).toBe(0);
    expect(
      await one(`SELECT "months_at_hand" FROM "public"."regulatory_frameworks" WHERE "code" = 'pci-dss'`),
    ).toEqual({ months_at_hand: 3 });
    expect(
      await countOf(
        `"public"."regulatory_frameworks" f WHERE NOT EXISTS (SELECT FROM "public"."framework_clauses" c WHERE c."framework_code" = f."code")`,
      ),
    ).toBe(0);
  });

  it('says of each period whether the rule or its field has it', async () => {
    const rows = await query(
      `SELECT "code", "retention_basis" AS basis FROM "public"."regulatory_frameworks" WHERE "retention_years" IS NOT NULL ORDER BY "code"`,
    );
    expect(Object.fromEntries(rows.map(({ code, basis }) => [code, basis]))).toEqual({
      dora: 'practice',
      fedramp: 'practice',
      fisma: 'practice',
      glba: 'practice',
      hipaa: 'rule',
      'iso-27001': 'practice',
      'pci-dss': 'rule',
      sox: 'rule',
    });
  });

  it('has the techniques by their ids, each with a tactic', async () => {
    expect(
      await one(
        `SELECT "name", "parent_technique_id" FROM "threat"."attack_vectors" WHERE "technique_id" = 'T1566.002'`,
      ),
    ).toEqual({ name: 'Spearphishing Link', parent_technique_id: 'T1566' });
    expect(await countOf('"threat"."attack_tactics"')).toBe(15);
    expect(
      await countOf(
        `"threat"."attack_vectors" v WHERE NOT EXISTS (SELECT FROM "threat"."attack_vector_tactics" t WHERE t."technique_id" = v."technique_id") AND v."life_cycle" = 'active'`,
      ),
    ).toBe(0);
  });

  it('makes room for a tactic that is new in the middle, and leaves a technique’s former one', async () => {
    for (const statement of [
      `DELETE FROM "threat"."attack_vector_tactics" WHERE "tactic_id" = 'TA0112'`,
      `DELETE FROM "threat"."attack_tactics" WHERE "tactic_id" = 'TA0112'`,
      `UPDATE "threat"."attack_tactics" SET "position" = "position" + 100 WHERE "position" > 8`,
      `UPDATE "threat"."attack_tactics" SET "position" = "position" - 101 WHERE "position" > 100`,
      `INSERT INTO "threat"."attack_vector_tactics" ("technique_id", "tactic_id") VALUES ('T1556', 'TA0005')`,
    ])
      await query(statement);
    await seed(database.platform, database.adminUrl);
    expect(
      await query(
        `SELECT "tactic_id", "position" FROM "threat"."attack_tactics" WHERE "position" BETWEEN 7 AND 9 ORDER BY "position"`,
      ),
    ).toEqual([
      { tactic_id: 'TA0005', position: 7 },
      { tactic_id: 'TA0112', position: 8 },
      { tactic_id: 'TA0006', position: 9 },
    ]);
    expect(
      await query(
        `SELECT "tactic_id" FROM "threat"."attack_vector_tactics" WHERE "technique_id" = 'T1556' ORDER BY 1`,
      ),
    ).toEqual([{ tactic_id: 'TA0003' }, { tactic_id: 'TA0006' }, { tactic_id: 'TA0112' }]);
  }, 120_000);

  it('leads from a technique that MITRE revoked to the one in its place', async () => {
    expect(
      await query(
        `SELECT v."technique_id" AS former, r."technique_id" AS current, r."name", r."life_cycle" FROM "threat"."attack_vectors" v JOIN "threat"."attack_vectors" r ON r."technique_id" = v."replaced_by_id" ORDER BY 1`,
      ),
    ).toEqual([
      { former: 'T1656', current: 'T1684.001', name: 'Impersonation', life_cycle: 'active' },
      { former: 'T1672', current: 'T1684.002', name: 'Email Spoofing', life_cycle: 'active' },
    ]);
  });

  it('has the five plans in order, each with contents, and prices where they are public', async () => {
    expect(
      await query(
        `SELECT p."code", (SELECT count(*) > 0 FROM "billing"."plan_features" f WHERE f."plan_code" = p."code") AS contents, (SELECT count(*)::int FROM "billing"."plan_prices" r WHERE r."plan_code" = p."code") AS prices FROM "billing"."plans" p ORDER BY "position"`,
      ),
    ).toEqual([
      { code: 'free', contents: true, prices: 6 },
      { code: 'starter', contents: true, prices: 6 },
      { code: 'professional', contents: true, prices: 6 },
      { code: 'enterprise', contents: true, prices: 0 },
      { code: 'government', contents: true, prices: 0 },
    ]);
  });

  it('gives every tenant the five roles, each with more than the one under it', async () => {
    const admin = await database.connectAsAdmin();
    const { rows } = await admin.query(
      `SELECT t."slug", array_agg(n ORDER BY n) AS counts FROM (SELECT r."tenant_id", r."key", count(*)::int AS n FROM "auth"."roles" r JOIN "auth"."role_permissions" p ON p."tenant_id" = r."tenant_id" AND p."role_id" = r."id" GROUP BY 1, 2) x JOIN "public"."tenants" t ON t."id" = x."tenant_id" GROUP BY 1`,
    );
    expect(rows).toHaveLength(3);
    for (const { counts } of rows) {
      expect(new Set(counts).size).toBe(5);
      expect(counts[4]).toBe(await countOf('"auth"."permissions"'));
    }
  });

  it('knows which tenant is that of all consumers', async () => {
    expect(await query(`SELECT "slug" FROM "public"."tenants" WHERE "kind" = 'consumers'`)).toEqual([
      { slug: 'consumers' },
    ]);
  });
});

const localeRow = (tag: string, nativeName: string, rest: object) => ({
  tag,
  native_name: nativeName,
  script_code: null,
  country_code: null,
  fallback_tag: null,
  direction: 'ltr',
  ...rest,
});
