/** Every way to a context that nobody has given: by settings, by a second entry, and by functions that enter on their own. */
import { attempt, type Context } from './attempt.ts';
import { callsWith, executableFunctions } from './executable-functions.ts';
import type { Field, Target } from './field.ts';
import { countOf, type Group, judge, type Note } from './group.ts';

interface Way {
  readonly name: string;
  readonly context: Context;
  /** Statements after which the context is to be the victim's. */
  readonly forge: string;
}

export const forged: Group = {
  name: 'forged',
  tries:
    'The context set by SET, set_config and DO, inside a tenant and outside of one; a second entry, also in a new transaction; and every function that takes a tenant’s id; each followed by a look at the other’s rows.',
  standsFor:
    'A statement injected into one tenant’s request, which may use whatever the application’s role may.',
  remedy:
    'let policies trust only what was verified in this transaction, and let an entry need what the role cannot make',
  async attack(field, note) {
    const target = field.targets.find(({ prey, granted }) => prey && granted.includes('SELECT'));
    for (const way of [...settings(field), ...(await entries(field))]) await tryWay(field, way, target, note);
  },
};

async function tryWay(
  { app, victim }: Field,
  way: Way,
  target: Target | undefined,
  note: Note,
): Promise<void> {
  const aim = { rule: 'context-cannot-be-forged', object: way.name };
  if (!target) return note(aim, 'empty');
  const look = `SELECT * FROM ${target.name} WHERE tenant_id = '${victim.id}' LIMIT 5`;
  const outcome = await attempt(app, way.context, `${way.forge}; ${look}`);
  note(aim, judge(outcome, countOf(outcome, `rows of another tenant read in ${target.name}`), true));
}

function settings({ own, victim, place }: Field): Way[] {
  const inside: Context = { entered: own.id };
  const entered = place.schema === null ? victim.id : `${victim.id}@${place.schema}`;
  const slot = slotOf(victim.id, place.schema);
  const both = `SET LOCAL dmz.tenant_id = '${victim.id}'; SET LOCAL dmz.entered = '${entered}'`;
  const configured = `set_config('dmz.tenant_id', '${victim.id}', true), set_config('dmz.entered', '${entered}', true)`;
  return [
    {
      name: 'SET of the tenant, outside',
      context: 'none',
      forge: `SET LOCAL dmz.tenant_id = '${victim.id}'`,
    },
    { name: 'SET of the tenant, inside', context: inside, forge: `SET LOCAL dmz.tenant_id = '${victim.id}'` },
    { name: 'SET of tenant and entry, outside', context: 'none', forge: both },
    { name: 'SET of tenant and entry, inside', context: inside, forge: both },
    { name: 'set_config', context: inside, forge: `SELECT ${configured}` },
    { name: 'DO with set_config', context: inside, forge: `DO $$ BEGIN PERFORM ${configured}; END $$` },
    { name: 'a session’s SET', context: inside, forge: both.replaceAll('SET LOCAL', 'SET') },
    {
      name: 'SET of the context, outside',
      context: 'none',
      forge: `SET LOCAL backtrace_functions = '${slot}'`,
    },
    {
      name: 'set_config of the context, inside',
      context: inside,
      forge: `SELECT set_config('backtrace_functions', '${slot}', true)`,
    },
  ];
}

/** What the owner's functions write where the context is. */
export const slotOf = (tenantId: string, schema: string | null): string =>
  [tenantId.replaceAll('-', ''), ...(schema === null ? [] : [schema])].join(' ');

async function entries(field: Field): Promise<Way[]> {
  const inside: Context = { entered: field.own.id };
  const ways: Way[] = [];
  for (const fn of await executableFunctions(field.admin, field.place.role)) {
    if (!fn.types.includes('uuid')) continue;
    const call = `SELECT * FROM ${callsWith(fn, field.victim.id)}`;
    ways.push({ name: `${fn.signature}, outside`, context: 'none', forge: call });
    ways.push({ name: `${fn.signature}, inside`, context: inside, forge: call });
    ways.push({
      name: `${fn.signature}, in a transaction of its own`,
      context: inside,
      forge: `COMMIT; BEGIN; ${call}`,
    });
    ways.push({
      name: `${fn.signature}, once the context is cleared`,
      context: inside,
      forge: `RESET ALL; ${call}`,
    });
  }
  return ways;
}
