/** Reference data, and the instance that this database itself is. Running it again changes nothing. */
import countries from 'i18n-iso-countries';
import type { OwnerTx } from '../../kernel/db/index.ts';
import { MAIN_INSTANCE } from './register.ts';
import { publicTables } from './schema.ts';

const LOCALES = [
  'ar',
  'de',
  'en',
  'en-GB',
  'en-US',
  'es',
  'fr',
  'it',
  'ja',
  'nl',
  'pl',
  'pt-BR',
  'sv',
  'tr',
  'uk',
  'zh-Hans',
];
const RIGHT_TO_LEFT = new Set(['ar']);
const REGIONS = [
  { code: 'eu', name: 'European Union' },
  { code: 'us', name: 'United States' },
];

/** Periods as the rules themselves name them; null where a rule asks for no longer than the purpose needs. */
const FRAMEWORKS = [
  {
    code: 'gdpr',
    name: 'General Data Protection Regulation',
    retentionYears: null,
    source: 'Regulation (EU) 2016/679, Art. 5(1)(e): no longer than necessary',
  },
  {
    code: 'hipaa',
    name: 'Health Insurance Portability and Accountability Act',
    retentionYears: 6,
    source: '45 CFR 164.316(b)(2)(i)',
  },
  { code: 'sox', name: 'Sarbanes-Oxley Act', retentionYears: 7, source: '17 CFR 210.2-06(a)' },
  {
    code: 'pci-dss',
    name: 'Payment Card Industry Data Security Standard',
    retentionYears: 1,
    source: 'PCI DSS v4.0.1, requirement 10.5.1: 12 months, three of them at hand',
  },
];

/** @returns how many rows were added */
export async function seedReferenceData(tx: OwnerTx): Promise<number> {
  const { instances, dataRegions, locales, countries: countryTable, regulatoryFrameworks } = publicTables;
  const languageNames = new Intl.DisplayNames(['en'], { type: 'language' });
  const localeRows = LOCALES.map((tag) => ({
    tag,
    name: languageNames.of(tag) ?? tag,
    direction: RIGHT_TO_LEFT.has(tag) ? ('rtl' as const) : ('ltr' as const),
  }));
  const added = [
    await tx.insert(dataRegions).values(REGIONS).onConflictDoNothing(),
    await tx.insert(instances).values({ name: MAIN_INSTANCE, region: 'eu' }).onConflictDoNothing(),
    await tx.insert(locales).values(localeRows).onConflictDoNothing(),
    await tx.insert(countryTable).values(countryRows()).onConflictDoNothing(),
    await tx.insert(regulatoryFrameworks).values(FRAMEWORKS).onConflictDoNothing(),
  ];
  return added.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
}

/** ISO 3166-1; codes from the package, English short names from the Unicode CLDR that Node carries. */
function countryRows() {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  return Object.entries(countries.getAlpha2Codes())
    .filter(([code]) => code !== 'XK') // in use, but not in ISO 3166-1
    .map(([code, alpha3]) => ({ code, alpha3, name: names.of(code) ?? code }));
}
