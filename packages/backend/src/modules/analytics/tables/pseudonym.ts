/** How analytics knows a person. */
import { uuid } from 'drizzle-orm/pg-core';
import { described } from '../../../kernel/db/index.ts';

export const pseudonymColumn = () =>
  described(
    uuid('pseudonym_id').notNull(),
    'The person, by id in governance.pseudonyms; erasure removes what leads back (GDPR, Art. 4(5)).',
  );
