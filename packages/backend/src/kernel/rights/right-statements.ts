/** Rights as the statements that give or take them, one for all objects that the same is said of. */
import type { Right } from './right.ts';

/** A right at the modules' schemas; what is said of it at a tenant's own schema follows by itself. */
export type NamedRight = Pick<Right, 'role' | 'on' | 'privilege'> & {
  /** As SQL says it: schema.table, schema.table.column, or a function with the types of its parameters. */
  readonly name: string;
};

export interface RightStatements {
  readonly statements: readonly string[];
  /** What is written by hand: attributes, memberships, what is the whole database's, and what PUBLIC has. */
  readonly byHand: readonly NamedRight[];
}

export function rightStatements(verb: 'GRANT' | 'REVOKE', rights: readonly NamedRight[]): RightStatements {
  const byObject = new Map<string, { readonly role: string; readonly clauses: Clause[] }>();
  for (const right of rights) {
    const clause = clauseOf(right);
    if (!clause) continue;
    const key = `${clause.kind}${clause.object} ${right.role}`;
    byObject.set(key, { role: right.role, clauses: [...(byObject.get(key)?.clauses ?? []), clause] });
  }
  const alike = new Map<
    string,
    { readonly before: string; readonly after: string; readonly objects: string[] }
  >();
  for (const { role, clauses } of byObject.values()) {
    const [{ kind, object } = { kind: '', object: '' }] = clauses;
    const what = clauses
      .map((clause) => clause.what)
      .sort(inOrder)
      .join(', ');
    const before = `${verb} ${what} ON ${kind}`;
    const after = ` ${verb === 'GRANT' ? 'TO' : 'FROM'} "${role}";`;
    const objects = [...(alike.get(before + after)?.objects ?? []), object].sort();
    alike.set(before + after, { before, after, objects });
  }
  return {
    statements: [...alike.values()]
      .map(({ before, objects, after }) => before + objects.join(', ') + after)
      .sort(),
    byHand: rights.filter((right) => !clauseOf(right)),
  };
}

interface Clause {
  readonly kind: string;
  readonly object: string;
  readonly what: string;
}

/** A column's right is one of its table, and names the column. */
function clauseOf({ role, on, name, privilege }: NamedRight): Clause | undefined {
  if (!role.startsWith('dmz_')) return undefined;
  const quoted = (text: string) =>
    text
      .split('.')
      .map((part) => `"${part}"`)
      .join('.');
  if (on === 'schema') return { kind: 'SCHEMA ', object: quoted(name), what: privilege };
  if (on === 'table') return { kind: '', object: quoted(name), what: privilege };
  const [, table = '', column = ''] = /^(.+)\.([^.]+)$/.exec(name) ?? [];
  if (on === 'column') return { kind: '', object: quoted(table), what: `${privilege} ("${column}")` };
  const [, called, parameters] = /^([^(]+)(\(.*\))$/.exec(name) ?? [];
  return on === 'function' && called
    ? { kind: 'FUNCTION ', object: quoted(called) + parameters, what: privilege }
    : undefined;
}

const ORDER = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
const placeOf = (what: string) => ORDER.indexOf(what.replace(/ .*/, ''));
const inOrder = (one: string, other: string) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1);
