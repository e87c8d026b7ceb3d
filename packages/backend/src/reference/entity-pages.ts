/** `er/<namespace>.md` and the picture beside it: one namespace's tables, drawn from one model in two ways. */
import type { DefinedNamespace } from './defined-tables.ts';
import { drawMermaid } from './entity-mermaid.ts';
import { entityModel } from './entity-model.ts';
import { svgPainter } from './entity-svg.ts';
import { page } from './markdown.ts';

const READING =
  'Shown are the columns of keys: PK of the primary key, UK of another, FK a reference. A bar is one, a ring none, a ' +
  'crow’s foot many: many rows refer to one. Tables of other namespaces are grey. Every column is in the ';

/** @returns pages by their file's name */
export async function entityPages(namespaces: readonly DefinedNamespace[]): Promise<[string, string][]> {
  const paint = await svgPainter();
  return namespaces.flatMap((namespace) => {
    const model = entityModel(namespace);
    const { name, purpose } = namespace;
    const title = `Entities of ${name}`;
    const text = page(title, `${purpose} ${READING}[dictionary](../tables/${name}.md).`, [
      `![${title}](${name}.svg)`,
      '## As Mermaid',
      `\`\`\`mermaid\n${drawMermaid(model)}\n\`\`\``,
    ]);
    return [
      [`${name}.md`, text],
      [`${name}.svg`, paint(model, title)],
    ];
  });
}
