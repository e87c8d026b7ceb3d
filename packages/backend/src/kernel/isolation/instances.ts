/** Each instance lets in with its own passwords alone, and serves its own tenants alone. */
import pg from 'pg';
import { attempt } from './attempt.ts';
import type { Field } from './field.ts';
import { type Group, judge, type Note } from './group.ts';
import type { Verdict } from './tally.ts';

export const instances: Group = {
  name: 'instances',
  tries:
    'The credentials of this instance at every other one; at this one its password and those that anybody would guess, for every role of the platform that may log in; and entries into tenants that live elsewhere.',
  standsFor: 'A password that was stolen from one customer’s instance, used at another’s.',
  remedy:
    'give each instance an administrator’s password of its own, from which the passwords of its roles follow',
  async attack(field, note) {
    for (const { instance, appUrl } of field.place.others) await tryInstance(field, instance, appUrl, note);
    await tryRoles(field, note);
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
  const { username, password } = own;
  note(aim, await tryPassword(other, { username, password }));
}

/** The application's own password opens its own role; a server that trusts its callers takes any for any. */
async function tryRoles({ admin, place }: Field, note: Note): Promise<void> {
  const { rows } = await admin.query<{ role: string }>(
    "SELECT rolname AS role FROM pg_roles WHERE rolcanlogin AND rolname LIKE 'dmz\\_%' ORDER BY 1",
  );
  const own = new URL(place.appUrl);
  for (const { role } of rows)
    for (const password of [decodeURIComponent(own.password), '', role, 'postgres']) {
      if (role === decodeURIComponent(own.username) && password === decodeURIComponent(own.password))
        continue;
      const aim = { rule: 'a-password-opens-one-role', object: role };
      const [username, guessed] = [role, password].map(encodeURIComponent);
      note(aim, await tryPassword(own, { username: username ?? '', password: guessed ?? '' }));
    }
}

async function tryPassword(
  place: URL,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<Verdict> {
  const url = new URL(place);
  url.username = username;
  url.password = password;
  const client = new pg.Client({ connectionString: url.href, application_name: 'dmz-isolation' });
  client.on('error', () => {});
  try {
    await client.connect();
    return { through: 'the password is taken there' };
  } catch (error) {
    const { code } = error as { code?: string };
    const noPassword = password === '' && !(error instanceof pg.DatabaseError); // the driver has none to send
    return code === '28P01' || noPassword
      ? 'refused'
      : { untried: `it could not be asked: ${code ?? String(error)}` };
  } finally {
    await client.end().catch(() => {});
  }
}
