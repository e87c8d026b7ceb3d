/** The functions of the platform that a role may call, and calls of them with somebody's id in every place for one. */
import pg from 'pg';

export interface ExecutableFunction {
  /** With the types of its arguments, as PostgreSQL writes it. */
  readonly signature: string;
  readonly call: string;
  readonly types: readonly string[];
  readonly definer: boolean;
  readonly leakproof: boolean;
  readonly settings: readonly string[] | null;
  readonly returns: string;
}

/** What nobody can call by name is left out: triggers, and what PostgreSQL itself brings. */
export async function executableFunctions(admin: pg.Client, role: string): Promise<ExecutableFunction[]> {
  const { rows } = await admin.query(
    `SELECT p.oid::regprocedure::text AS signature, format('%I.%I', nspname, proname) AS call,
       (SELECT coalesce(json_agg(format_type(type, NULL) ORDER BY at), '[]') FROM unnest(proargtypes::oid[]) WITH ORDINALITY AS a(type, at)) AS types,
       prosecdef AS definer, proleakproof AS leakproof, proconfig AS settings, format_type(prorettype, NULL) AS returns
     FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace
     WHERE nspname !~ '^(pg_|information_schema$)' AND prokind IN ('f', 'p') AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
       AND has_function_privilege($1, p.oid, 'EXECUTE') AND has_schema_privilege($1, n.oid, 'USAGE') ORDER BY 1`,
    [role],
  );
  return rows;
}

const VALUES: readonly (readonly [RegExp, string])[] = [
  [/\[\]$/, "'{}'"],
  [/^(bigint|integer|smallint|numeric)$/, 'NULL'],
  [/^(timestamp|date)/, 'now()'],
  [/^jsonb?$/, "'{}'"],
  [/^boolean$/, 'true'],
];

/** @param text  for arguments of texts and names */
export function callsWith({ call, types }: ExecutableFunction, id: string, text = id): string {
  const values = types.map((type) => {
    if (type === 'uuid') return pg.escapeLiteral(id);
    const [, value] = VALUES.find(([pattern]) => pattern.test(type)) ?? [];
    return `${value ?? pg.escapeLiteral(text)}::${type}`;
  });
  return `${call}(${values.join(', ')})`;
}
