/** Where every placement of a database stands, by what it knows itself. Reads alone, and also what was never migrated. */
import type pg from 'pg';
import { isDmzError } from '../errors/index.ts';
import { mappedSeries, pendingOf, schemaPlacements } from '../schema-tier/index.ts';
import type { Applicable } from './apply-file.ts';
import { DATABASE_HISTORY, History } from './history.ts';
import type { Migration } from './journal.ts';
import { readFailures } from './progress.ts';

export interface PlacementState {
  /** Null for the database itself, with the module schemas. */
  readonly schema: string | null;
  /** Files that the placement lacks, as they are said there. */
  readonly pending: readonly Applicable[];
  /** Why it stands where it does, if it should not. */
  readonly failure: PlacementFailure | null;
}

export interface PlacementFailure {
  /** An SQLSTATE, or an error code of the platform. */
  readonly code: string;
  readonly file: string | null;
  readonly statement: number | null;
  readonly found: string | null;
  readonly at: Date | null;
}

export async function surveyDatabase(
  client: pg.Client,
  series: readonly Migration[],
  folder?: string,
): Promise<PlacementState[]> {
  const failures = await readFailures(client);
  const history = new History(client);
  const survey = async (
    schema: string | null,
    read: () => Promise<readonly Applicable[]>,
  ): Promise<PlacementState> => {
    const failure = failures.get(schema ?? DATABASE_HISTORY);
    try {
      const pending = await read();
      return { schema, pending, failure: failure ? { ...failure, found: null } : null };
    } catch (error) {
      if (!isDmzError(error)) throw error;
      const { code, found = null } = error;
      return { schema, pending: [], failure: { code, found, file: null, statement: null, at: null } };
    }
  };
  const states = [
    await survey(null, async () => ((await history.exists()) ? history.pending(series) : series)),
  ];
  const schemas = await schemaPlacements(client);
  const mapped = schemas.length > 0 ? await mappedSeries(folder) : [];
  for (const schema of schemas) states.push(await survey(schema, () => pendingOf(client, schema, mapped)));
  return states;
}
