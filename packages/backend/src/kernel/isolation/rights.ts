/** What the application's role may do at all: become somebody else, change what is built, reach out of the database. */
import { attempt, describeOutcome } from './attempt.ts';
import type { Field } from './field.ts';
import { forbiddenStatements } from './forbidden-statements.ts';
import { type Group, judge } from './group.ts';
import type { Verdict } from './tally.ts';

export const rights: Group = {
  name: 'rights',
  tries:
    'Becoming each other role; creating, altering, dropping and granting objects, temporary ones too; triggers, policies and settings; files, programs, large objects, other servers, replication, and system catalogues.',
  standsFor: 'A statement injected into one tenant’s request, which looks for a way out of its role.',
  remedy: 'revoke the right from the role and from PUBLIC; pnpm db:check holds roles to what they are for',
  async attack(field, note) {
    const { admin, app, own, place } = field;
    for (const { name, why } of await exemptions(field))
      note({ rule: 'no-role-is-exempt', object: name }, why === null ? 'refused' : { through: why });
    const { rows } = await admin.query(
      "SELECT quote_ident(rolname) AS role FROM pg_roles WHERE rolname <> $1 AND rolname !~ '^dmz_tenant_' ORDER BY 1",
      [place.role],
    );
    const becoming = rows.flatMap(({ role }) => [
      `SET LOCAL ROLE ${role}`,
      `SET LOCAL SESSION AUTHORIZATION ${role}`,
    ]);
    const context = { entered: own.id } as const;
    const table = (field.targets.find(({ filled }) => filled) ?? field.targets[0])?.name ?? 'public.tenants';
    for (const text of becoming) {
      const outcome = await attempt(app, context, text);
      const detail = outcome.state === undefined ? 'the role was taken on' : undefined;
      // A connection that became a tenant's role may go back to what it logged in as.
      const back = place.role !== LOGIN && text.endsWith(LOGIN);
      note({ rule: 'becomes-nobody-else', object: text }, judge(outcome, back ? undefined : detail, true));
    }
    for (const text of forbiddenStatements(place.role, table))
      note({ rule: 'a-right-is-not-there', object: text }, verdictOf(await attempt(app, context, text)));
  },
};

const LOGIN = 'dmz_app';
/** No such function, type, file or feature here: it proves nothing. */
const NOT_HERE = ['42883', '42704', '42P01', '58P01', '0A000', '42601', '3F000'];

function verdictOf(outcome: Awaited<ReturnType<typeof attempt>>): Verdict {
  const { state = '' } = outcome;
  if (outcome.state === undefined) return { through: describeOutcome(outcome) };
  return NOT_HERE.includes(state) ? { untried: `not to be had here: ${outcome.message}` } : 'refused';
}

/** The role itself, and those whose rights it has without asking. */
async function exemptions({ admin, place }: Field): Promise<{ name: string; why: string | null }[]> {
  const { rows } = await admin.query(
    `SELECT rolname AS name, CASE WHEN rolsuper THEN 'it is a superuser' WHEN rolbypassrls THEN 'row security does not bind it (BYPASSRLS)'
       WHEN rolname <> $1 AND rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files',
         'pg_execute_server_program', 'pg_monitor', 'pg_read_all_stats', 'pg_read_all_settings', 'pg_signal_backend', 'pg_maintain', 'dmz_owner')
         THEN format('%s has its rights', $1::text) END AS why
     FROM pg_roles WHERE rolname IN ($1, 'dmz_app') OR pg_has_role($1, oid, 'USAGE') ORDER BY 1`,
    [place.role],
  );
  return rows;
}
