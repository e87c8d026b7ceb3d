/**
 * Tries one statement in one transaction, which is rolled back whatever comes of it, and says what came: the building
 * block of every attack. No attempt waits for others' locks, or runs, for longer than its limits.
 */
import pg from 'pg';
import { enterTenant } from './enter-tenant.ts';

/** What a transaction says of its tenant before the statement: the honest entry, raw settings, or nothing at all. */
export type Context = { readonly entered: string } | { readonly set: string } | 'none';

export interface Outcome {
  /** SQLSTATE; undefined where the statement was carried out. */
  readonly state?: string;
  readonly message: string;
  readonly constraint?: string | undefined;
  readonly column?: string | undefined;
  /** What of PostgreSQL refused it; no words, so the same in every language. */
  readonly routine?: string | undefined;
  readonly rowCount: number;
  readonly rows: readonly Record<string, unknown>[];
  /** What the server said beside it. */
  readonly notices: readonly string[];
}

export interface AttemptOptions {
  /** Commits what succeeds, where a success would be the finding; for tests, whose databases are their own. */
  readonly keep?: boolean;
  /** What the same transaction does first, before it enters a tenant. */
  readonly before?: () => Promise<void>;
}

/** Nobody else may notice an attack: it gives up before it holds anybody up. */
export const BEGIN = "BEGIN; SET LOCAL statement_timeout = '5s'; SET LOCAL lock_timeout = '200ms'";

export async function attempt(
  client: pg.Client,
  context: Context,
  text: string,
  values: readonly unknown[] = [],
  options: AttemptOptions = {},
): Promise<Outcome> {
  return inTransaction(client, context, options, async () => {
    const answer = await client.query(text, [...values]);
    // Several statements without values give several answers; the last one is what was tried.
    const last = Array.isArray(answer) ? answer.at(-1) : answer;
    return { rowCount: last.rowCount ?? 0, rows: last.rows };
  });
}

/** Like `attempt`, for `COPY … TO STDOUT`: the lines are the rows. */
export async function attemptCopy(client: pg.Client, context: Context, text: string): Promise<Outcome> {
  return inTransaction(client, context, {}, async () => {
    const lines = await copyOut(client, text);
    return { rowCount: lines.length, rows: lines.map((line) => ({ line })) };
  });
}

async function inTransaction(
  client: pg.Client,
  context: Context,
  { keep = false, before }: AttemptOptions,
  work: () => Promise<Pick<Outcome, 'rowCount' | 'rows'>>,
): Promise<Outcome> {
  const notices: string[] = [];
  const hear = ({ message = '' }: { message?: string | undefined }) => void notices.push(message);
  client.on('notice', hear);
  try {
    await client.query(BEGIN);
    await before?.();
    await enter(client, context);
    const outcome = await work();
    await client.query(keep ? 'COMMIT' : 'ROLLBACK');
    return { message: 'carried out', notices, ...outcome };
  } catch (error) {
    await client.query('ROLLBACK');
    return { ...refusalOf(error), notices };
  } finally {
    client.off('notice', hear);
  }
}

/** What PostgreSQL has refused; whatever else has failed is thrown again. */
export function refusalOf(error: unknown): Outcome {
  if (!(error instanceof pg.DatabaseError)) throw error;
  const { code = 'none', message, constraint, column, routine } = error;
  return { state: code, message, constraint, column, routine, rowCount: 0, rows: [], notices: [] };
}

/** A limit of time was reached: of the statement, or of the wait for somebody's lock. */
export const isHeldUp = ({ state = '' }: Outcome): boolean => ['57014', '55P03'].includes(state);

async function enter(client: pg.Client, context: Context): Promise<void> {
  if (context === 'none') return;
  if ('entered' in context) return enterTenant(client, context.entered);
  await client.query("SELECT set_config('dmz.tenant_id', $1, true), set_config('dmz.entered', $1, true)", [
    context.set,
  ]);
}

/** The driver throws copied data away, so this query keeps it. */
class CopyOut extends pg.Query {
  readonly chunks: Buffer[] = [];
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    this.chunks.push(Buffer.from(chunk)); // the driver's buffer is used again
  }
}

async function copyOut(client: pg.Client, text: string): Promise<string[]> {
  const query = new CopyOut(text);
  await new Promise<void>((resolve, reject) => {
    query.on('end', () => resolve());
    query.on('error', reject);
    client.query(query);
  });
  return Buffer.concat(query.chunks).toString('utf8').split('\n').filter(Boolean);
}

export const describeOutcome = ({ state, message, rowCount }: Outcome): string =>
  state === undefined ? `carried out, ${rowCount} rows` : `${state} ${message}`;
