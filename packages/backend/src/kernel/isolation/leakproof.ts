/**
 * Functions that say to be leakproof may be asked before a policy is. So each that the platform has is asked about a row of
 * the other's alone, and PostgreSQL's own are held to what they say of themselves in a database beside this one.
 */
import pg from 'pg';
import { attempt } from './attempt.ts';
import { type ExecutableFunction, executableFunctions } from './executable-functions.ts';
import type { Field, Target } from './field.ts';
import { judge, type Note } from './group.ts';

const RULE = 'leakproof-functions-tell-nothing';

export async function callLeaky(field: Field, note: Note): Promise<void> {
  const { admin, place, targets } = field;
  for (const fn of await executableFunctions(admin, place.role)) {
    if (!fn.leakproof || fn.types.length === 0) continue;
    const aim = { rule: RULE, object: fn.signature };
    const asked = targets.flatMap((target) => {
      const call = callOn(target, fn);
      return call === undefined ? [] : [{ target, call }];
    });
    if (asked.length === 0) note(aim, 'empty');
    for (const { target, call } of asked) note(aim, await askAbout(field, target, call));
  }
  await holdBuiltIns(field, note);
}

/** The function of columns of the row, one for each type; undefined where there are none. */
function callOn({ preyAt, columns }: Target, { call, types }: ExecutableFunction): string | undefined {
  if (!preyAt) return undefined;
  const args = types.map(
    (wanted) => columns.find(({ type }) => type === wanted || wanted.startsWith('any'))?.name,
  );
  if (args.includes(undefined)) return undefined;
  return `${call}(${args.map((name) => pg.escapeIdentifier(name ?? '')).join(', ')})`;
}

/** By the row's place in the file, whatever it says then it says of that row. */
async function askAbout({ app, own }: Field, { name, preyAt }: Target, call: string) {
  const text = `SELECT FROM ${name} WHERE ctid = '${preyAt}' AND ${call} IS NOT NULL`;
  const outcome = await attempt(app, { entered: own.id }, text);
  const said = [
    ...outcome.notices,
    ...(outcome.state && !SAYS_NOTHING.includes(outcome.state) ? [outcome.message] : []),
  ];
  const detail = said[0] && `asked about another tenant’s row of ${name}, it said ${JSON.stringify(said[0])}`;
  return judge(outcome, detail, true);
}

/** A right that is not there, a limit of time, a lock: the attempt was not made. */
const SAYS_NOTHING = ['42501', '57014', '55P03'];

/** FirstNormalObjectId: what comes with PostgreSQL is below. Each database has a catalogue of its own, which an ALTER FUNCTION changes. */
const LEAKPROOF =
  'SELECT oid::regprocedure::text AS signature FROM pg_proc WHERE proleakproof AND oid < 16384';

async function holdBuiltIns({ admin, place }: Field, note: Note): Promise<void> {
  const aim = { rule: RULE, object: 'PostgreSQL’s own' };
  const elsewhere = await askBeside(admin, place.adminUrl);
  if (!elsewhere)
    return note(aim, { untried: 'not to be had here: no database beside this one to compare with' });
  const { rows } = await admin.query<{ signature: string }>(LEAKPROOF);
  const marked = rows.map(({ signature }) => signature).filter((signature) => !elsewhere.has(signature));
  for (const object of marked)
    note({ rule: RULE, object }, { through: 'PostgreSQL does not say so of it: somebody did' });
  if (marked.length === 0) note(aim, 'refused');
}

async function askBeside(admin: pg.Client, adminUrl: string): Promise<ReadonlySet<string> | undefined> {
  const { rows } = await admin.query<{ name: string }>(
    "SELECT datname AS name FROM pg_database WHERE datname IN ('postgres', 'template1') AND datallowconn AND datname <> current_database() ORDER BY 1 LIMIT 1",
  );
  if (!rows[0]) return undefined;
  const url = new URL(adminUrl);
  url.pathname = `/${rows[0].name}`;
  const client = new pg.Client({ connectionString: url.href, application_name: 'dmz-isolation' });
  client.on('error', () => {});
  try {
    await client.connect();
    const answer = await client.query<{ signature: string }>(LEAKPROOF);
    return new Set(answer.rows.map(({ signature }) => signature));
  } catch (error) {
    if (error instanceof pg.DatabaseError) return undefined;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
