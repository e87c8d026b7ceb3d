/**
 * A person with a row in every table that declares personal data, and in each such column a value that is found again
 * wherever it is copied to: what an export must contain, and what an erasure must leave nowhere.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { getTableColumns } from 'drizzle-orm';
import pg from 'pg';
import { erasureParts } from '../../src/data-subjects/erasure-parts.ts';
import {
  columnOf,
  pathsOf,
  type SubjectTable,
  subjectTablesAt,
} from '../../src/data-subjects/person-rows.ts';
import type { SubjectPath } from '../../src/kernel/db/index.ts';
import {
  MODULE_SCHEMAS,
  type Place,
  readTenantTables,
  type TenantTable,
} from '../../src/kernel/isolation/tenant-tables.ts';
import type { Platform } from '../../src/platform.ts';
import { fillTables, insertGuess } from '../isolation/fill-tables.ts';

export interface Canary {
  /** As schema.table, and the column's SQL name. */
  readonly table: string;
  readonly column: string;
  /** The row that it is in. */
  readonly id: string;
  /** How the database writes it; what is encrypted, in the clear. */
  readonly text: string;
  readonly sealed: boolean;
  /** False where the column takes too few values for one to be found again elsewhere. */
  readonly telling: boolean;
}

export interface CanaryPerson {
  readonly userId: string;
  readonly email: string;
  readonly canaries: readonly Canary[];
  /** Ids of the person's rows. */
  readonly rows: readonly string[];
}

/** What a row must say for the person to be somebody whom nothing keeps from being forgotten. */
const FIXED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'auth.users': { status: "'active'", erased_at: 'NULL', deleted_at: 'NULL' },
  'training.management_attestations': { period_starts_on: "'2026-01-01'", period_ends_on: "'2026-12-31'" },
  'training.program_reviews': { period_starts_on: "'2026-01-01'", period_ends_on: "'2026-12-31'" },
  'training.assessment_results': { started_at: "'2026-01-01T10:00Z'", submitted_at: "'2026-01-01T10:30Z'" },
  'social.leaderboard_entries': { team_id: 'NULL', corporation_id: 'NULL' },
  'auth.oauth_clients': { endpoint_auth_method: "'client_secret_basic'", jwks_uri: 'NULL' },
  // Else the guess for it may be the account's name.
  'lrs.agents': { account_home_page: "'https://example.test/'" },
  'governance.privacy_requests': {
    kind: "'access'",
    status: "'received'",
    postponement: 'NULL',
    legal_hold_id: 'NULL',
    refusal: 'NULL',
    closed_at: 'NULL',
  },
  'governance.legal_holds': {
    action: "'placed'",
    scope: "'table'",
    table_name: "'auth.roles'",
    user_id: 'NULL',
    releases_id: 'NULL',
  },
};
/** Rows of the person that others go with: a guess could be another person's, and take theirs along. */
const BESIDE: Readonly<Record<string, readonly [column: string, table: string]>> = {
  'auth.sessions': ['identity_id', 'auth.identities'],
};
const VALID = { status: "'valid'", supersedes_id: 'NULL', status_reason: 'NULL' };
/** Keys come with what they encrypt. */
const SKIPPED = ['governance.subject_keys'];

interface Ground {
  readonly platform: Platform;
  readonly admin: pg.Client;
  readonly tenant: string;
  readonly place?: Place;
}

/** What would bind the tenant to keep evidence, and keys that no master key has wrapped. */
const UNWANTED = [
  'org.tenant_frameworks',
  'org.tenant_retention_policies',
  'governance.legal_holds',
  'governance.subject_keys',
  'governance.tenant_keys',
];

/** Gives every table of a tenant rows of other people, and takes away what no real tenant of this kind would have. */
export async function fillTenant({ admin, platform, tenant, place = MODULE_SCHEMAS }: Ground): Promise<void> {
  const { id } = await platform.tenancy.locate(tenant);
  const tables = await readTenantTables(admin, place);
  // Entries that no trigger has chained would be found by whoever verifies the log, and guessed content cannot be played.
  await fillTables(
    admin,
    tables.filter(
      ({ name }) =>
        !/[._](audit_\w+|content_packs|email_templates|document_templates|scenario\w*)$/.test(name),
    ),
    id,
  );
  await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
  for (const table of UNWANTED)
    await admin.query(`DELETE FROM ${placed(table, place)} WHERE tenant_id = $1`, [id]);
  await admin.query('COMMIT');
}

