/** The functions of the platform that a role may call, and calls of them with somebody's ids and words in every place for one. */
import pg from 'pg';

export interface ExecutableFunction {
  /** With the types of its arguments, as PostgreSQL writes it. */
  readonly signature: string;
  /** Of the function itself. */
  readonly schema: string;
  readonly call: string;
  readonly kind: 'function' | 'procedure' | 'aggregate';
  readonly types: readonly string[];
  readonly definer: boolean;
  readonly leakproof: boolean;
  readonly settings: readonly string[] | null;
}

/** What nobody can call by name is left out: triggers, and what PostgreSQL itself brings. */
export async function executableFunctions(admin: pg.Client, role: string): Promise<ExecutableFunction[]> {
  const { rows } = await admin.query(
    `SELECT p.oid::regprocedure::text AS signature, nspname AS schema, format('%I.%I', nspname, proname) AS call,
       CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind,
       (SELECT coalesce(json_agg(format_type(type, NULL) ORDER BY at), '[]') FROM unnest(proargtypes::oid[]) WITH ORDINALITY AS a(type, at)) AS types,
       prosecdef AS definer, proleakproof AS leakproof, proconfig AS settings
     FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace
     WHERE nspname !~ '^(pg_|information_schema$)' AND prokind IN ('f', 'p', 'a') AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
       AND has_function_privilege($1, p.oid, 'EXECUTE') AND has_schema_privilege($1, n.oid, 'USAGE') ORDER BY 1`,
    [role],
  );
  return rows;
}

/** What is said in a call. */
export interface Said {
  /** For arguments that are ids. */
  readonly id: string;
  /** For texts and names, one after the other where there are several; the id, unless given. */
  readonly texts?: readonly (string | null)[];
  /** Lists, objects and numbers hold these ids too, and are not left empty. */
  readonly full?: boolean;
  /** Types of arguments that are a row of a table of tenants; it has the id, and is the tenant's. */
  readonly rows?: readonly string[];
  readonly tenantId?: string;
}

/** @returns the call by itself */
export function callsWith({ call, types }: Pick<ExecutableFunction, 'call' | 'types'>, said: Said): string {
  const { id, texts = [id] } = said;
  let spoken = 0;
  const values = types.map((type) => {
    const text = texts[spoken % texts.length];
    if (isText(type)) spoken += 1;
    return argumentOf(type, text === undefined ? id : text, said);
  });
  return `${call}(${values.join(', ')})`;
}

/** A statement that calls it; each row of its answer is one `answer`, but for a procedure’s. */
export function statementOf(fn: ExecutableFunction, said: Said): string {
  const call = callsWith(fn, said);
  if (fn.kind === 'procedure') return `CALL ${call}`;
  const from = fn.kind === 'aggregate' ? `(SELECT ${call})` : call;
  return `SELECT to_jsonb(r)::text AS answer FROM ${from} AS r LIMIT 1000`;
}

const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/^(timestamp|date)/, 'now()'],
  [/^boolean$/, 'true'],
];
const NUMBER = /^(bigint|integer|smallint|numeric)$/;
const JSON_TYPE = /^jsonb?$/;
const NAMES_OF_ID = ['id', 'tenant', 'tenantId', 'tenant_id'];

/** Whether an argument takes whatever text there is. */
export const isText = (type: string): boolean =>
  ![...PLAIN.map(([pattern]) => pattern), NUMBER, JSON_TYPE, /^uuid$/, /\[\]$/].some((pattern) =>
    pattern.test(type),
  );

/** Whether an argument is left empty, or not: a number, a list, an object. */
export const isFilled = (type: string): boolean =>
  [NUMBER, JSON_TYPE, /\[\]$/].some((pattern) => pattern.test(type));

function argumentOf(
  type: string,
  text: string | null,
  { id, full = false, rows = [], tenantId = id }: Said,
): string {
  const quoted = text === null ? 'NULL' : pg.escapeLiteral(text);
  if (rows.includes(type)) {
    const row = { tenant_id: tenantId, id };
    return `jsonb_populate_record(NULL::${type}, ${pg.escapeLiteral(JSON.stringify(row))})`;
  }
  if (type.startsWith('any')) return `${quoted}::text`;
  const [, plain] = PLAIN.find(([pattern]) => pattern.test(type)) ?? [];
  if (plain) return `${plain}::${type}`;
  if (NUMBER.test(type)) return `${full ? '1' : 'NULL'}::${type}`;
  if (JSON_TYPE.test(type)) {
    const named = full ? Object.fromEntries(NAMES_OF_ID.map((name) => [name, id])) : {};
    return `${pg.escapeLiteral(JSON.stringify(named))}::${type}`;
  }
  if (!type.endsWith('[]')) return `${type === 'uuid' ? pg.escapeLiteral(id) : quoted}::${type}`;
  const listed = { 'uuid[]': pg.escapeLiteral(id), 'text[]': quoted }[type];
  return full && listed ? `ARRAY[${listed}]::${type}` : `'{}'::${type}`;
}
