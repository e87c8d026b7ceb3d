/** Lists of the parse tree, whose nodes are wrapped in an object that names their kind. */
import { isNode, type Node } from '../../schema-tier/syntax-tree.ts';

export const listOf = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value.filter((each): each is Node => isNode(each)) : [];

/** The node of a kind, out of its wrapping. */
export const inside = (value: unknown, kind: string): Node | undefined =>
  isNode(value) && isNode(value[kind]) ? value[kind] : undefined;

/** The nodes of one kind in a list, out of their wrapping. */
export const nodesInside = (list: unknown, kind: string): readonly Node[] =>
  listOf(list)
    .map((each) => inside(each, kind))
    .filter((each) => each !== undefined);
