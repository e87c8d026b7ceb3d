/**
 * The local generator of e-mails: each is a released template with other reference numbers, the same wherever one occurs, so
 * that evidence and indicators still point at what is there. What is drawn follows from the seed alone.
 */
import { createHash } from 'node:crypto';
import { EmailTemplate } from '@archive-gate/game-engine';

/** What was asked of a generator, and all that its answer follows from. */
export interface EmailOrder {
  /** Templates of the difficulty that is wanted. */
  readonly models: readonly EmailTemplate[];
  readonly wanted: number;
  readonly seed: string;
}

/** Who writes e-mails: a port, so that a language model can stand there. */
export interface EmailGenerator {
  readonly provider: string;
  /** With its version: another one writes other e-mails for the same seed. */
  readonly model: string;
  /** @returns as many as it can, each once */
  write(order: EmailOrder): Promise<readonly EmailTemplate[]>;
}

/** Models that have few numbers to vary are soon used up. */
const TRIES_PER_EMAIL = 8;

export const templateVariants: EmailGenerator = {
  provider: 'local',
  model: 'template-variants@1',
  async write({ models, wanted, seed }) {
    const usable = models.filter((model) => referencesIn(model).size > 0);
    const written = new Map<string, EmailTemplate>();
    for (let at = 0; usable.length > 0 && written.size < wanted && at < wanted * TRIES_PER_EMAIL; at += 1) {
      const model = usable[drawn(`${seed}:model:${at}`, usable.length)];
      if (!model) break;
      const variant = vary(model, `${seed}:${at}`);
      written.set(variant.key, variant);
    }
    return [...written.values()];
  },
};

/** Files, tickets and the like: five digits or more, a leading zero, or behind letters and a hyphen. */
const REFERENCE = /(?<!\d)(?:(?<=[A-Z]-)\d{3,}|0\d{2,}|\d{5,})(?!\d)/g;
/** Addresses, amounts, dates, times and offsets of time zones; what occurs in one is left alone everywhere. */
const MEASURED = /\d+(?:[.,:]\d+)+|[+-]\d{4}\b(?!-)|\b(?:19|20)\d{2}(?:[01]\d[0-3]\d+)?\b/g;

function referencesIn(template: EmailTemplate): ReadonlySet<string> {
  const found = new Set<string>();
  const kept = new Set<string>();
  for (const text of stringsIn(template)) {
    for (const [number] of text.matchAll(REFERENCE)) found.add(number);
    for (const [measured] of text.matchAll(MEASURED))
      for (const [number] of measured.matchAll(/\d+/g)) kept.add(number);
  }
  for (const number of kept) found.delete(number);
  return found;
}

function vary(template: EmailTemplate, seed: string): EmailTemplate {
  const references = referencesIn(template);
  const taken = new Set(references);
  const others = new Map<string, string>();
  for (const number of references) {
    const other = anotherNumber(number, seed, taken);
    taken.add(other);
    others.set(number, other);
  }
  const changed = mapStrings(template, (text) =>
    text.replace(/\d+/g, (number) => others.get(number) ?? number),
  );
  const mark = createHash('sha256')
    .update(JSON.stringify([...others.values()]))
    .digest('hex')
    .slice(0, 8);
  return EmailTemplate.parse({ ...changed, key: `${template.key.slice(0, 70)}-v${mark}` });
}

/** As long, with as many leading zeros, and no other number of the e-mail: two that differ still do. */
function anotherNumber(number: string, seed: string, taken: ReadonlySet<string>): string {
  const zeros = /^0*/.exec(number)?.[0] ?? '';
  const digits = number.length - zeros.length;
  const least = 10 ** Math.max(0, digits - 1);
  for (let attempt = 0; attempt < TRIES_PER_EMAIL; attempt += 1) {
    const drawnNumber = least + drawn(`${seed}:${number}:${attempt}`, Math.min(9 * least, 2 ** 31));
    const other = zeros + String(drawnNumber).slice(0, digits);
    if (!taken.has(other)) return other;
  }
  return number;
}

/** @returns a whole number from 0, always the same for the same decision */
const drawn = (decision: string, below: number): number =>
  createHash('sha256').update(decision).digest().readUIntBE(0, 6) % below;

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) yield* stringsIn(each);
}

function mapStrings(value: unknown, change: (text: string) => string): object {
  const mapped = (each: unknown): unknown => {
    if (typeof each === 'string') return change(each);
    if (Array.isArray(each)) return each.map(mapped);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, within]) => [key, mapped(within)]));
  };
  return mapped(value) as object;
}
