/** The programs that work with the platform, by their own word: what migrations wait for is known from here. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit } from '../../../kernel/db/index.ts';

export function programTables({ controlTable }: TableKit) {
  const runningPrograms = controlTable(
    'running_programs',
    'Programs that are running, and the last migration that each knows: a contraction waits until none needs the old shape.',
    {
      id: described(uuid('id').notNull(), 'Of the one process; a program that starts again is another one.'),
      name: described(text('name').notNull(), 'What it is called by whoever runs it.'),
      programVersion: text('program_version').notNull(),
      schemaNumber: described(
        integer('schema_number').notNull(),
        'Number of the last migration that it knows, and works with.',
      ),
      host: described(text('host').notNull(), 'Machine and process, so that it can be found.'),
      seenAt: described(
        instant('seen_at').notNull().defaultNow(),
        'When it last said that it runs; who is silent for five minutes is taken for dead.',
      ),
    },
    {
      key: ['id'],
      checks: {
        name_given: `"name" ~ '\\S' and length("name") <= 200`,
        schema_number_range: '"schema_number" between 0 and 9999',
      },
    },
  );
  return { runningPrograms };
}
