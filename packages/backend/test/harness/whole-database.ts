/** Everything that a database holds, as COPY gives it: for looking for what must not be there, and for what must not change. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type pg from 'pg';
import copyStreams from 'pg-copy-streams';
import type { CanaryPerson } from './canaries.ts';

/** Of every schema, partitions by themselves; catalogues left out. */
async function everyTable(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query(
    `SELECT c.oid::regclass::text AS name FROM pg_class AS c WHERE relkind = 'r'
       AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** All of it as one text; how COPY writes a backslash aside, values stand in it as they are. */
export async function allText(admin: pg.Client): Promise<string> {
  const texts = [];
  for (const table of await everyTable(admin)) {
    const copied = admin.query(copyStreams.to(`COPY ${table} TO STDOUT`));
    texts.push(`${table}\n${(await buffer(copied)).toString('utf8')}`);
  }
  return texts.join('\n');
}

/** What an erasure writes of itself, the audit log, and the platform's own register. */
const WRITTEN =
  /[._](privacy_requests|erasure_certificates|subject_keys|pseudonyms|audit_\w+)$|integration[._]jobs$|^[^.]+$/;

/** Hashes of all rows that are not a person's, by table. */
export async function rowsOfOthers(
  admin: pg.Client,
  { rows: own }: Pick<CanaryPerson, 'rows'>,
): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const table of await everyTable(admin)) {
    if (WRITTEN.test(table)) continue;
    const { rows } = await admin.query(
      `SELECT t::text AS row FROM ${table} AS t WHERE NOT coalesce(to_jsonb(t)->>'id' = ANY ($1::text[]), false) ORDER BY 1`,
      [own],
    );
    const hash = createHash('sha256');
    for (const { row } of rows) hash.update(`${row}\n`);
    hashes[table] = `${rows.length} ${hash.digest('hex')}`;
  }
  return hashes;
}
