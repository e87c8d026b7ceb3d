/** Parses, maps and deparses the whole series of migrations; the parser is loaded for nothing else. */
import { isDeepStrictEqual } from 'node:util';
import { loadModule } from 'libpg-query';
import { deparseSync, parseSync } from 'pgsql-parser';
import type { Migration } from '../migrations/journal.ts';
import { schemaTierErrors } from './errors.ts';
import { mapStatement } from './map-statement.ts';
import type { MappedMigration } from './mapped-series.ts';
import { SeriesNames, statementsOf } from './series-names.ts';
import { type Node, withoutPlaces } from './syntax-tree.ts';

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

/**
 * What the deparser wrote is parsed again and must say the same, so that no clause is lost which it does not know.
 *
 * @throws SCHEMA_TIER_UNMAPPABLE
 */
function deparsed(statement: Node): string {
  // The library types every kind of node; what was mapped is of the kinds that it parsed.
  const text = deparseSync(statement as Parameters<typeof deparseSync>[0]);
  const [again] = statementsOf(parseSync(text));
  if (isDeepStrictEqual(withoutPlaces(again), withoutPlaces(statement))) return text;
  throw schemaTierErrors.SCHEMA_TIER_UNMAPPABLE({
    found: `a statement that is written otherwise than it was read: ${text.slice(0, 200)}`,
  });
}
