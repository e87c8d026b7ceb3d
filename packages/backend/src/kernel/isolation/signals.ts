/** What sessions see of each other: the statements of others, words on channels, and locks that have a number alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WakeUps } from '../consumers/wake-ups.ts';
import { createLogger } from '../log.ts';
import { createTenancy } from '../tenancy/index.ts';
import { attempt } from './attempt.ts';
import { enterTenant } from './enter-tenant.ts';
import type { Field } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import { markIn, marksOf } from './marks.ts';

export const signals: Group = {
  name: 'signals',
  tries:
    'pg_stat_activity, pg_stat_statements, pg_prepared_statements, pg_cursors and pg_locks while the other tenant is at work; what the program notifies of it; whether both tenants’ advisory locks can be one.',
  standsFor: 'Watching another tenant’s work from beside it, and standing in its way.',
  remedy:
    'send values as parameters and ids as payloads; take locks by 64 bits of a hash that names what they guard',
  async attack(field, note) {
    await watch(field, note);
    await listen(field, note);
    await compareLocks(field, note);
  },
};

const WATCHED = [
  'pg_stat_activity',
  'pg_stat_statements',
  'pg_prepared_statements',
  'pg_cursors',
  'pg_stat_progress_copy',
];

/** The victim has said its id and its rows' ids, as parameters, and is still in its transaction. */
async function watch(field: Field, note: Note): Promise<void> {
  const other = await field.connect();
  const prey = field.targets.find((target) => target.prey && target.granted.includes('SELECT'));
  await other.query('BEGIN');
  try {
    await enterTenant(other, field.victim.id).catch(async () => {
      // At a place of one tenant's there is no other to enter; and the words of this try are the attack's own.
      await other.query('ROLLBACK');
      await other.query('BEGIN');
    });
    if (prey)
      await other.query(`SELECT FROM ${prey.name} WHERE tenant_id = $1`, [field.victim.id]).catch(() => {});
    for (const view of WATCHED) {
      const text = `SELECT to_jsonb(v)::text AS row FROM ${view} AS v`;
      const outcome = await attempt(field.app, { entered: field.own.id }, text);
      const shown = markIn(
        outcome.rows.map(({ row }) => String(row)),
        marksOf(field, 'every value'),
      );
      const aim = { rule: 'nobody-watches-another-tenant', object: view };
      if (outcome.state === '42P01') note(aim, { untried: `not to be had here: ${outcome.message}` });
      else note(aim, judge(outcome, shown && `it shows what another tenant said: ${shown}`, true));
    }
  } finally {
    await other.query('ROLLBACK');
  }
}

const CHANNEL = 'dmz_events';
/** The program gathers words for a tenth of a second. */
const HEARD_WITHIN_MS = 250;

/** The program's own words of the victim: a session's id, which opens nothing to whoever hears it. */
async function listen(field: Field, note: Note): Promise<void> {
  const { place, victim, own, app, targets } = field;
  const heads = targets.find(({ name }) => /\bgame[._]sessions$/.test(name));
  const session = String(heads?.prey?.id ?? '');
  const aim = { rule: 'words-tell-nothing', object: `channel ${CHANNEL}` };
  if (!session) return note(aim, 'empty');
  const heard: string[] = [];
  const listener = await field.connect();
  listener.on('notification', ({ payload = '' }) => heard.push(payload));
  await listener.query(`LISTEN ${CHANNEL}`);
  const log = createLogger('silent');
  const tenancy = createTenancy({ appUrlOf: place.appUrlOf, poolSize: 1, retryMs: 0, log });
  try {
    const words = new WakeUps(tenancy, log);
    words.tell(victim.id, session);
    await words.close();
    await sleep(HEARD_WITHIN_MS);
  } finally {
    await tenancy.close();
    await listener.query(`UNLISTEN ${CHANNEL}`);
  }
  if (heard.length === 0) return note(aim, { untried: 'nothing was heard' });
  const more = markIn(heard, marksOf(field, 'every value'), [session]);
  const found = await attempt(
    app,
    { entered: own.id },
    `SELECT FROM ${heads?.name} WHERE id::text = ANY ($1)`,
    [heard],
  );
  const opened = found.rowCount > 0 ? 'what was heard opens a row' : undefined;
  note(aim, judge(found, more ? `it names ${more}` : opened, true));
}

/** Two tenants whose transactions take the same lock would wait for each other, and tell by it that they are there. */
async function compareLocks(field: Field, note: Note): Promise<void> {
  const aim = { rule: 'advisory-locks-are-of-one-tenant', object: 'locks of an entry' };
  const taken: Set<string>[] = [];
  for (const { id } of [field.own, field.victim]) {
    const client = await field.connect();
    await client.query('BEGIN');
    const entered = await enterTenant(client, id).then(
      () => true,
      () => false,
    );
    const { rows } = entered
      ? await client.query(
          "SELECT classid || ':' || objid || ':' || objsubid AS key FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
        )
      : { rows: [] };
    taken.push(new Set(rows.map(({ key }) => key)));
    await client.query('ROLLBACK');
  }
  const [own = new Set<string>(), theirs = new Set<string>()] = taken;
  const sharedKey = [...own].find((key) => theirs.has(key));
  if (sharedKey) note(aim, { through: `both take the advisory lock ${sharedKey}` });
  else note(aim, theirs.size > 0 ? 'refused' : 'empty');
}
