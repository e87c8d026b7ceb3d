/** Parses, maps and deparses the whole series of migrations; the parser is loaded for nothing else. */
import { loadModule } from 'libpg-query';
import { parseSync } from 'pgsql-parser';
import type { Migration } from '../migrations/journal.ts';
import { deparse } from './deparse.ts';
import { schemaTierErrors } from './errors.ts';
import { mapStatement } from './map-statement.ts';
import type { MappedMigration } from './mapped-series.ts';
import { SeriesNames, statementsOf } from './series-names.ts';
import type { Node } from './syntax-tree.ts';

/** @throws SCHEMA_TIER_UNMAPPABLE */
export async function mapSeries(migrations: readonly Migration[]): Promise<MappedMigration[]> {
  await loadModule();
  const parsed = migrations.map(({ statements, ...migration }) => ({
    migration,
    statements: statements.flatMap((statement) => statementsOf(parseSync(statement))),
  }));
  const names = new SeriesNames(parsed.flatMap(({ statements }) => statements));
  return parsed.map(({ migration, statements }) => ({
    ...migration,
    statements: statements.flatMap((statement) => {
      names.learn(statement);
      const mapped = mapStatement(statement, names);
      return mapped ? [deparsed(mapped)] : [];
    }),
  }));
}

/** @throws SCHEMA_TIER_UNMAPPABLE */
function deparsed(statement: Node): string {
  const { text, exact } = deparse(statement);
  if (exact) return text;
  throw schemaTierErrors.SCHEMA_TIER_UNMAPPABLE({
    found: `a statement that is written otherwise than it was read: ${text.slice(0, 200)}`,
  });
}
