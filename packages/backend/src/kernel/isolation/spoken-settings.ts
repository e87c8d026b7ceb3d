/**
 * The settings that policies, views and the platform's functions ask for, by the names that they stand there with: anybody can
 * read the source, and set what PostgreSQL lets anybody set, to whatever the source compares it with.
 */
import type pg from 'pg';
import type { Field } from './field.ts';

export interface Spoken {
  readonly setting: string;
  /** What the source compares it with, as far as it says so. */
  readonly words: readonly string[];
  /** The table whose policy it is; null for functions and views. */
  readonly table: string | null;
}

const SOURCES = `
SELECT source, "table" FROM (
  SELECT concat(pg_get_expr(polqual, polrelid), ' ', pg_get_expr(polwithcheck, polrelid)) AS source, polrelid::regclass::text AS "table" FROM pg_policy
  UNION ALL SELECT pg_get_functiondef(p.oid), NULL FROM pg_proc AS p WHERE prokind IN ('f', 'p') AND p.oid >= 16384
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
  UNION ALL SELECT pg_get_viewdef(oid), NULL FROM pg_class WHERE relkind = 'v' AND oid >= 16384
) AS known WHERE source ~ 'current_setting'`;

/** Set by SET alone, and not by whoever is bound: what stands in it was verified. */
const CONTEXT = 'backtrace_functions';

export async function spokenSettings(admin: pg.Client): Promise<Spoken[]> {
  const { rows } = await admin.query<{ source: string; table: string | null }>(SOURCES);
  const spoken = rows.flatMap(({ source, table }) => {
    const words = [...source.matchAll(/'((?:[^']|'')*)'/g)].map(([, word = '']) => word);
    const settings = [...source.matchAll(/current_setting\('([^']+)'/g)].map(([, name = '']) => name);
    return [...new Set(settings)].map((setting) => ({
      setting,
      words: [...new Set(words)].filter((word) => word !== setting),
      table,
    }));
  });
  return spoken.filter(({ setting }) => setting !== CONTEXT);
}

/** Each source has some words; a body of code can have any number. */
const WORDS_TRIED = 12;

/** The victim in each form that a setting could have it in, a switch that is on, and the source's own words, alone and before it. */
export function valuesOf(
  { victim, place }: Pick<Field, 'victim' | 'place'>,
  words: readonly string[],
): string[] {
  const plain = victim.id.replaceAll('-', '');
  const own = place.schema === null ? [] : [`${plain} ${place.schema}`, `${victim.id}@${place.schema}`];
  const said = words
    .slice(0, WORDS_TRIED)
    .flatMap((word) => [word, `${word.replaceAll('%', '')}${victim.id}`]);
  return [...new Set([victim.id, plain, victim.slug, ...own, 'on', 'true', '1', ...said])];
}