export const placed = (table: string, { schema }: Place): string =>
  schema === null ? table : `${schema}.${table.replace('.', '_')}`;

/** @throws where a table or a column cannot be given a value: teach guess-values.ts, or `candidates` here */
export async function addCanaryPerson(ground: Ground): Promise<CanaryPerson> {
  const { platform, admin, tenant, place = MODULE_SCHEMAS } = ground;
  const location = await platform.tenancy.locate(tenant);
  const live = new Map((await readTenantTables(admin, place)).map((table) => [table.name, table]));
  const tables = await platform.tenancy.run(tenant, async (tx) => subjectTablesAt(tx));
  const person = new Builder(admin, location.id, place, live);
  const sources = [...new Map(erasureParts(tables).map((part) => [part.source.name, part.source])).values()];
  await admin.query('BEGIN; SET LOCAL session_replication_role = replica');
  // People first, then what leads to them.
  for (const source of sources.toReversed())
    if (!SKIPPED.includes(source.name)) await person.addRow(source, tables);
  await admin.query('COMMIT');
  await person.seal(platform, tenant, sources);
  const email = person.canaries.find(({ table, column }) => table === 'auth.users' && column === 'email');
  return {
    userId: person.idOf('auth.users'),
    email: email?.text ?? '',
    canaries: person.canaries,
    rows: [...person.rows.values(), ...person.more],
  };
}

class Builder {
  readonly canaries: Canary[] = [];
  readonly rows = new Map<string, string>();
  /** Ids of the person's other rows. */
  readonly more: string[] = [];
  readonly #fixed = new Map<string, ReadonlyMap<string, string>>();
  readonly #admin: pg.Client;
  readonly #tenantId: string;
  readonly #place: Place;
  readonly #live: ReadonlyMap<string, TenantTable>;

  constructor(admin: pg.Client, tenantId: string, place: Place, live: ReadonlyMap<string, TenantTable>) {
    this.#admin = admin;
    this.#tenantId = tenantId;
    this.#place = place;
    this.#live = live;
  }

  idOf(table: string): string {
    const id = this.rows.get(table);
    if (id) return id;
    throw new Error(`${table} has no row of the person`);
  }

