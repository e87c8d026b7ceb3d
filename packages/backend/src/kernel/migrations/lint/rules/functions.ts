/** Functions that run with their owner's rights are the doors through the wall: what their names mean is fixed. */
import { isNode, nameOf } from '../../../schema-tier/syntax-tree.ts';
import type { StatementRule } from '../lint-rule.ts';
import { isOn, optionsOf } from '../read-alteration.ts';
import { listOf } from '../read-list.ts';
import type { Statement } from '../read-migration.ts';

const definerPath: StatementRule = {
  name: 'definer-without-search-path',
  danger:
    'A SECURITY DEFINER function runs with its owner’s rights; with the caller’s search_path, the caller chooses what the names in it mean.',
  remedy: "add SET search_path = '' to the function, and name what it uses by whole names",
  bad: "CREATE FUNCTION game.count_open() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM game.sessions';",
  safe: [
    "CREATE FUNCTION game.count_open() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT count(*) FROM game.sessions';",
  ],
  findIn: (statement) => {
    const found = problemOf(statement);
    return found ? [{ object: nameIn(statement), found }] : [];
  },
};

export const functionRules = [definerPath] as const;

function nameIn({ node }: Statement): string {
  const named = isNode(node.func) ? node.func.objname : node.funcname;
  return nameOf(named)?.join('.') ?? '';
}

function problemOf({ kind, node }: Statement): string | undefined {
  const list = kind === 'AlterFunctionStmt' ? node.actions : node.options;
  const definer = isOn(optionsOf(list), 'security');
  const path = searchPathIn(list);
  if (path === 'loosened') return 'It takes the fixed search_path from a function';
  if (kind === 'CreateFunctionStmt' && definer && path === undefined)
    return 'The function is SECURITY DEFINER and sets no search_path';
  if (kind === 'AlterFunctionStmt' && definer && path === undefined)
    return 'It makes a function SECURITY DEFINER without setting its search_path';
  return undefined;
}

/** Fixed is empty alone: with any schema in it, whoever may create there decides. */
function searchPathIn(list: unknown): 'fixed' | 'loosened' | undefined {
  const settings = listOf(list).flatMap(({ DefElem }) => {
    const set =
      isNode(DefElem) && DefElem.defname === 'set' && isNode(DefElem.arg)
        ? DefElem.arg.VariableSetStmt
        : undefined;
    return isNode(set) && (set.name === 'search_path' || set.kind === 'VAR_RESET_ALL') ? [set] : [];
  });
  const last = settings.at(-1);
  if (!last) return undefined;
  const [value] = listOf(last.args).map(({ A_Const }) => (isNode(A_Const) ? A_Const.sval : undefined));
  const empty = isNode(value) && (value.sval ?? '') === '';
  return last.kind === 'VAR_SET_VALUE' && empty ? 'fixed' : 'loosened';
}
