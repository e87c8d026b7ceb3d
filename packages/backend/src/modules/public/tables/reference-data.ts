/** Codes of the world outside: regions, countries, currencies, languages and industries, each by its own standard. */
import { date, integer, text } from 'drizzle-orm/pg-core';
import { described, type TableKit } from '../../../kernel/db/index.ts';

export function referenceDataTables(kit: TableKit) {
  const places = placeTables(kit);
  return { ...places, ...languageTables(kit, places), ...industryTables(kit) };
}

/** Where. */
function placeTables({ referenceTable, to }: TableKit) {
  const dataRegions = referenceTable(
    'data_regions',
    'Regions that data can be bound to.',
    {
      code: text('code').notNull(),
      name: text('name').notNull(),
      jurisdiction: described(
        text('jurisdiction'),
        'Law that data kept there is under, such as EEA; a transfer is a move out of it (GDPR Art. 44).',
      ),
    },
    { key: ['code'] },
  );

  const currencies = referenceTable(
    'currencies',
    'Currencies by ISO 4217. An amount of money is a whole number of minor units of one of them.',
    {
      code: described(text('code').notNull(), 'ISO 4217 alphabetic code.'),
      numericCode: described(text('numeric_code').notNull(), 'ISO 4217 numeric code, with leading zeros.'),
      name: text('name').notNull(),
      minorUnits: described(
        integer('minor_units'),
        'Decimal places of an amount; null where ISO 4217 says N.A., as of gold.',
      ),
      withdrawnOn: described(date('withdrawn_on'), 'Last day of its use; null while it circulates.'),
    },
    {
      key: ['code'],
      checks: {
        code_form: `"code" ~ '^[A-Z]{3}$'`,
        numeric_code_form: `"numeric_code" ~ '^[0-9]{3}$'`,
        minor_units_range: `"minor_units" between 0 and 4`,
      },
    },
  );

  const countries = referenceTable(
    'countries',
    'Countries by ISO 3166-1.',
    {
      code: described(text('code').notNull(), 'ISO 3166-1 alpha-2.'),
      alpha3: described(text('alpha3').notNull(), 'ISO 3166-1 alpha-3.'),
      numericCode: described(text('numeric_code').notNull(), 'ISO 3166-1 numeric, with leading zeros.'),
      name: described(text('name').notNull(), 'English short name.'),
      currencyCode: described(text('currency_code'), 'The currency that prices are shown in there.'),
      transferBasis: described(
        text('transfer_basis', { enum: ['eea', 'adequacy_decision', 'safeguards_required'] })
          .notNull()
          .default('safeguards_required'),
        'On what ground personal data may go there from the EEA (GDPR Art. 45 and 46).',
      ),
    },
    {
      key: ['code'],
      unique: [['alpha3'], ['numericCode']],
      references: [to(currencies, 'currencyCode')],
      checks: {
        code_form: `"code" ~ '^[A-Z]{2}$'`,
        alpha3_form: `"alpha3" ~ '^[A-Z]{3}$'`,
        numeric_code_form: `"numeric_code" ~ '^[0-9]{3}$'`,
      },
    },
  );

  return { dataRegions, currencies, countries };
}

/** In which words. */
function languageTables(
  { referenceTable, to }: TableKit,
  { countries }: Pick<ReturnType<typeof placeTables>, 'countries'>,
) {
  const direction = () => ({
    direction: described(
      text('direction', { enum: ['ltr', 'rtl'] })
        .notNull()
        .default('ltr'),
      'The way it is written: left to right, or right to left.',
    ),
  });

  const languages = referenceTable(
    'languages',
    'Languages by ISO 639.',
    {
      code: described(
        text('code').notNull(),
        'Primary language subtag: the shortest ISO 639 code (RFC 5646, section 2.2.1).',
      ),
      alpha3: described(text('alpha3').notNull(), 'ISO 639-3; for the languages of ISO 639-2 its T code.'),
      name: described(text('name').notNull(), 'English name.'),
      nativeName: described(text('native_name'), 'The language’s name in itself.'),
      ...direction(),
    },
    {
      key: ['code'],
      unique: [['alpha3']],
      checks: { code_form: `"code" ~ '^[a-z]{2,3}$'`, alpha3_form: `"alpha3" ~ '^[a-z]{3}$'` },
    },
  );

  const locales = referenceTable(
    'locales',
    'Languages and regional forms that content can be shown in (BCP 47, RFC 5646).',
    {
      tag: described(text('tag').notNull(), 'BCP 47 language tag, such as en-GB.'),
      name: text('name').notNull(),
      nativeName: described(
        text('native_name'),
        'Its name in its own language, for the list people choose from.',
      ),
      languageCode: text('language_code').notNull(),
      scriptCode: described(
        text('script_code'),
        'ISO 15924; null where the language’s usual script goes without saying (RFC 5646, section 3.1.9).',
      ),
      countryCode: described(text('country_code'), 'Region subtag; null for the language as such.'),
      fallbackTag: described(
        text('fallback_tag'),
        'Locale that is shown where a text has none in this one (RFC 4647, section 3.4); null at the end of the chain.',
      ),
      ...direction(),
    },
    {
      key: ['tag'],
      references: [to(languages, 'languageCode'), to(countries, 'countryCode'), to('self', 'fallbackTag')],
      checks: {
        tag_form: `"tag" ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$'`,
        script_code_form: `"script_code" ~ '^[A-Z][a-z]{3}$'`,
        not_its_own_fallback: `"fallback_tag" <> "tag"`,
      },
    },
  );

  return { languages, locales };
}

/** In which trade. */
function industryTables({ referenceTable }: TableKit) {
  const industries = referenceTable(
    'industries',
    'Sections of the United Nations’ classification of economic activities (ISIC): what benchmarks compare tenants by.',
    {
      code: described(text('code').notNull(), 'ISIC section, one letter.'),
      name: text('name').notNull(),
      revision: described(
        integer('revision').notNull().default(5),
        'Revision of ISIC that the section is of.',
      ),
    },
    { key: ['code'], checks: { code_form: `"code" ~ '^[A-Z]$'`, revision_positive: `"revision" > 0` } },
  );
  return { industries };
}
