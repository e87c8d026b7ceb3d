/**
 * A session's state, and what changed in it, as a person reads it: the place in the game's own terms, and its words
 * instead of codes. What has no words here is shown as it is, so a new field is never hidden.
 */
import type { Client, InboxEmail, Incident, PendingAttack } from '@archive-gate/game-engine';
import type { StateChange } from '../modules/game/index.ts';
import {
  attackKinds,
  categories,
  decisions,
  defences,
  facilities,
  resources,
  statuses,
} from './play/words.ts';

export interface ChangeInWords {
  readonly kind: StateChange['kind'];
  readonly place: string;
  readonly before: string;
  readonly after: string;
}

/** `before` of what was added, and `after` of what was removed, is empty. */
export function changeInWords(change: StateChange): ChangeInWords {
  const { kind, path } = change;
  return {
    kind,
    place: placeInWords(path),
    before: change.kind === 'added' ? '' : valueInWords(path, change.before),
    after: change.kind === 'removed' ? '' : valueInWords(path, change.after),
  };
}

/** One line: `credits 120 → 95`, `e-mail d01-e02: status to decide → decided`. */
export function changeInOneLine(change: StateChange): string {
  const { kind, place, before, after } = changeInWords(change);
  if (kind === 'added') return `${place} + ${after}`;
  return kind === 'removed' ? `${place} − ${before}` : `${place} ${before} → ${after}`;
}

/** The lists of a state, by what one entry of each is called. */
const ENTRIES: Readonly<Record<string, string>> = {
  inbox: 'e-mail',
  clients: 'guest',
  attacks: 'attack on its way',
  incidents: 'incident',
};
const GROUPS: Readonly<Record<string, string>> = { today: 'today', totals: 'in all', allocation: 'online' };

export function placeInWords(path: string): string {
  const [, list = '', key = '', field = ''] = /^(\w+)\[(.*?)\](?:\.(.*))?$/.exec(path) ?? [];
  if (list in ENTRIES)
    return [`${ENTRIES[list]} ${key}`, field && fieldInWords(field)].filter(Boolean).join(': ');
  if (list !== '') return fieldInWords(list);
  const [group = '', name] = path.split('.');
  return name === undefined
    ? fieldInWords(path)
    : `${GROUPS[group] ?? fieldInWords(group)}: ${fieldInWords(name)}`;
}

/** `facilityTier` is `facility tier`; a resource has its name and unit. */
export function fieldInWords(field: string): string {
  const resource = Object.entries(resources).find(([name]) => name === field)?.[1];
  if (resource) return `${resource.name.toLowerCase()} (${resource.unit})`;
  return field.replace(/\[.*\]$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The words of each field whose values are codes. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string | { readonly name: string }>>>> = {
  decision: decisions,
  category: categories,
  facilityTier: facilities,
  attackKind: attackKinds,
  kind: attackKinds,
  defences,
};

/** Codes that are words already, but for their underscores. */
const SPACED: ReadonlySet<string> = new Set(['phase', 'status']);

export function valueInWords(path: string, value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return wordOf(path, String(value));
  const list = /^(\w+)\[[^\]]*\]$/.exec(path)?.[1];
  const describe = list === undefined ? undefined : DESCRIPTIONS[list];
  return describe ? describe(value as never) : plainly(value);
}

function wordOf(path: string, code: string): string {
  const field =
    path
      .replace(/\[[^\]]*\]$/, '')
      .split('.')
      .at(-1) ?? path;
  const words = path.startsWith('inbox[') && field === 'status' ? statuses : WORDS[field];
  const word = words?.[code as keyof typeof words] as string | { readonly name: string } | undefined;
  if (word === undefined) return SPACED.has(field) ? code.replaceAll('_', ' ') : code;
  return typeof word === 'object' ? word.name : word;
}

/** An entry of a list in one line. */
const DESCRIPTIONS: Readonly<Record<string, (entry: never) => string>> = {
  inbox: ({ category, senderDomain, difficulty, legitimate }: InboxEmail) =>
    `${categories[category]} from ${senderDomain}, difficulty ${difficulty}, ${legitimate ? 'honest' : 'deceptive'}`,
  clients: ({ creditsPerDay, untilDay }: Client) => `${creditsPerDay} credits a day, until day ${untilDay}`,
  attacks: ({ kind, severity, dueDay }: PendingAttack) =>
    `${attackKinds[kind]}, severity ${severity}, due on day ${dueDay}`,
  incidents: ({ kind, severity, ransomCredits }: Incident) =>
    `${attackKinds[kind]}, severity ${severity}${ransomCredits > 0 ? `, ransom ${ransomCredits} credits` : ''}`,
};

/** `day 3, decision deny`: what is small is spelled out, what is not is JSON. */
export function plainly(value: object): string {
  const parts = Object.entries(value).map(([name, each]) =>
    typeof each === 'object' && each !== null
      ? `${fieldInWords(name)} ${JSON.stringify(each)}`
      : `${fieldInWords(name)} ${valueInWords(name, each)}`,
  );
  return parts.join(', ');
}
