/**
 * The migrated catalogue as text, for review and comparison: what the database was told, printed by the database's own
 * pg_get_*def. The same migrations give the same text on every server and on every day, so the administrator's name is
 * not in it and neither are monthly partitions, attached or not; the default partition stands for them.
 */
import type { ClientBase } from 'pg';

const HEADER = `-- What the migrations make of an empty database, as PostgreSQL itself describes it. Not to be run, and not to be edited:
-- \`pnpm dmz db snapshot\` writes it, and \`pnpm db:check\` compares it with the database.`;

/** Relations of the modules' namespaces that do not depend on the date. */
const RELATIONS = `
WITH spaces AS (
  SELECT oid, nspname AS space, nspacl, nspowner FROM pg_namespace WHERE nspname = ANY ($1::text[]) OR nspname = 'dmz'
), relations AS (
  SELECT c.*, c.oid AS id, space, quote_ident(space) || '.' || quote_ident(relname) AS name
  FROM pg_class AS c JOIN spaces ON spaces.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND (NOT relispartition OR pg_get_expr(relpartbound, c.oid) = 'DEFAULT')
    AND coalesce(obj_description(c.oid, 'pg_class'), '') !~ '@month (prepared|detached)$'
), role_names AS (
  SELECT oid AS role, CASE WHEN rolname LIKE 'dmz\\_%' THEN rolname ELSE 'administrator' END AS role_name FROM pg_roles
  UNION ALL SELECT 0, 'PUBLIC'
)`;

const ownerClause = (object: string, owner: string) => `
  (SELECT CASE role_name WHEN 'dmz_owner' THEN '' ELSE E'\\nALTER ' || ${object} || ' OWNER TO ' || role_name || ';' END FROM role_names WHERE role = ${owner})`;

/** One line a grantee; the owner's own rights say nothing. */
const grants = (acl: string, owner: string, on: string) => `
  SELECT format('GRANT %s ON %s TO %s;', string_agg(privilege_type, ', ' ORDER BY privilege_type), ${on}, role_name) AS text
  FROM aclexplode(${acl}) JOIN role_names ON role = grantee WHERE grantee <> ${owner} GROUP BY role_name`;

const FUNCTIONS = `SELECT space, p.oid::regprocedure::text AS object, rtrim(pg_get_functiondef(p.oid), E'\\n') || ';'
     || ${ownerClause("'FUNCTION ' || p.oid::regprocedure", 'proowner')} AS text
   FROM pg_proc AS p JOIN spaces ON spaces.oid = pronamespace WHERE prokind IN ('f', 'p')`;

