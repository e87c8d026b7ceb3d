/**
 * Functions that say to be leakproof may be asked before a policy is. So each that the platform has is asked about a row of
 * the other's alone.
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
