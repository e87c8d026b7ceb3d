/**
 * What policies would say of rows that are not there: of tenants whose ids nearly are one's own, and of another tenant's
 * row in every state that its columns can be in. A policy is asked as PostgreSQL asks it, permissive ones joined by OR, the
 * restrictive by AND, for each command.
 */
import { randomUUID } from 'node:crypto';
import { attempt, describeOutcome } from './attempt.ts';
import type { Field, Row, Target } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import { type Column, nameAlone } from './tenant-tables.ts';

export const policies: Group = {
  name: 'policies',
  tries:
    'The policies of every table and command, asked about rows that nobody has yet: of tenants whose ids begin or end as one’s own, stand right before or behind it or are none; and of the other’s row with each column empty, true, false, old, to come, in each state, and as the policy itself has words for.',
  standsFor:
    'A policy that compares too little, or lets through what is deleted, old, public or of a certain name.',
  remedy:
    'let tenant_id = (SELECT dmz.current_tenant()) be all that a policy says; pnpm db:check holds it to that',
  async attack(field, note) {
    const known = await readPolicies(field);
    for (const target of field.targets)
      await askOf(
        field,
        target,
        known.filter(({ table }) => table === target.name),
        note,
      );
  },
};

interface Policy {
  readonly table: string;
  readonly permissive: boolean;
  readonly command: '*' | 'r' | 'a' | 'w' | 'd';
  readonly shows: string | null;
  readonly takes: string | null;
}

async function readPolicies({ admin, place, targets }: Field): Promise<Policy[]> {
  const { rows } = await admin.query<Policy>(
    `SELECT polrelid::regclass::text AS table, polpermissive AS permissive, polcmd AS command,
       pg_get_expr(polqual, polrelid) AS shows, pg_get_expr(polwithcheck, polrelid) AS takes
     FROM pg_policy WHERE polrelid = ANY ($1::regclass[])
       AND (0 = ANY (polroles) OR EXISTS (SELECT FROM unnest(polroles) AS role WHERE role <> 0 AND pg_has_role($2, role, 'USAGE')))`,
    [targets.map(({ name }) => name), place.role],
  );
  return rows;
}

async function askOf(field: Field, target: Target, known: readonly Policy[], note: Note): Promise<void> {
  const { app, own } = field;
  const aim = { rule: 'a-policy-lets-own-rows-alone-through', object: target.name };
  const questions = new Map(COMMANDS.map(([what, of]) => [questionOf(known, of), what]));
  questions.delete(undefined);
  if (questions.size === 0) return note(aim, 'empty');
  const words = wordsOf([...questions.keys()].join(' '));
  const rows = [
    ...nearTenants(own.id).map((id) => ({ ...baseOf(target), tenant_id: id })),
    ...statesOf(field, target, words),
  ];
  const name = nameAlone(target.name);
  for (const [question, what] of questions) {
    const outcome = await attempt(
      app,
      { entered: own.id },
      `SELECT to_jsonb(${name}) AS row FROM jsonb_populate_recordset(NULL::${target.name}, $1::jsonb) AS ${name}
       WHERE (${question}) AND tenant_id IS DISTINCT FROM '${own.id}' LIMIT 1`,
      [JSON.stringify(rows)],
    );
    if (outcome.state !== undefined) {
      note(aim, { untried: `its policies cannot be asked: ${describeOutcome(outcome)}` });
      continue;
    }
    const [first] = outcome.rows;
    const detail = first && `its policies would let be ${what}: ${JSON.stringify(first.row).slice(0, 300)}`;
    note(aim, judge(outcome, detail, true));
  }
}

type Asked = { readonly command: 'r' | 'a' | 'w' | 'd'; readonly by: 'shows' | 'takes' };
const COMMANDS: readonly (readonly [what: string, of: Asked])[] = [
  ['read', { command: 'r', by: 'shows' }],
  ['added', { command: 'a', by: 'takes' }],
  ['changed', { command: 'w', by: 'shows' }],
  ['changed into', { command: 'w', by: 'takes' }],
  ['removed', { command: 'd', by: 'shows' }],
];

/** Undefined where no policy lets anything through. */
function questionOf(known: readonly Policy[], { command, by }: Asked): string | undefined {
  const of = known.filter((policy) => policy.command === '*' || policy.command === command);
  const said = (policy: Policy) =>
    `(${(by === 'takes' ? policy.takes : undefined) ?? policy.shows ?? 'true'})`;
  const [open, closed] = [
    of.filter(({ permissive }) => permissive),
    of.filter(({ permissive }) => !permissive),
  ];
  if (open.length === 0) return undefined;
  return [`(${open.map(said).join(' OR ')})`, ...closed.map(said)].join(' AND ');
}

/** Texts and numbers that policies compare with. */
const wordsOf = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/'((?:[^']|'')*)'|\b(\d+)\b/g)].map(([, word, number]) =>
      (word ?? number ?? '').replaceAll("''", "'"),
    ),
  ),
];

const NOBODY = '00000000-0000-0000-0000-000000000000';
const EVERYBODY = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Ids that share a beginning or an end with one's own, or are next to it. */
export function nearTenants(own: string): string[] {
  const digits = own.replaceAll('-', '');
  const other = [...randomUUID().replaceAll('-', '')]
    .map((digit, at) => (digit === digits[at] ? turned(digit) : digit))
    .join('');
  const near = [...digits].flatMap((digit, at) => [
    digits.slice(0, at) + other.slice(at),
    other.slice(0, at) + digits.slice(at),
    digits.slice(0, at) + turned(digit) + digits.slice(at + 1),
  ]);
  const ids = near.map((each) => each.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  return [...new Set([...ids, NOBODY, EVERYBODY])].filter((id) => id !== own);
}

const turned = (digit: string): string => (Number.parseInt(digit, 16) ^ 1).toString(16);

const baseOf = ({ prey, ownRow }: Target): Row => prey ?? ownRow ?? {};

/** The other's row, with each column in turn as it could come to be. */
function statesOf({ victim }: Field, target: Target, words: readonly string[]): Row[] {
  const base = { ...baseOf(target), tenant_id: victim.id };
  const states = target.columns
    .filter(({ name }) => name !== 'tenant_id')
    .flatMap((column) =>
      valuesFor(target, column, words).map((value) => ({ ...base, [column.name]: value })),
    );
  return [base, { ...base, tenant_id: null }, ...states];
}

function valuesFor(
  { checks }: Target,
  { name, type, nullable }: Column,
  words: readonly string[],
): unknown[] {
  const none = nullable ? [null] : [];
  if (type.endsWith('[]')) return none;
  if (type === 'boolean') return [...none, true, false];
  if (/^(timestamp|date)/.test(type)) return [...none, '1970-01-01', '2999-12-31'];
  if (/^(smallint|integer|bigint|numeric)/.test(type))
    return [...none, 0, 1, -1, ...words.filter((word) => /^\d{1,4}$/.test(word)).map(Number)];
  if (type === 'uuid') return [...none, ...words.filter((word) => /^[\da-f]{8}-/.test(word))];
  if (type !== 'text') return none;
  const listed = checks
    .filter(({ columns }) => columns.includes(name))
    .flatMap(({ definition }) => wordsOf(definition));
  return [...none, '', ...words, ...listed];
}
