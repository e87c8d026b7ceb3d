/** Each instance lets in with its own passwords alone, and serves its own tenants alone. */
import pg from 'pg';
import { attempt } from './attempt.ts';
import type { Field } from './field.ts';
import { type Group, judge, type Note } from './group.ts';

export const instances: Group = {
  name: 'instances',
  tries: 'The credentials of this instance at every other one, and entries into tenants that live elsewhere.',
  standsFor: 'A password that was stolen from one customer’s instance, used at another’s.',
  remedy:
    'give each instance an administrator’s password of its own, from which the passwords of its roles follow',
  async attack(field, note) {
    for (const { instance, appUrl } of field.place.others) await tryInstance(field, instance, appUrl, note);
    const elsewhere = field.place.strangers[0];
    const aim = { rule: 'serves-its-own-tenants-alone', object: field.place.instance };
    if (!elsewhere) return note(aim, 'empty');
    const outcome = await attempt(field.app, { entered: elsewhere }, 'SELECT 1');
    const detail = outcome.state === undefined ? 'a tenant that lives elsewhere was entered' : undefined;
    note(aim, judge(outcome, detail, true));
  },
};

async function tryInstance({ place }: Field, instance: string, appUrl: string, note: Note): Promise<void> {
  const aim = { rule: 'a-password-opens-one-instance', object: instance };
  const [own, other] = [new URL(place.appUrl), new URL(appUrl)];
  if (own.host === other.host)
    return note(aim, { untried: 'both are databases of one server, which has one password for a role' });
  const url = new URL(other);
  url.username = own.username;
  url.password = own.password;
  const client = new pg.Client({ connectionString: url.href, application_name: 'dmz-isolation' });
  client.on('error', () => {});
  try {
    await client.connect();
    note(aim, { through: `the password of ${place.instance} is taken there` });
  } catch (error) {
    const { code } = error as { code?: string };
    note(aim, code === '28P01' ? 'refused' : { untried: `it could not be asked: ${code ?? String(error)}` });
  } finally {
    await client.end().catch(() => {});
  }
}
