/** A namespace's diagram in Mermaid, which GitHub and editors draw where it stands. */
import type { Entity, EntityModel, Relation } from './entity-model.ts';
import { qualified } from './entity-model.ts';
import { KINDS } from './table-facts.ts';

export function drawMermaid({ entities, neighbours, relations }: EntityModel): string {
  const lines = [
    ...relations.map(line),
    ...entities.flatMap(box),
    ...neighbours.map((name) => `  ${identifier(name)}["${name}"]`),
  ];
  return ['erDiagram', '  direction LR', ...lines].join('\n');
}

function line({ parent, child, column, optional, single }: Relation): string {
  const line = `${optional ? '|o' : '||'}--${single ? 'o|' : 'o{'}`;
  return `  ${identifier(parent)} ${line} ${identifier(child)} : "${column}"`;
}

function box(entity: Entity): string[] {
  const name = qualified(entity);
  const columns = entity.columns.map(
    ({ name, type, marks }) => `    ${type.replaceAll(/\W+/g, '_')} ${name} ${marks.join(', ')}`,
  );
  return [`  ${identifier(name)}["${name} (${KINDS[entity.kind].label})"] {`, ...columns, '  }'];
}

/** Mermaid takes no dot in a name. */
const identifier = (name: string) => name.replace('.', '_');
