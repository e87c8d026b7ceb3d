/**
 * Conditions that PostgreSQL asks before it asks the policy. It does so where it takes a condition for harmless and for
 * no dearer than the policy; but a condition need not fail by itself to tell what it was told: another one behind it can
 * have a sub-select of its own, which runs only if the row got that far.
 */
import { attempt } from './attempt.ts';
import type { Target } from './field.ts';
import { type Group, judge, SCAN_ALL } from './group.ts';

const DIVISION_BY_ZERO = '22012';
/** Fails when it is run, and not before: PostgreSQL reckons with constants as it plans. */
const failing = (value: string) =>
  `(SELECT ${value} WHERE 1 / (CASE WHEN random() < 2 THEN 0 ELSE 1 END) = 1)`;
const ANY_ID = "'00000000-0000-0000-0000-000000000000'::uuid";

/** Each is true of the other's row until the sub-select runs; by what it costs in the planner's eyes. */
const CONDITIONS: readonly string[] = [
  `tenant_id > ${failing(ANY_ID)}`,
  `tenant_id > ANY (ARRAY[${failing(ANY_ID)}])`,
  `tenant_id = ANY (ARRAY[${failing(ANY_ID)}])`,
  `CASE WHEN tenant_id IS NOT NULL THEN ${failing('true')} END`,
];

export const precedence: Group = {
  name: 'precedence',
  tries:
    'Conditions on the other’s row with a sub-select that fails once it is run, without a tenant: comparisons, lists of one, and what costs the planner nothing.',
  standsFor:
    'Reading another tenant’s row value by value, by whether a second condition was still asked once the first one was.',
  remedy:
    'give the table the policy of its kind, whose second half is asked first; pnpm db:check names what is missing',
  async attack({ app, targets }, note) {
    for (const target of targets)
      for (const condition of CONDITIONS) {
        const aim = { rule: 'the-policy-is-asked-first', object: target.name };
        if (!canBeAsked(target)) {
          note(aim, 'empty');
          continue;
        }
        const text = `${SCAN_ALL}; SELECT FROM ${target.name} WHERE ctid = '${target.preyAt}' AND ${condition}`;
        // Without a tenant no row is one's own, so that whatever fails has failed on another's.
        const outcome = await attempt(app, 'none', text);
        const asked = outcome.state === DIVISION_BY_ZERO;
        note(aim, judge(outcome, asked ? `asked before the policy: ${condition}` : undefined, true));
      }
  },
};

const canBeAsked = ({ preyAt, granted }: Target): boolean =>
  preyAt !== undefined && granted.includes('SELECT');
