/**
 * What a module's tables are about, in the words that its source files open with: the comment of `schema.ts`, and that
 * of each file of `tables/` that it is put together from. So the chapter says what the code's reader is told.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../kernel/project.ts';

export interface ModuleProse {
  readonly about: string;
  readonly parts: readonly { readonly name: string; readonly about: string }[];
}

export function moduleProse(module: string): ModuleProse {
  const folder = path.join(projectRoot, 'packages/backend/src/modules', module);
  const tables = path.join(folder, 'tables');
  const files = existsSync(tables)
    ? readdirSync(tables)
        .filter((file) => file.endsWith('.ts'))
        .sort()
    : [];
  const parts = files
    .map((file) => ({
      name: file.slice(0, -'.ts'.length),
      text: readFileSync(path.join(tables, file), 'utf8'),
    }))
    // The others hold columns that several tables share.
    .filter(({ text }) => text.includes('TableKit'))
    .map(({ name, text }) => ({ name, about: openingComment(text) }));
  return { about: openingComment(readFileSync(path.join(folder, 'schema.ts'), 'utf8')), parts };
}

function openingComment(text: string): string {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  return comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim();
}
