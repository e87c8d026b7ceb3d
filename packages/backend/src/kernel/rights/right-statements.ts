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
  const said = rights.map((right) => ({ right, clause: clauseOf(right) }));
  const byObject = new Map<string, Clause[]>();
  for (const { right, clause } of said)
    if (clause) add(byObject, [clause.kind + clause.object, right.role].join('\0'), clause);
  const alike = new Map<string, string[]>();
  for (const [key, clauses] of byObject) {
    const [, role] = key.split('\0');
    const [{ kind, object } = { kind: '', object: '' }] = clauses;
    const what = clauses.map((clause) => clause.what).sort(inOrder);
    const before = `${verb} ${what.join(', ')} ON ${kind}`;
    add(alike, [before, `${verb === 'GRANT' ? 'TO' : 'FROM'} "${role}"`].join('\0'), object);
  }
  const statements = [...alike].map(([key, objects]) => key.replace('\0', `${objects.sort().join(', ')} `));
  return {
    statements: statements.map((statement) => `${statement};`).sort(),
    byHand: said.filter(({ clause }) => !clause).map(({ right }) => right),
  };
}

function add<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  groups.set(key, [...(groups.get(key) ?? []), value]);
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