  async addRow(source: SubjectTable, tables: ReadonlyMap<string, SubjectTable>): Promise<void> {
    if (this.rows.has(source.name)) return;
    const paths = [...(pathsOf(source) ?? []), ...source.meta.subjectOf.values()];
    const id = randomUUID();
    const fixed = new Map(Object.entries({ id: `'${id}'`, ...FIXED[source.name] }));
    // A record by itself: what supersedes another one is another one's only.
    if ('supersedesId' in getTableColumns(source.table))
      for (const [name, value] of Object.entries(VALID)) fixed.set(name, value);
    const [column, name = ''] = BESIDE[source.name] ?? [];
    const beside = tables.get(name);
    if (column && beside) {
      await this.addRow(beside, tables);
      fixed.set(column, `'${this.idOf(name)}'`);
    }
    for (const path of paths) {
      const target = tables.get(path.target);
      if (target && !SKIPPED.includes(path.target)) await this.addRow(target, tables);
      if (!fixed.has(path.column)) fixed.set(path.column, await this.#valueOf(path, tables));
    }
    const table = this.#live.get(placed(source.name, this.#place));
    if (!table) throw new Error(`${source.name} is not in the database`);
    const refusal = await insertGuess(this.#admin, table, this.#tenantId, { fixed });
    if (refusal) throw new Error(`${source.name} could not be filled: ${refusal.code} ${refusal.message}`);
    this.rows.set(source.name, id);
    this.#fixed.set(source.name, fixed);
    for (const column of source.meta.pii.keys())
      if (!(await this.#mark(source, id, column, paths)))
        await this.#markAnother(source, table, column, fixed);
  }

  /** Where columns exclude each other, in a row of its own. */
  async #markAnother(
    source: SubjectTable,
    table: TenantTable,
    column: string,
    fixed: ReadonlyMap<string, string>,
  ): Promise<void> {
    const id = randomUUID();
    for (const candidate of candidates(typeOf(source, column))) {
      const values = new Map([...fixed, ['id', `'${id}'`], [column, pg.escapeLiteral(candidate)]]);
      if (await insertGuess(this.#admin, table, this.#tenantId, { fixed: values, tries: 60 })) continue;
      this.more.push(id);
      this.canaries.push({ table: source.name, column, id, text: candidate, sealed: false, telling: true });
      return;
    }
    throw new Error(`${source.name}.${column} could not be given a value`);
  }

  async #valueOf(path: SubjectPath, tables: ReadonlyMap<string, SubjectTable>): Promise<string> {
    const target = tables.get(path.target);
    if (!target || !this.rows.has(path.target)) return 'NULL';
    const column = columnOf(target.table, path.key).name;
    const { rows } = await this.#admin.query(
      `SELECT ${column}::text AS value FROM ${placed(path.target, this.#place)} WHERE tenant_id = $1 AND id = $2`,
      [this.#tenantId, this.idOf(path.target)],
    );
    return pg.escapeLiteral(rows[0].value);
  }

  /** Puts a telling value into a column, unless it leads to the person or only a key can read it. @returns whether it took one */
  async #mark(
    source: SubjectTable,
    id: string,
    column: string,
    paths: readonly SubjectPath[],
  ): Promise<boolean> {
    const { meta } = source;
    if ([...meta.encrypted.values()].includes(column)) return true;
    const where = `${placed(source.name, this.#place)} SET ${column}`;
    const type = typeOf(source, column);
    const isKey = paths.some((path) => path.column === column) || type === 'uuid';
    let telling = false;
    if (!isKey)
      for (const candidate of candidates(type)) {
        const attempt = `SAVEPOINT c; UPDATE ${where} = ${pg.escapeLiteral(candidate)} WHERE tenant_id = '${this.#tenantId}' AND id = '${id}'; RELEASE c`;
        telling = await this.#admin.query(attempt).then(
          () => true,
          () => false,
        );
        if (telling) break;
        await this.#admin.query('ROLLBACK TO SAVEPOINT c');
      }
    const { rows } = await this.#admin.query(
      `SELECT ${column}::text AS value FROM ${placed(source.name, this.#place)} WHERE tenant_id = $1 AND id = $2`,
      [this.#tenantId, id],
    );
    if (rows[0].value === null) return false;
    const text = /^\{|^\[/.test(rows[0].value)
      ? (/[0-9a-f]{24}/.exec(rows[0].value)?.[0] ?? rows[0].value)
      : rows[0].value;
    const tells = telling && !/^\d{1,3}$/.test(text);
    this.canaries.push({
      table: source.name,
      column,
      id,
      text: withoutMask(text),
      sealed: false,
      telling: tells,
    });
    return true;
  }

  /** The same for what only a key can read, in rows of their own; what was guessed elsewhere is encrypted in its place. */
  async seal(platform: Platform, tenant: string, sources: readonly SubjectTable[]): Promise<void> {
    for (const source of sources.filter(({ meta, name }) => meta.encrypted.size > 0 && this.rows.has(name))) {
      const table = this.#live.get(placed(source.name, this.#place));
      if (!table) throw new Error(`${source.name} is not in the database`);
      const id = randomUUID();
      const sealed = await this.#sealed(platform, tenant, source, table, id);
      const fixed = new Map([...(this.#fixed.get(source.name) ?? []), ['id', `'${id}'`], ...sealed]);
      await this.#admin.query('BEGIN; SET LOCAL session_replication_role = replica');
      const refusal = await insertGuess(this.#admin, table, this.#tenantId, { fixed });
      if (refusal) throw new Error(`${source.name} could not be sealed: ${refusal.code} ${refusal.message}`);
      this.more.push(id);
      await this.#sealGuessed(platform, tenant, source, table);
      await this.#admin.query('COMMIT');
    }
  }

  /** @returns SQL expressions by column, the one that names the key among them */
  async #sealed(platform: Platform, tenant: string, source: SubjectTable, table: TenantTable, id: string) {
    const userId = this.idOf('auth.users');
    const texts = Object.fromEntries(
      [...source.meta.encrypted.keys()].map((key) => [key, `sealed ${marker()}`]),
    );
    const sealed = await platform.tenancy.run(tenant, (tx) =>
      TENANTS_KEY.has(source.name)
        ? platform.keys.sealForTenant(tx, source.table as never, id, texts as never)
        : platform.keys.sealForPerson(tx, userId, source.table as never, id, texts as never),
    );
    const values = new Map<string, string>();
    for (const [key, column] of source.meta.encrypted) {
      values.set(column, pg.escapeLiteral(String(Reflect.get(sealed.columns, key))));
      const text = texts[key] ?? '';
      this.canaries.push({ table: source.name, column, id, text, sealed: true, telling: true });
    }
    for (const name of ['subject_key_id', 'key_id', 'key_reference'])
      if (table.columns.some((column) => column.name === name)) values.set(name, `'${sealed.keyId}'`);
    return values;
  }

  async #sealGuessed(
    platform: Platform,
    tenant: string,
    source: SubjectTable,
    table: TenantTable,
  ): Promise<void> {
    const id = this.idOf(source.name);
    const where = `WHERE tenant_id = '${this.#tenantId}' AND id = '${id}'`;
    const { rows } = await this.#admin.query(`SELECT * FROM ${table.name} ${where}`);
    const guessed = [...source.meta.encrypted.values()].filter((column) => rows[0]?.[column]);
    if (guessed.length === 0) return;
    const sealed = await this.#sealed(platform, tenant, source, table, id);
    const set = [...sealed].filter(([column]) => guessed.includes(column) || !source.meta.pii.has(column));
    await this.#admin.query(
      `UPDATE ${table.name} SET ${set.map((each) => each.join(' = ')).join(', ')} ${where}`,
    );
    const isLeft = ({ table: name, column, id: row }: Canary) =>
      name === source.name && row === id && source.meta.pii.has(column) && !guessed.includes(column);
    for (const canary of this.canaries.filter((each) => each.sealed && isLeft(each)))
      this.canaries.splice(this.canaries.indexOf(canary), 1);
  }
}

/** Tables of people's rows whose secrets the tenant's key reads. */
const TENANTS_KEY = new Set(['notification.push_subscriptions']);

const typeOf = ({ table }: SubjectTable, column: string): string =>
  Object.values(getTableColumns(table))
    .find(({ name }) => name === column)
    ?.getSQLType() ?? 'text';

/** COPY writes an address alone without its mask, a cast to text with it. */
const withoutMask = (text: string) => text.replace(/^([0-9a-f:.]+)[/](128|32)$/, '$1');

const marker = () => randomBytes(12).toString('hex');

/** Values that stand for themselves, one of which the checks on a column take. */
function candidates(type: string): string[] {
  const mark = marker();
  const sha256 = createHash('sha256').update(mark).digest();
  if (type === 'jsonb') return [`{"canary": "${mark}"}`, `["${mark}"]`];
  if (type === 'inet') return [`2001:db8:${mark.slice(0, 4)}:${mark.slice(4, 8)}::1`];
  if (type === 'bytea') return [`\\x${sha256.toString('hex')}`];
  if (type.startsWith('timestamp'))
    return [
      `2021-03-04 05:${10 + ((sha256[0] ?? 0) % 50)}:07.${100_000 + ((sha256[1] ?? 0) * 256 + (sha256[2] ?? 0))}+00`,
    ];
  if (/int$|^integer/.test(type)) return ['137', '3'];
  if (type !== 'text') return [];
  const digits = BigInt(`0x${mark}`).toString().slice(0, 10);
  return [
    `Canary ${mark}`,
    `canary-${mark}`,
    `c${mark.slice(0, 20)}`,
    `canary-${mark}@example.test`,
    `mailto:canary-${mark}@example.test`,
    `https://example.test/${mark}`,
    `+49${digits}`,
    sha256.toString('hex'),
    sha256.toString('base64url'),
    createHash('sha1').update(mark).digest('hex'),
    createHash('sha512').update(mark).digest('base64url'),
  ];
}
