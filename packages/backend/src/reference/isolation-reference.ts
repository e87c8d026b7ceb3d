/** docs/reference/isolation.md: what `dmz isolation attack` tries, group by group, and what the last recorded run met. */
import { readRecords } from '../benchmark-record.ts';
import { groups } from '../kernel/isolation/index.ts';
import { code, page, table } from './markdown.ts';

export function isolationReference(): string {
  return page('The attack on isolation', INTRO, [
    '## What is tried',
    ...groups.map(({ name, tries, standsFor, remedy }) =>
      [`### ${name}`, tries, `It stands for: ${standsFor}`, `Where something gets through: ${remedy}.`].join(
        '\n\n',
      ),
    ),
    '## What is open on purpose',
    OPEN,
    '## What PostgreSQL tells everybody',
    LIMITS,
    ...lastRun(),
  ]);
}

const INTRO = `\`pnpm dmz isolation attack\` is an attacker who can send any statement from inside one tenant, as a statement that was injected into its
request could. It makes its attempts from the live catalogue, so a table that was made a minute ago is attacked too, as the
role that the program works as, at one place of each tier that the fleet has. Each attempt is a transaction that is rolled
back, with limits of time, so it can run on a platform that serves.

An attempt has got through where there is evidence of it: a row of another tenant’s that was seen, counted, changed or
referred to, or an answer that is another one for what the other tenant has than for what nobody has. That no error came
proves nothing, and neither does an error.

| column | means |
|---|---|
| refused | there was something to take, and it was not given |
| empty | the other tenant has nothing there, so nothing was proved; the tests try the same with rows in every table |
| got through | there is evidence; each is a finding, and the command exits with 1 |
| known | PostgreSQL tells it to everybody, and no right or policy stops it; see below |
| not tried | the attempt could not be made, for a reason that is printed |

Some attempts need a world that is otherwise: without the other’s row, with a month that is still to come, with a key that is out of
use. They are made on the administrator’s connection as the application’s role, in a transaction that is rolled back too; a row that is
put aside there is locked for some milliseconds, and where somebody else has it locked, the attempt is not made. The last net makes no
attempt: \`guards\` reads the catalogue, since a policy that opens next year, or at a word that only its author knows, lets nothing
through today.

What must be found is tried too: \`packages/backend/test/isolation\` breaks isolation in each way that we know, aloud
(\`isolation-breaches.ts\`) and quietly (\`quiet-breaches.ts\`, \`quiet-openings.ts\`), and the attack has to name the rule and the object.`;

const OPEN = `Nothing. \`dmz.locate_tenant\`, which says where a tenant lives and what it is called, answers a program that signs its question,
and nobody else.`;

const LIMITS = `- EXPLAIN shows how many rows the planner expects, from samples of all tenants’ rows, and PostgreSQL has no right against it. Whoever can
  send statements as the application, with a tenant or without, can halve their way to what was sampled: the ids of the tenants with the most
  rows in a table and about how many they have, values that are common among all tenants, and roughly where rare ones begin. Of no value does it
  say whose it is, an id opens nothing, and what a person wrote into append-only tables is encrypted.
- EXPLAIN ANALYZE counts the rows that a policy hid. By an index that does not begin with the tenant it so tells how many rows of
  all tenants refer to one code of a reference table.
- The names of schemas and roles are in the catalogue, which everybody reads, with sizes and counts of rows: a tenant in a schema of its
  own is known by its slug, and by how much it has.
- Who may log in as the application can cancel or end any session of the application’s, and take any advisory lock: that is
  availability, and not isolation.`;

function lastRun(): string[] {
  const record = readRecords().get('isolation-attack');
  if (!record) return [];
  const { columns, rows, measuredOn, machine, reading, command } = record;
  return [
    '## The last recorded run',
    table(
      columns,
      rows.map((row) => row.map(String)),
    ),
    reading.map((line) => `- ${line}`).join('\n'),
    `On ${measuredOn}: ${machine}. Again with ${code(command)}.`,
  ];
}
