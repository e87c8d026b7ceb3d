/**
 * A namespace's diagram in the language of Graphviz. A table of another namespace is drawn anew, small and grey, beside
 * each column that refers to it: drawn once, `auth.users` would pull a line from everywhere across everything. So is a
 * table that refers to itself, since Graphviz leads such a line across its neighbours.
 */
import type { TableKind } from '../kernel/db/index.ts';
import {
  type Entity,
  type EntityColumn,
  type EntityModel,
  qualified,
  type Relation,
} from './entity-model.ts';
import { PALETTE } from './entity-palette.ts';
import { KINDS } from './table-facts.ts';

const HEADS: Readonly<Record<TableKind, string>> = {
  tenant: PALETTE.tenant.light,
  append_only: PALETTE.appendOnly.light,
  partitioned_log: PALETTE.log.light,
  reference: PALETTE.reference.light,
  control: PALETTE.control.light,
};
const ink = PALETTE.ink.light;
const muted = PALETTE.muted.light;
const line = PALETTE.line.light;

export function drawDot({ namespace, entities, neighbours, relations }: EntityModel): string {
  const outside = new Set(neighbours);
  const isDrawnAnew = ({ parent, child }: Relation) => outside.has(parent) || parent === child;
  return [
    `digraph ${quote(namespace)} {`,
    `graph [rankdir=LR, bgcolor="${PALETTE.page.light}", nodesep=0.2, ranksep=0.9, pad=0.25]`,
    // Graphviz knows the widths of few typefaces; of one width for every letter, the reader's own fits as well.
    `node [shape=plain, fontname=Courier, fontsize=11, fontcolor="${ink}"]`,
    `edge [dir=both, color="${line}", arrowsize=0.7]`,
    ...entities.map(box),
    ...relations.filter(isDrawnAnew).map(pill),
    ...relations.map((relation) =>
      edge(relation, isDrawnAnew(relation) ? pillOf(relation) : rowOf(relation)),
    ),
    '}',
  ].join('\n');
}

function box(entity: Entity): string {
  const kind = font(KINDS[entity.kind].label, muted);
  const head = `<TR><TD COLSPAN="3" BGCOLOR="${HEADS[entity.kind]}" ALIGN="LEFT"><B>${entity.name}</B>  ${kind}</TD></TR>`;
  const others = `<TR><TD COLSPAN="3" ALIGN="LEFT">${font(`and ${entity.others} more`, muted)}</TD></TR>`;
  const rows = [head, ...entity.columns.map(row), ...(entity.others > 0 ? [others] : [])];
  const table = `<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3" COLOR="${line}" BGCOLOR="${PALETTE.box.light}">${rows.join('')}</TABLE>`;
  return `${quote(qualified(entity))} [label=<${table}>]`;
}

function row({ name, type, marks }: EntityColumn): string {
  const cells = [
    `<TD PORT="${name}" ALIGN="LEFT">${name}</TD>`,
    `<TD ALIGN="LEFT">${font(type, muted)}</TD>`,
    `<TD PORT="${rightOf(name)}" ALIGN="RIGHT">${font(marks.join(' '), muted)}</TD>`,
  ];
  return `<TR>${cells.join('')}</TR>`;
}

const pill = (relation: Relation) =>
  `${pillOf(relation)} [label=${quote(relation.parent)}, shape=box, style="rounded,filled", color="${line}", fillcolor="${PALETTE.neighbour.light}", fontcolor="${muted}", fontsize=10, height=0.25, margin="0.08,0.03"]`;

const pillOf = ({ parent, child, column }: Relation) => quote(`${parent} of ${child}.${column}`);
const rowOf = ({ parent, key }: Relation) => `${quote(parent)}:${quote(rightOf(key))}`;

/** Crow's feet: a bar is one, a ring none, a foot many. */
function edge({ child, column, optional, single }: Relation, start: string): string {
  const ends = `arrowtail=${optional ? 'teeodot' : 'teetee'}, arrowhead=${single ? 'teeodot' : 'crowodot'}`;
  return `${start}:e -> ${quote(child)}:${quote(column)}:w [${ends}]`;
}

/** The place at the right end of a column's row; the left one has the column's name. */
const rightOf = (column: string) => `${column}-end`;
const font = (text: string, color: string) => `<FONT COLOR="${color}" POINT-SIZE="9">${text}</FONT>`;
const quote = (text: string) => JSON.stringify(text);
