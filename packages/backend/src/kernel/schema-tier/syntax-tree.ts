/**
 * PostgreSQL's own parse tree as plain JSON, of `libpg-query`, and how it is read: a node is an object, a name is a list
 * of strings. The grammar has several hundred kinds of node; what is renamed is known by its fields, wherever it stands.
 */
export type Node = Readonly<Record<string, unknown>>;

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The kind of a statement, and its node: `{ SelectStmt: {…} }`. */
export function unwrap(wrapped: Node): { readonly kind: string; readonly node: Node } {
  const [entry] = Object.entries(wrapped);
  if (!entry || !isNode(entry[1])) throw new Error('A parsed statement has one kind.');
  return { kind: entry[0], node: entry[1] };
}

/** The parts of a name, `["game", "events"]`, or undefined where the list is of something else. */
export function nameOf(list: unknown): string[] | undefined {
  if (isNode(list) && isNode(list.List)) return nameOf(list.List.items);
  if (!Array.isArray(list)) return undefined;
  const parts = list.map((each) => (isNode(each) && isNode(each.String) ? each.String.sval : undefined));
  return parts.every((part) => typeof part === 'string') ? parts : undefined;
}

export const nameNodes = (parts: readonly string[]): Node[] => parts.map((sval) => ({ String: { sval } }));

export interface TableName {
  readonly schema: string;
  readonly table: string;
}

/** The table that a node names, if it names one; drizzle-kit leaves the schema `public` out. */
export function tableOf(node: unknown): TableName | undefined {
  if (!isNode(node) || typeof node.relname !== 'string') return undefined;
  return { schema: typeof node.schemaname === 'string' ? node.schemaname : 'public', table: node.relname };
}

/** Calls back for every node below, the node itself first. */
export function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) walk(each, visit);
  else if (isNode(value)) {
    visit(value);
    for (const each of Object.values(value)) walk(each, visit);
  }
}

/** Where in the text each node stood. */
const PLACES = /^(location|\w+_(location|start|end))$/;

/** A tree as two texts that say the same have it in common. */
export function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (!isNode(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !PLACES.test(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutPlaces(inner)]));
}
