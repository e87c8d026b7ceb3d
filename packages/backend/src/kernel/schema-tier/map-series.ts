/** Parses, maps and deparses the whole series of migrations; the parser is loaded for nothing else. */
import { loadModule } from 'libpg-query';
import { deparseSync, parseSync } from 'pgsql-parser';
import type { Migration } from '../migrations/journal.ts';
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
  return parsed.map(({ migration: { tag, when, sha256 }, statements }) => ({
    tag,
    when,
    sha256,
    statements: statements.flatMap((statement) => {
      names.learn(statement);
      const mapped = mapStatement(statement, names);
      return mapped ? [deparsed(mapped)] : [];
    }),
  }));
}

/** The library types every kind of node; what was mapped is of the kinds that it parsed. */
const deparsed = (statement: Node): string => deparseSync(statement as Parameters<typeof deparseSync>[0]);
