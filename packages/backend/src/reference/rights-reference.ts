/**
 * `rights.md`: what each role may do, and what needs it. It is printed from the needs, which `db check` holds to the live
 * database both ways, so it is also what is granted, to the last right. Objects of which the same is said stand together.
 */
import { keyOf, type Need, OWN_SCHEMA_ROLE } from '../kernel/rights/index.ts';
import { platformNeeds, wholeCatalogueUses } from '../rights/index.ts';
import { code, page, table } from './markdown.ts';

/** Roles in the order in which they are met, and what each is. */
const ROLES: readonly (readonly [role: string, is: string])[] = [
  [
    'dmz_app',
    'What the program logs in as. It works in one tenant at a time, and becomes that tenant’s role where the tenant has a schema of its own.',
  ],
  [OWN_SCHEMA_ROLE, 'One a tenant with a schema of its own, which nobody logs in as.'],
  ['dmz_tenant', 'What the roles of tenants with schemas of their own do alike, as its members.'],
  [
    'dmz_mover',
    'Copies whole tenants, past row-level security and triggers; what it has written is verified. It never enters a tenant.',
  ],
  [
    'dmz_maintenance',
    'Tends partitions and purges rows. It reads and writes no row itself: functions that run as the owner do, and say why.',
  ],
  [
    'dmz_owner',
    'Owns every table and function, and so needs to be granted next to nothing. Row-level security binds it too. Nobody logs in as it; the administrator becomes it.',
  ],
];

const KINDS = [
  'attribute',
  'membership',
  'database',
  'parameter',
  'language',
  'schema',
  'function',
  'table',
  'column',
];

export function rightsReference(): string {
  const needs = platformNeeds();
  const intro =
    'Every right that a role has been given, and the use case that needs it: services by their file, commands by their ' +
    'name. A right that is not here is a finding of `pnpm db:check` (`grant-without-a-need`), whatever kind of object it is ' +
    'on, and so is one that is here and not held (`need-without-a-grant`). What services do is read off their code; why, ' +
    'and how a right comes to be granted, says [ADR 15](../adr/0015-least-privilege.md).';
  const words = table(['use case', 'what it is'], Object.entries(wholeCatalogueUses));
  const sections = ROLES.flatMap(([role, is]) => [`## ${role}`, is, ...tablesOf(role, needs)]);
  const everywhere = ['Use cases that concern every table that the catalogue says they do:', words];
  return page('Rights', intro, [...everywhere, ...sections, '## PUBLIC', PUBLIC]);
}

/** A tenant's own role may do with its tables what the application may with the modules', which is said once. */
function tablesOf(role: string, needs: readonly Need[]): string[] {
  const own = needs.filter((need) => need.role === role);
  if (role !== OWN_SCHEMA_ROLE) return [tableOf(own)];
  const ofApplication = needs.filter((need) => need.role === 'dmz_app' && need.at === 'database');
  const alike = new Set(ofApplication.map((need) => keyOf({ ...need, role, at: 'own schema' })));
  const isOfRows = ({ on }: Need) => on === 'table' || on === 'column';
  if (!own.filter(isOfRows).every((need) => alike.has(keyOf(need)))) return [tableOf(own)];
  const others = tableOf(own.filter((need) => !isOfRows(need)));
  return [others, 'Tables and columns: those of tenants, as `dmz_app` above.'];
}

const PUBLIC =
  'Nothing: not on the database, nor on a schema, table, function, type or language of the platform, nor on what is made ' +
  'next (`ALTER DEFAULT PRIVILEGES` takes EXECUTE on functions away). What PostgreSQL itself lets everybody do, to read its ' +
  'catalogue and to call its functions, is left as it came, but for large objects, which are closed, and languages: the ' +
  'application cannot run code of its own by `DO`.';

function tableOf(needs: readonly Need[]): string {
  const byObject = new Map<string, Need[]>();
  for (const need of needs) {
    const key = `${need.on} ${need.object}`;
    byObject.set(key, [...(byObject.get(key) ?? []), need]);
  }
  // Objects of which the same is said, in the same words.
  const alike = new Map<
    string,
    { readonly on: string; readonly objects: string[]; readonly said: string[] }
  >();
  for (const ofObject of byObject.values()) {
    const [{ on, object } = { on: '', object: '' }] = ofObject;
    const said = [privilegesOf(ofObject), reasonsOf(ofObject)];
    const key = [on, ...said].join('\u0000');
    const objects = [...(alike.get(key)?.objects ?? []), object];
    alike.set(key, { on, objects, said });
  }
  const rows = [...alike.values()]
    .map(({ on, objects, said }) => [on, objects.sort().filter(Boolean).map(code).join(', '), ...said])
    .sort(inOrder);
  return table(['on', 'object', 'may', 'needed by'], rows);
}

const ORDER = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

function privilegesOf(needs: readonly Need[]): string {
  const all = [...new Set(needs.map(({ privilege }) => privilege))];
  return all.sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other)).join(', ');
}

/** Use cases by privilege, where there are several. */
function reasonsOf(needs: readonly Need[]): string {
  const privileges = privilegesOf(needs).split(', ');
  const lines = privileges.map((privilege) => {
    const useCases = [
      ...new Set(needs.filter((need) => need.privilege === privilege).map(({ useCase }) => useCase)),
    ];
    return `${privileges.length > 1 ? `${privilege}: ` : ''}${useCases.join('; ')}`;
  });
  return lines.join('\n');
}

const inOrder = (one: readonly string[], other: readonly string[]) =>
  KINDS.indexOf(one[0] ?? '') - KINDS.indexOf(other[0] ?? '') || ((one[1] ?? '') < (other[1] ?? '') ? -1 : 1);
