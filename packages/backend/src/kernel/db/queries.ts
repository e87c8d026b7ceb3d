/** What a transaction can do: build queries of tables. It has no raw SQL, no transaction of its own, and no way to either. */
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';

export type Queries = Pick<
  NodePgDatabase,
  | 'select'
  | 'selectDistinct'
  | 'selectDistinctOn'
  | 'insert'
  | 'update'
  | 'delete'
  | 'with'
  | '$with'
  | '$count'
>;
