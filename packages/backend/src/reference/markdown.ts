/** The few pieces of Markdown that the reference is made of. */

export const GENERATED =
  '<!-- Generated from the code by `pnpm dmz docs generate`. Edits are overwritten. -->';

export function page(title: string, intro: string, sections: readonly string[]): string {
  return `${[`# ${title}`, GENERATED, intro, ...sections].join('\n\n')}\n`;
}

/** A table; a cell's bars and line breaks are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Where a link to a heading leads, as GitHub makes it. */
export const anchor = (heading: string) => heading.toLowerCase().replaceAll(/[^\w -]/g, '');

export const code = (text: string) => `\`${text}\``;

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
