/** Tries one statement in one transaction and says what came of it; the building block of every attack. */
import pg from 'pg';
import { enterTenant } from '../harness/enter-tenant.ts';

/** What a transaction says of its tenant before the statement: the honest entry, a raw setting, or nothing at all. */
export type Context = { readonly entered: string } | { readonly set: string } | 'none';

export interface Outcome {
  /** SQLSTATE; undefined where the statement was carried out. */
  readonly state?: string;
  readonly message: string;
  readonly constraint?: string | undefined;
  readonly rowCount: number;
  readonly rows: readonly Record<string, unknown>[];
}

export interface Finding {
  readonly rule: string;
  readonly object: string;
  readonly detail: string;
}

export interface AttemptOptions {
  /** Commits what succeeds, where a success would be the finding. */
  readonly keep?: boolean;
  /** What the same transaction does first, before it enters a tenant. */
  readonly before?: () => Promise<void>;
}

export async function attempt(
  client: pg.Client,
  context: Context,
  text: string,
  values: readonly unknown[] = [],
  options: AttemptOptions = {},
): Promise<Outcome> {
  return inTransaction(client, context, options, async () => {
    const { rowCount, rows } = await client.query(text, [...values]);
    return { message: 'carried out', rowCount: rowCount ?? 0, rows };
  });
}

/** Like `attempt`, for `COPY … TO STDOUT`: the lines are the rows. */
export async function attemptCopy(client: pg.Client, context: Context, text: string): Promise<Outcome> {
  return inTransaction(client, context, {}, async () => {
    const lines = await copyOut(client, text);
    return { message: 'carried out', rowCount: lines.length, rows: lines.map((line) => ({ line })) };
  });
}

async function inTransaction(
  client: pg.Client,
  context: Context,
  { keep = false, before }: AttemptOptions,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  await client.query('BEGIN');
  try {
    await before?.();
    await enter(client, context);
    const outcome = await work();
    await client.query(keep ? 'COMMIT' : 'ROLLBACK');
    return outcome;
  } catch (error) {
    await client.query('ROLLBACK');
    if (!(error instanceof pg.DatabaseError)) throw error;
    const { code = 'none', message, constraint } = error;
    return { state: code, message, constraint, rowCount: 0, rows: [] };
  }
}

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
