/**
 * PostgreSQL's own functions, views, operators and casts, which every rule trusts, held to those of another database of the
 * server: each database has a catalogue of its own, so what somebody has altered here stands there as it came.
 */
import pg, { type ClientBase } from 'pg';
import type { Finding } from './finding.ts';

export const builtInRule = {
  name: 'built-ins-are-as-they-came',
  remedy: 'ALTER it back to what it is in another database of the server',
};

/** Ids below FirstNormalObjectId came with PostgreSQL. Rights are held elsewhere, since some are taken away on purpose. */
const BUILT_INS = `
SELECT object, said FROM (
  SELECT oid, oid::regprocedure::text AS object, concat_ws(' ', CASE WHEN proleakproof THEN 'LEAKPROOF' END, CASE WHEN prosecdef THEN 'SECURITY DEFINER' END,
    provolatile, proconfig, md5(prosrc), md5(prosqlbody::text)) AS said FROM pg_proc
  UNION ALL SELECT oid, oid::regclass::text, md5(concat(pg_get_viewdef(oid), reloptions)) FROM pg_class WHERE relkind = 'v'
  UNION ALL SELECT oid, oid::regoperator::text, concat(oprcode::oid, ' ', oprrest::oid) FROM pg_operator
  UNION ALL SELECT oid, concat('cast from ', castsource::regtype, ' to ', casttarget::regtype), concat(castfunc, castcontext, castmethod) FROM pg_cast
) AS known WHERE oid < 16384`;

type BuiltIn = { readonly object: string; readonly said: string };

/** @returns undefined where no other database can be asked */
export async function findAlteredBuiltIns(
  client: ClientBase,
  adminUrl: string,
): Promise<Finding[] | undefined> {
  const elsewhere = await askBeside(client, adminUrl);
  if (!elsewhere) return undefined;
  const { rows } = await client.query<BuiltIn>(BUILT_INS);
  return rows
    .filter(({ object, said }) => elsewhere.get(object) !== said)
    .map(({ object, said }) => ({
      ...{ rule: builtInRule.name, remedy: builtInRule.remedy, object },
      detail: `somebody altered it: it is ${said} here, and ${elsewhere.get(object) ?? 'not there'} in another database`,
    }));
}

async function askBeside(
  client: ClientBase,
  adminUrl: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT datname AS name FROM pg_database WHERE datname IN ('postgres', 'template1') AND datallowconn AND datname <> current_database() ORDER BY 1 LIMIT 1",
  );
  if (!rows[0]) return undefined;
  const url = new URL(adminUrl);
  url.pathname = `/${rows[0].name}`;
  const beside = new pg.Client({ connectionString: url.href, application_name: 'dmz-isolation' });
  beside.on('error', () => {});
  try {
    await beside.connect();
    await beside.query("SET search_path = ''");
    const answer = await beside.query<BuiltIn>(BUILT_INS);
    return new Map(answer.rows.map(({ object, said }) => [object, said]));
  } catch (error) {
    if (error instanceof pg.DatabaseError) return undefined;
    throw error;
  } finally {
    await beside.end().catch(() => {});
  }
}
