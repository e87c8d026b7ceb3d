/** A content pack made by rule, for tests: no prose worth reading, but every category, difficulty and technique. */
import { ContentPack, EmailCategory, EmailIndicator, type EmailTemplate, Technique } from '../src/content.ts';

const locations = EmailIndicator.shape.location.options;
const at = <T>(items: readonly T[], index: number): T => items[index % items.length] as T;

function indicatorsOf(number: number): EmailTemplate['indicators'] {
  return Array.from({ length: 1 + (number % 6) }, (_, index) => ({
    key: `sign-${index}`,
    technique: at(Technique.options, number * 3 + index),
    location: at(locations, number + index),
    evidence: 'evidence',
    explanation: 'explanation',
    difficulty: 1 + ((number + index) % 5),
  }));
}

function template(number: number, legitimate: boolean): EmailTemplate {
  const category = at(EmailCategory.options, number);
  const hosted = category === 'access_request' || category === 'partner_traffic';
  const domain = legitimate ? `honest-${number % 23}.example` : `bait-${number % 17}.example`;
  return {
    key: `${legitimate ? 'honest' : 'bait'}-${number}`,
    category,
    legitimate,
    difficulty: 1 + (number % 5),
    organisation: `Organisation ${number}`,
    from: { name: `Sender ${number}`, address: `office@${domain}` },
    subject: `Subject ${number}`,
    headers: ['Received', 'Date', 'Message-ID'].map((name) => ({ name, value: 'value' })),
    body: 'A body that is long enough for the schema, and says nothing. '.repeat(2),
    links: [],
    attachments: [],
    indicators: legitimate ? [] : indicatorsOf(number),
    artifacts: [
      {
        key: 'registry',
        kind: 'registry_extract',
        title: 'Registry',
        content: 'Extract',
        supports: legitimate ? 'honest' : 'deceptive',
      },
    ],
    offer: hosted
      ? {
          creditsPerDay: 15 + ((number * 7) % 46),
          days: 2 + (number % 6),
          rackUnits: 1 + (number % 6),
          powerKw: 1 + (number % 5),
          coolingKw: 1 + (number % 4),
          bandwidthMbps: 50 * (1 + (number % 6)),
        }
      : { creditsPerDay: 0, days: 0, rackUnits: 0, powerKw: 0, coolingKw: 0, bandwidthMbps: 0 },
  };
}

/** @param size  templates of each kind, honest and deceptive */
export function generateContent(size = 60): ContentPack {
  const numbers = Array.from({ length: size }, (_, number) => number);
  return ContentPack.parse({
    version: `generated@${size}`,
    emails: numbers.flatMap((number) => [template(number, true), template(number, false)]),
  });
}
