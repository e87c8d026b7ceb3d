/** `pii.md`: the register of personal data, GDPR Art. 30: what is kept, why, and what erasure does to it. */
import { fictionalTables } from '../kernel/check/index.ts';
import type { DefinedNamespace } from './defined-tables.ts';
import { code, page, table } from './markdown.ts';

export function personalDataRegister(namespaces: readonly DefinedNamespace[]): string {
  const rows = namespaces.flatMap(({ tables }) =>
    tables.flatMap(({ meta }) =>
      [...meta.pii].map(([column, { category, purpose, onErasure }]) => [
        code(`${meta.namespace}.${meta.name}.${column}`),
        category,
        purpose,
        onErasure.replaceAll('_', ' '),
      ]),
    ),
  );
  const intro =
    'Every column that can hold personal data. `pnpm db:check` fails for a column that looks like personal data and is ' +
    'not in this list. Other tables refer to people by id alone.';
  const invented = `Names and addresses in ${fictionalTables.map(code).join(', ')} belong to invented people: they come from the content that the project ships.`;
  return page('Personal data', intro, [
    table(['column', 'category', 'kept for', 'erasure'], rows),
    '## What only looks like it',
    invented,
  ]);
}