/** Each gives `space`, `object` and `text`; the order of sections is the order within an object. */
const SECTIONS: readonly string[] = [
  `SELECT space, '' AS object, 'CREATE SCHEMA ' || space || ';' || ${ownerClause("'SCHEMA ' || space", 'nspowner')} AS text FROM spaces`,
  `SELECT space, '' AS object, format('COMMENT ON SCHEMA %s IS %L;', space, obj_description(oid, 'pg_namespace')) AS text
   FROM spaces WHERE obj_description(oid, 'pg_namespace') IS NOT NULL`,
  `SELECT space, '' AS object, text FROM spaces, LATERAL (${grants('nspacl', 'nspowner', "'SCHEMA ' || space")}) AS granted`,
  `SELECT space, name AS object, format(E'CREATE %s %s (\\n%s\\n)%s%s;', CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, name,
     (SELECT string_agg(format('  %I %s%s%s', attname, format_type(atttypid, atttypmod),
        CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END, coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')), E',\\n' ORDER BY attnum)
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = id AND attnum > 0 AND NOT attisdropped),
     coalesce(' PARTITION BY ' || pg_get_partkeydef(id), ' PARTITION OF ' || (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = id) || ' DEFAULT', ''),
     coalesce(' WITH (' || array_to_string(reloptions, ', ') || ')', '')) || ${ownerClause("'TABLE ' || name", 'relowner')} AS text
   FROM relations`,
  `SELECT space, name AS object, pg_get_viewdef(id) AS text FROM relations WHERE relkind IN ('v', 'm')`,
  `SELECT space, name AS object, format('ALTER TABLE %s ADD CONSTRAINT %I %s;', name, conname, pg_get_constraintdef(k.oid)) AS text
   FROM relations JOIN pg_constraint AS k ON conrelid = id WHERE contype <> 'n' AND conparentid = 0 AND NOT relispartition`,
  `SELECT space, name AS object, pg_get_indexdef(indexrelid) || ';' || CASE WHEN indisvalid THEN '' ELSE ' -- not valid' END AS text
   FROM relations JOIN pg_index ON indrelid = id
   WHERE NOT relispartition AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
  `SELECT space, name AS object, format('ALTER TABLE %s %s ROW LEVEL SECURITY, %s ROW LEVEL SECURITY;', name,
     CASE WHEN relrowsecurity THEN 'ENABLE' ELSE 'DISABLE' END, CASE WHEN relforcerowsecurity THEN 'FORCE' ELSE 'NO FORCE' END) AS text
   FROM relations WHERE relrowsecurity OR relforcerowsecurity`,
  `SELECT space, name AS object, format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s;', polname, name,
     CASE WHEN polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
     CASE polcmd WHEN '*' THEN 'ALL' WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' ELSE 'DELETE' END,
     (SELECT string_agg(role_name, ', ' ORDER BY role_name) FROM role_names WHERE role = ANY (polroles)),
     coalesce(' USING ' || pg_get_expr(polqual, id), ''), coalesce(' WITH CHECK ' || pg_get_expr(polwithcheck, id), '')) AS text
   FROM relations JOIN pg_policy ON polrelid = id`,
  `SELECT space, name AS object, pg_get_triggerdef(t.oid) || ';' || CASE tgenabled WHEN 'O' THEN '' ELSE ' -- enabled: ' || tgenabled::text END AS text
   FROM relations JOIN pg_trigger AS t ON tgrelid = id WHERE NOT tgisinternal`,
  `SELECT space, name AS object, text FROM relations, LATERAL (${grants('relacl', 'relowner', "'TABLE ' || name")}) AS granted`,
  `SELECT space, name AS object, text FROM relations JOIN pg_attribute ON attrelid = id,
     LATERAL (${grants('attacl', 'relowner', "'COLUMN ' || name || '.' || attname")}) AS granted`,
  `SELECT space, name AS object, format('COMMENT ON TABLE %s IS %L;', name, obj_description(id, 'pg_class')) AS text
   FROM relations WHERE obj_description(id, 'pg_class') IS NOT NULL`,
  `SELECT space, name AS object, format('COMMENT ON COLUMN %s.%I IS %L;', name, attname, col_description(id, attnum)) AS text
   FROM relations JOIN pg_attribute ON attrelid = id WHERE attnum > 0 AND col_description(id, attnum) IS NOT NULL`,
  `SELECT space, name AS object, format('COMMENT ON INDEX %s IS %L;', indexrelid::regclass, obj_description(indexrelid, 'pg_class')) AS text
   FROM relations JOIN pg_index ON indrelid = id WHERE obj_description(indexrelid, 'pg_class') IS NOT NULL`,
  FUNCTIONS,
  `SELECT space, p.oid::regprocedure::text AS object, text FROM pg_proc AS p JOIN spaces ON spaces.oid = pronamespace,
     LATERAL (${grants("coalesce(proacl, acldefault('f', proowner))", 'proowner', "'FUNCTION ' || p.oid::regprocedure")}) AS granted`,
  `SELECT space, p.oid::regprocedure::text AS object, format('COMMENT ON FUNCTION %s IS %L;', p.oid::regprocedure, obj_description(p.oid, 'pg_proc')) AS text
   FROM pg_proc AS p JOIN spaces ON spaces.oid = pronamespace WHERE obj_description(p.oid, 'pg_proc') IS NOT NULL`,
];

interface Line {
  readonly space: string;
  readonly object: string;
  readonly section: number;
  readonly text: string;
}

/**
 * @param client      in a transaction whose search_path is empty, so that every name is printed with its schema
 * @param namespaces  the modules' names
 */
export async function listCatalogue(client: ClientBase, namespaces: readonly string[]): Promise<string> {
  const lines: Line[] = [];
  for (const [section, sql] of SECTIONS.entries()) {
    const { rows } = await client.query<Omit<Line, 'section'>>(`${RELATIONS}\n${sql}`, [namespaces]);
    lines.push(...rows.map((row) => ({ ...row, section })));
  }
  lines.sort(
    (one, other) =>
      byCodeUnit(one.space, other.space) ||
      byCodeUnit(one.object, other.object) ||
      one.section - other.section ||
      byCodeUnit(one.text, other.text),
  );
  const blocks = new Map<string, string[]>();
  for (const { space, object, text } of lines) {
    const key = `${space} ${object}`;
    blocks.set(key, [...(blocks.get(key) ?? []), text]);
  }
  return `${[HEADER, ...[...blocks.values()].map((block) => block.join('\n'))].join('\n\n')}\n`;
}

/**
 * The functions alone, each as it stands in the listing; those of `dmz` are always among them.
 *
 * @param client  as for the listing
 */
export async function listFunctions(
  client: ClientBase,
  namespaces: readonly string[],
): Promise<Pick<Line, 'space' | 'object' | 'text'>[]> {
  const { rows } = await client.query(`${RELATIONS}\n${FUNCTIONS}`, [namespaces]);
  return rows;
}

/** The database's own order depends on its collation, and so on the server. */
const byCodeUnit = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);
