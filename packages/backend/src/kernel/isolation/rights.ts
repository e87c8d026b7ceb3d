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
    const owned = await ownerships(field);
    for (const object of owned)
      note({ rule: 'the-application-owns-nothing', object }, { through: 'it is its own' });
    if (owned.length === 0) note({ rule: 'the-application-owns-nothing', object: place.role }, 'refused');
    const { rows } = await admin.query(
      "SELECT quote_ident(rolname) AS role FROM pg_roles WHERE rolname <> $1 AND rolname !~ '^dmz_tenant_' ORDER BY 1",
      [place.role],
    );
    const becoming = rows.flatMap(({ role }) => [
      `SET LOCAL ROLE ${role}`,
      `SET LOCAL SESSION AUTHORIZATION ${role}`,
      `GRANT ${role} TO ${place.role}`,
    ]);
    const context = { entered: own.id } as const;
    const table = (field.targets.find(({ filled }) => filled) ?? field.targets[0])?.name ?? 'public.tenants';
    for (const text of becoming) {
      const outcome = await attempt(app, context, text);
      const detail = outcome.state === undefined ? 'the role was taken on' : undefined;
      // A connection that became a tenant's role may go back to what it logged in as.
      const back = place.role !== LOGIN && text.endsWith(` ${LOGIN}`);
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

/** Who owns an object can change it, its rights and what it does, whatever is granted. */
async function ownerships({ admin, place }: Field): Promise<string[]> {
  const { rows } = await admin.query(
    `SELECT DISTINCT pg_describe_object(classid, objid, objsubid) AS what FROM pg_shdepend
     WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o' AND refobjid IN ($1::regrole, $2::regrole)
       AND (dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
         OR dbid = 0 AND (classid <> 'pg_database'::regclass OR objid = (SELECT oid FROM pg_database WHERE datname = current_database())))
     ORDER BY 1`,
    [place.role, LOGIN],
  );
  return rows.map(({ what }) => what);
}

/** The role itself, and those that it is a member of, in whichever way. */
async function exemptions({ admin, place }: Field): Promise<{ name: string; why: string | null }[]> {
  const { rows } = await admin.query(
    `SELECT rolname AS name, CASE WHEN rolsuper THEN 'it is a superuser' WHEN rolbypassrls THEN 'row security does not bind it (BYPASSRLS)'
       WHEN rolreplication THEN 'it may read the log of changes (REPLICATION)' WHEN rolcreaterole THEN 'it may make and grant roles (CREATEROLE)'
       WHEN rolname ~ '^(pg_|dmz_(owner|mover|maintenance)$)' THEN 'what logs in as the application is a member of it' END AS why
     FROM pg_roles WHERE rolname IN ($1, $2) OR pg_has_role($1, oid, 'MEMBER') OR pg_has_role($2, oid, 'MEMBER') ORDER BY 1`,
    [place.role, LOGIN],
  );
  return rows;
}
