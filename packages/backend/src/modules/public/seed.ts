/** Reference data, and the instance that this database itself is. Running it again changes nothing. */
import { keepReferenceRows, type OwnerTx } from '../../kernel/db/index.ts';
import { MAIN_INSTANCE } from './register.ts';
import { publicTables } from './schema.ts';
import { FRAMEWORK_CLAUSES } from './seed-clauses.ts';
import { INDUSTRIES } from './seed-industries.ts';
import { languageRows, localeRows } from './seed-languages.ts';
import { countryRows, currencyRows, DATA_REGIONS } from './seed-places.ts';
import { FRAMEWORKS } from './seed-regulation.ts';

/** @returns how many rows were added or changed */
export async function seedReferenceData(tx: OwnerTx): Promise<number> {
  const { instances, ...reference } = publicTables;
  const written = [
    await keepReferenceRows(tx, reference.dataRegions, DATA_REGIONS),
    await keepReferenceRows(tx, reference.currencies, currencyRows()),
    await keepReferenceRows(tx, reference.countries, countryRows()),
    await keepReferenceRows(tx, reference.languages, languageRows()),
    await keepReferenceRows(tx, reference.locales, localeRows()),
    await keepReferenceRows(tx, reference.industries, INDUSTRIES),
    await keepReferenceRows(tx, reference.regulatoryFrameworks, FRAMEWORKS),
    await keepReferenceRows(tx, reference.frameworkClauses, FRAMEWORK_CLAUSES),
  ];
  const { rowCount } = await tx
    .insert(instances)
    .values({ name: MAIN_INSTANCE, region: 'eu' })
    .onConflictDoNothing();
  return written.reduce((sum, rows) => sum + rows, rowCount ?? 0);
}
