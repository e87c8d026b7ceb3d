/** What the rules ask of an expression: what it is joined of by AND, whether it is volatile, whether it bounds a key. */
import { isNode, type Node, nameOf, walk } from '../../schema-tier/syntax-tree.ts';
import type { Catalogue } from './catalogue.ts';

/** The conditions that must all hold for an expression to hold. */
export function conjunctsOf(expression: unknown): Node[] {
  if (!isNode(expression)) return [];
  const { BoolExpr } = expression;
  if (!isNode(BoolExpr) || BoolExpr.boolop !== 'AND_EXPR' || !Array.isArray(BoolExpr.args))
    return [expression];
  return BoolExpr.args.flatMap(conjunctsOf);
}

/** The bare name of a column, `id` of `s.id`. */
export function columnNamed(expression: unknown): string | undefined {
  if (!isNode(expression) || !isNode(expression.ColumnRef)) return undefined;
  return nameOf(expression.ColumnRef.fields)?.at(-1);
}

/** Columns that a CHECK proves to hold no nulls: `(x IS NOT NULL)`, also joined to other conditions by AND. */
export function provenByCheck(expression: unknown): string[] {
  return conjunctsOf(expression).flatMap(({ NullTest }) => {
    if (!isNode(NullTest) || NullTest.nulltesttype !== 'IS_NOT_NULL') return [];
    return columnNamed(NullTest.arg) ?? [];
  });
}

/**
 * Built-in functions that give one value for a whole statement. What stands neither here nor in the catalogue counts as
 * volatile: taking a stable one for volatile costs an excuse, and the other way costs a rewrite of the table.
 */
const STEADY = new Set(
  `now transaction_timestamp statement_timestamp current_setting lower upper btrim ltrim rtrim md5 sha256 length coalesce
  concat concat_ws replace repeat format to_char to_date to_timestamp date_trunc date_part extract make_interval make_date
  timezone round floor ceil ceiling abs greatest least jsonb_build_object jsonb_build_array json_build_object
  json_build_array to_jsonb to_json array_fill convert_to convert_from decode encode int4range int8range tstzrange daterange
  bool text int4 int8 numeric date timestamptz`.split(/\s+/),
);

/** @returns the first function that may give another value for each row, or undefined */
export function volatileFunctionIn(expression: unknown, catalogue: Catalogue): string | undefined {
  let found: string | undefined;
  walk(expression, (node) => {
    if (!isNode(node.FuncCall) || found !== undefined) return;
    const parts = nameOf(node.FuncCall.funcname) ?? [];
    const name = parts.join('.');
    const builtIn = parts.length === 1 || parts[0] === 'pg_catalog';
    const made = catalogue.functions.get(name);
    const steady = builtIn ? STEADY.has(parts.at(-1) ?? '') : made?.volatile === false;
    if (!steady) found = name;
  });
  return found;
}

/** A constant NULL, with or without a type. */
export function isNull(expression: unknown): boolean {
  if (!isNode(expression)) return false;
  if (isNode(expression.TypeCast)) return isNull(expression.TypeCast.arg);
  return isNode(expression.A_Const) && expression.A_Const.isnull === true;
}

/**
 * Whether a condition picks rows by their key: what must hold gives a column of the key a value, values, or a range with both
 * of its ends, or asks for a key among those of a query that is itself bounded.
 *
 * @param key  columns of the primary key; of more than one, the first is the tenant, which bounds nothing by itself
 */
export function boundsKey(condition: unknown, key: readonly string[]): boolean {
  const telling = key.length > 1 ? key.slice(1) : key;
  const bounds = conjunctsOf(condition).flatMap(({ A_Expr, SubLink }) => {
    if (isNode(A_Expr)) return boundOf(A_Expr, telling) ?? [];
    if (!isNode(SubLink) || SubLink.subLinkType !== 'ANY_SUBLINK') return [];
    return namesAny(SubLink.testexpr, telling) && isBoundedQuery(SubLink.subselect, key) ? ['both'] : [];
  });
  return bounds.includes('both') || (bounds.includes('lower') && bounds.includes('upper'));
}

type Bound = 'both' | 'lower' | 'upper';

const BOUNDS: Readonly<Record<string, Bound>> = {
  '=': 'both',
  '>': 'lower',
  '>=': 'lower',
  '<': 'upper',
  '<=': 'upper',
};
const OTHER_END = { both: 'both', lower: 'upper', upper: 'lower' } as const;

/** Two columns compared, as in a join, bound nothing. */
function boundOf({ kind, name, lexpr, rexpr }: Node, key: readonly string[]): Bound | undefined {
  const onLeft = namesAny(lexpr, key) && !hasColumns(rexpr);
  const onRight = namesAny(rexpr, key) && !hasColumns(lexpr);
  if (!onLeft && !onRight) return undefined;
  const bound = BOUNDS[nameOf(name)?.at(-1) ?? ''];
  if (kind === 'AEXPR_BETWEEN' || (kind === 'AEXPR_IN' && bound === 'both')) return 'both';
  if (kind === 'AEXPR_OP_ANY') return bound === 'both' ? 'both' : undefined;
  if (kind !== 'AEXPR_OP' || bound === undefined) return undefined;
  return onLeft ? bound : OTHER_END[bound];
}

function isBoundedQuery(query: unknown, key: readonly string[]): boolean {
  if (!isNode(query) || !isNode(query.SelectStmt)) return false;
  return query.SelectStmt.limitCount !== undefined || boundsKey(query.SelectStmt.whereClause, key);
}

function namesAny(expression: unknown, columns: readonly string[]): boolean {
  const row = isNode(expression) && isNode(expression.RowExpr) ? expression.RowExpr.args : [expression];
  return Array.isArray(row) && row.some((each) => columns.includes(columnNamed(each) ?? ''));
}

function hasColumns(expression: unknown): boolean {
  let found = false;
  walk(expression, (node) => {
    if (isNode(node.ColumnRef)) found = true;
  });
  return found;
}
