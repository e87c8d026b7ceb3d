/** Every way to a context that nobody has given: by settings, by a second entry, and by functions that enter on their own. */
import pg from 'pg';
import { attempt, type Context } from './attempt.ts';
import { executableFunctions, isFilled, isText, type Said, statementOf } from './executable-functions.ts';
import type { Field, Target } from './field.ts';
import { countOf, type Group, judge, type Note } from './group.ts';
import { spokenSettings, valuesOf } from './spoken-settings.ts';

interface Way {
  readonly name: string;
  readonly context: Context;
  /** Statements after which the context is to be the victim's. */
  readonly forge: string;
}

export const forged: Group = {
  name: 'forged',
  tries:
    'The context set by SET, set_config and DO, and by every setting that a policy, view or function asks for; inside a tenant and outside of one; a second entry, also in a new transaction; every function that takes an id or a text, with the other’s id, name and context, and with statements; each followed by a look at the other’s rows.',
  standsFor:
    'A statement injected into one tenant’s request, which may use whatever the application’s role may.',
  remedy:
    'let policies trust only what was verified in this transaction, and let an entry need what the role cannot make',
  async attack(field, note) {
    const target = field.targets.find(({ prey, granted }) => prey && granted.includes('SELECT'));
    for (const way of [...settings(field), ...(await entries(field))]) await tryWay(field, way, target, note);
    for (const { setting, words, table } of await spokenSettings(field.admin))
      for (const value of valuesOf(field, words)) {
        const told = field.targets.find(({ name, prey }) => prey && name === table) ?? target;
        for (const way of bySetting(field, setting, value)) await tryWay(field, way, told, note);
      }
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

const bySetting = ({ own }: Field, setting: string, value: string): Way[] =>
  ([{ entered: own.id }, 'none'] as const).map((context) => ({
    name: `the setting ${setting}`,
    context,
    forge: `SELECT set_config(${pg.escapeLiteral(setting)}, ${pg.escapeLiteral(value)}, true)`,
  }));

async function entries(field: Field): Promise<Way[]> {
  const inside: Context = { entered: field.own.id };
  const ways: Way[] = [];
  for (const fn of await executableFunctions(field.admin, field.place.role)) {
    const { signature, types } = fn;
    const takesId = types.some((type) => /^(uuid(\[\])?|jsonb?)$/.test(type));
    const named = [
      ...(takesId ? [{ id: field.victim.id }] : []),
      ...(types.some(isText) ? spoken(field) : []),
    ];
    const filled = types.some(isFilled) ? named.map((said) => ({ ...said, full: true })) : [];
    for (const said of [...named, ...filled]) {
      const call = statementOf(fn, said);
      ways.push({ name: `${signature}, outside`, context: 'none', forge: call });
      ways.push({ name: `${signature}, inside`, context: inside, forge: call });
      ways.push({
        name: `${signature}, in a transaction of its own`,
        context: inside,
        forge: `COMMIT; BEGIN; ${call}`,
      });
      ways.push({
        name: `${signature}, once the context is cleared`,
        context: inside,
        forge: `RESET ALL; ${call}`,
      });
    }
  }
  return ways;
}

/** Names and contexts of the other's, and what a function that executes its argument would do. */
function spoken({ victim, place }: Field): Said[] {
  const slot = slotOf(victim.id, place.schema);
  const own = place.schema === null ? 'NULL' : pg.escapeLiteral(place.schema);
  const texts = [
    [null],
    [victim.slug],
    ['backtrace_functions', slot],
    [`SELECT dmz.set_context('${victim.id}', ${own})`],
    [`x'; SELECT dmz.set_context('${victim.id}', ${own}); --`],
    [`SELECT set_config('backtrace_functions', '${slot}', true)`],
  ];
  return texts.map((each) => ({ id: victim.id, texts: each }));
}
