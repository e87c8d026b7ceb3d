/**
 * Where: data regions, countries by ISO 3166-1 and currencies by ISO 4217. Codes come from maintained packages; what
 * has changed since their last edition is written here, with its date.
 */
import countryToCurrency from 'country-to-currency';
import currencyCodes from 'currency-codes';
import countries from 'i18n-iso-countries';

export const DATA_REGIONS = [
  { code: 'eu', name: 'European Union', jurisdiction: 'EEA' },
  { code: 'us', name: 'United States', jurisdiction: 'US' },
  { code: 'uk', name: 'United Kingdom', jurisdiction: 'GB' },
  { code: 'ch', name: 'Switzerland', jurisdiction: 'CH' },
  { code: 'ca', name: 'Canada', jurisdiction: 'CA' },
  { code: 'au', name: 'Australia', jurisdiction: 'AU' },
  { code: 'jp', name: 'Japan', jurisdiction: 'JP' },
  { code: 'sg', name: 'Singapore', jurisdiction: 'SG' },
];

/** Members of the EU, their parts with codes of their own (TFEU, Art. 355(1) and (4)), and Iceland, Liechtenstein, Norway. */
const EEA = new Set(
  (
    'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK ' +
    'AX GF GP MF MQ RE YT IS LI NO'
  ).split(' '),
);

/**
 * Decisions under Art. 45 GDPR that cover a country. Not the United States, whose decision (EU) 2023/1795 covers
 * certified organisations alone. Canada's (2002/2/EC) covers commercial organisations, which is what tenants are.
 */
const ADEQUATE = new Set('AD AR BR CA CH FO GB GG IL IM JE JP KR NZ UY'.split(' '));

/** ISO 4217 says N.A. of these: metals, units of account, tests, and no currency at all. */
const WITHOUT_MINOR_UNITS = new Set('XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' '));

/** Last days as legal tender: of the lev (the euro came on 2026-01-01) and of the guilder (XCG came on 2025-03-31). */
const WITHDRAWN_ON: Readonly<Record<string, string>> = { BGN: '2026-01-31', ANG: '2025-06-30' };

/** ISO 4217, amendment 176; it has the number of the guilder that it replaced. */
const CARIBBEAN_GUILDER = { code: 'XCG', numericCode: '532', name: 'Caribbean Guilder', minorUnits: 2 };

export function currencyRows() {
  const listed = currencyCodes.data.map(({ code, number, digits, currency }) => ({
    code,
    numericCode: number,
    name: currency,
    minorUnits: WITHOUT_MINOR_UNITS.has(code) ? null : digits,
    withdrawnOn: WITHDRAWN_ON[code] ?? null,
  }));
  return listed.some(({ code }) => code === CARIBBEAN_GUILDER.code) ? listed : [...listed, CARIBBEAN_GUILDER];
}

/** Codes from the package, English short names from the Unicode CLDR that Node carries. */
export function countryRows() {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const currencyOf: Readonly<Record<string, string>> = countryToCurrency;
  return Object.entries(countries.getAlpha2Codes())
    .filter(([code]) => code !== 'XK') // in use, but not in ISO 3166-1
    .map(([code, alpha3]) => ({
      code,
      alpha3,
      numericCode: numericCodeOf(code),
      name: names.of(code) ?? code,
      currencyCode: currencyOf[code] ?? null,
      transferBasis: transferBasisOf(code),
    }));
}

function numericCodeOf(code: string): string {
  const numeric = countries.alpha2ToNumeric(code);
  if (numeric === undefined) throw new Error(`i18n-iso-countries has no numeric code for ${code}`);
  return numeric.padStart(3, '0');
}

function transferBasisOf(code: string) {
  if (EEA.has(code)) return 'eea' as const;
  return ADEQUATE.has(code) ? ('adequacy_decision' as const) : ('safeguards_required' as const);
}
