/**
 * In which words: languages by ISO 639, and locales by BCP 47. English and native names are those of the Unicode CLDR
 * that Node carries; a language that it has no name for has the name of ISO 639-3.
 */
import { iso6393 } from 'iso-639-3';
import { LOCALES_OF_LANGUAGE } from './seed-locale-tags.ts';

/** Scripts that are written from right to left (Unicode, bidirectional class R or AL). */
const RIGHT_TO_LEFT = new Set('Adlm Arab Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa'.split(' '));

/** Every language of ISO 639-3; not its codes for several, none, or an unknown one. */
export function languageRows() {
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  return iso6393
    .filter(({ scope }) => scope !== 'special')
    .map((language) => {
      const code = language.iso6391 ?? language.iso6393;
      // To ask the CLDR for each of eight thousand takes longer than to write them.
      const known = language.iso6392T !== undefined || code in LOCALES_OF_LANGUAGE;
      return {
        code,
        alpha3: language.iso6393,
        name: (known ? names.of(code) : undefined) ?? language.name,
        nativeName: code in LOCALES_OF_LANGUAGE ? nativeNameOf(code) : null,
        direction: directionOf(code),
      };
    });
}

export function localeRows() {
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  return localeTags().map((tag) => {
    const { language, script, region } = new Intl.Locale(tag);
    return {
      tag,
      name: names.of(tag) ?? tag,
      nativeName: nativeNameOf(tag),
      languageCode: language,
      scriptCode: script ?? null,
      // 001, 150 and 419 are the world and parts of it (UN M.49), not countries.
      countryCode: region && /^[A-Z]{2}$/.test(region) ? region : null,
      fallbackTag: tag.includes('-') ? tag.slice(0, tag.lastIndexOf('-')) : null,
      direction: directionOf(tag),
    };
  });
}

function localeTags(): string[] {
  return Object.entries(LOCALES_OF_LANGUAGE).flatMap(([language, subtags]) => [
    language,
    ...subtags.split(' ').flatMap((subtag) => (subtag ? [`${language}-${subtag}`] : [])),
  ]);
}

/** Null where the CLDR has no names in that language: it would answer in another one. */
function nativeNameOf(tag: string): string | null {
  const [language] = tag.split('-');
  const names = new Intl.DisplayNames([tag], { type: 'language', fallback: 'none' });
  const [answering] = names.resolvedOptions().locale.split('-');
  return answering === language ? (names.of(tag) ?? null) : null;
}

function directionOf(tag: string) {
  const { script } = new Intl.Locale(tag).maximize();
  return script && RIGHT_TO_LEFT.has(script) ? ('rtl' as const) : ('ltr' as const);
}
