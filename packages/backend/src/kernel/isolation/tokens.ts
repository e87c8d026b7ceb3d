/** Tokens that open nothing: of another tenant, time, connection or place, signed with what anybody knows, or changed by a digit. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { padsOf } from '../context/token.ts';
import { APP_ROLE } from '../stack/index.ts';
import { actAs, changeQuietly, rehearse } from './acting.ts';
import { attempt, describeOutcome, type Outcome } from './attempt.ts';
import { type Claims, signingKey, tokenFor } from './enter-tenant.ts';
import type { Field } from './field.ts';
import { type Group, judge } from './group.ts';
import type { Verdict } from './tally.ts';

export const tokens: Group = {
  name: 'tokens',
  tries:
    'Entries with tokens of another tenant, an earlier or a later time, another connection, epoch, database or place; of an unknown or a retired key; signed with nothing, zeros and what everybody can read; with each digit and each part changed; and with none.',
  standsFor: 'A token that was captured, guessed or made by somebody who has no key.',
  remedy:
    'let dmz.verify_token hold every part of a token against its signature, and each against what is true',
  async attack(field, note) {
    const { victim } = field;
    const aim = (token: string) => ({ rule: 'an-entry-needs-its-own-token', object: token });
    // Without one that is honest, what is refused proves nothing.
    const honest = await tokenFor(field.app, victim.id);
    const taken = accepted(await enter(field, honest)) !== undefined;
    for (const [name, token] of [...(await claimed(field)), ...changed(honest)])
      note(aim(name), judgeEntry(await enter(field, token), taken));
    note(
      aim('of a key that is retired'),
      await rehearse(field, async (inside) => judgeEntry(await enterByRetired(inside), taken)),
    );
  },
};

const WAY = (victim: string, token: string | null) =>
  `SET LOCAL ROLE ${APP_ROLE}; SELECT dmz.enter_tenant('${victim}', NULL, ${token === null ? 'NULL' : pg.escapeLiteral(token)})`;

const enter = ({ app, victim }: Field, token: string | null): Promise<Outcome> =>
  attempt(app, 'none', WAY(victim.id, token));

const accepted = (outcome: Outcome): string | undefined =>
  outcome.state === undefined ? `it was taken: ${describeOutcome(outcome)}` : undefined;

const judgeEntry = (outcome: Outcome, worthwhile: boolean): Verdict =>
  judge(outcome, accepted(outcome), worthwhile);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

async function claimed({ app, own, victim }: Field): Promise<[string, string][]> {
  const { salt } = await signingKey(app);
  const claims: Readonly<Record<string, Claims>> = {
    'of another tenant': { tenantId: own.id },
    'of a minute ago': { aheadMs: -MINUTE_MS },
    'of yesterday': { aheadMs: -DAY_MS },
    'of a minute to come': { aheadMs: MINUTE_MS },
    'of another connection': { processId: 1 },
    'of another epoch': { epoch: 987_654 },
    'of another database': { database: 'postgres' },
    'of another place': { schema: 'tenant_elsewhere' },
    'of a key that is unknown': { keyId: randomUUID() },
    'signed with nothing': { secret: Buffer.alloc(0) },
    'signed with zeros': { secret: Buffer.alloc(32) },
    'signed with the salt': { secret: Buffer.from(salt, 'hex') },
    'signed with a name': { secret: Buffer.from('dmz_app') },
  };
  const made: [string, string][] = [];
  for (const [name, claim] of Object.entries(claims))
    made.push([name, await tokenFor(app, victim.id, claim)]);
  return made;
}

function changed(honest: string): [string, string | null][] {
  const parts = honest.split('.');
  const code = parts.at(-1) ?? '';
  const withPart = (at: number, part: string) =>
    parts.map((each, index) => (index === at ? part : each)).join('.');
  const last = parts.length - 1;
  const turned = [...code].map((digit, at): [string, string] => [
    'with a digit changed',
    withPart(last, code.slice(0, at) + (digit === '0' ? '1' : '0') + code.slice(at + 1)),
  ]);
  return [
    ...turned,
    ['with a later time', withPart(2, String(Number(parts[2]) + 1))],
    ['with half of its code', withPart(last, code.slice(0, code.length / 2))],
    ['with a code of zeros', withPart(last, '0'.repeat(code.length))],
    ['without a code', withPart(last, '')],
    ['without a key', withPart(1, '')],
    ['of a word', 'letmein'],
    ['that is empty', ''],
    ['that is null', null],
  ];
}

/** A key of one's own, as it would be once it was taken out of use. */
async function enterByRetired(field: Field): Promise<Outcome> {
  const { admin, app, victim } = field;
  const [keyId, secret] = [randomUUID(), Buffer.alloc(32, 7)];
  const { innerPad, outerPad } = padsOf(secret);
  await changeQuietly(
    admin,
    `INSERT INTO public.context_keys (id, salt, inner_pad, outer_pad, retired_at) VALUES ($1, repeat('0', 64), $2, $3, now() - interval '1 hour')`,
    [keyId, innerPad, outerPad],
  );
  const token = await tokenFor(app, victim.id, { keyId, secret, processId: await processOf(admin) });
  return actAs(field, null, [[WAY(victim.id, token), []]]);
}

async function processOf(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query('SELECT pg_backend_pid() AS id');
  return rows[0].id;
}
