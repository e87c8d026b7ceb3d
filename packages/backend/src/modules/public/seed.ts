/** Reference data. Running it again changes nothing. */
import { keepReferenceRows, type OwnerTx } from '../../kernel/db/index.ts';
import { publicTables } from './schema.ts';
import { FRAMEWORK_CLAUSES } from './seed-clauses.ts';
import { INDUSTRIES } from './seed-industries.ts';
import { languageRows, localeRows } from './seed-languages.ts';
import { countryRows, currencyRows, DATA_REGIONS } from './seed-places.ts';
import { FRAMEWORKS } from './seed-regulation.ts';

/** @returns how many rows were added or changed */
export async function seedReferenceData(tx: OwnerTx): Promise<number> {
  const reference = publicTables;
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
  return written.reduce((sum, rows) => sum + rows, 0);
}
