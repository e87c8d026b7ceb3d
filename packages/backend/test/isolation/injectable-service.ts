/**
 * A service as nobody should write one, behind HTTP on loopback: it puts what a request says into its SQL as it is. Who
 * may speak for which tenant is decided before, so the tenant in the address is believed. It gives back everything that
 * an attacker could hope for, rows and errors alike.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { databaseErrorOf } from '../../src/kernel/db/database-errors.ts';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';
import type { Platform } from '../../src/platform.ts';
import { execute } from '../harness/execute.ts';

export interface Answer {
  readonly rows?: readonly Record<string, unknown>[];
  /** SQLSTATE, or the platform's own code. */
  readonly code?: string;
  readonly message?: string;
}

export interface InjectableService {
  /** People of the tenant whose id is like the text, which is concatenated. */
  people(tenant: string, like: string): Promise<Answer>;
  /** Each statement in its turn, in one transaction of the tenant's; with the rows of all of them. */
  statements(tenant: string, statements: readonly string[]): Promise<Answer>;
  close(): Promise<void>;
}

export async function serveInjectable({ tenancy }: Platform): Promise<InjectableService> {
  const server = createServer(async (request, response) => {
    const body = JSON.stringify(await answer(tenancy, request));
    response.setHeader('content-type', 'application/json').end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (path: string, body: string): Promise<Answer> => {
    const response = await fetch(`${origin}/${path}`, { method: 'POST', body });
    return (await response.json()) as Answer;
  };
  return {
    people: (tenant, like) => ask(`${tenant}/people`, like),
    statements: (tenant, statements) => ask(`${tenant}/statements`, JSON.stringify(statements)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(tenancy: Platform['tenancy'], request: IncomingMessage): Promise<Answer> {
  const [, tenant = '', what] = (request.url ?? '').split('/');
  const body = await text(request);
  try {
    const rows = await tenancy.run(tenant, (tx) =>
      what === 'people' ? findPeople(tx, body) : runAll(tx, JSON.parse(body)),
    );
    return { rows };
  } catch (error) {
    const { code, message } = databaseErrorOf(error) ?? (error as Answer);
    return { code: String(code), message: String(message) };
  }
}

async function findPeople(tx: TenantTx, like: string) {
  const { schema } = tx.placement;
  const users = schema === null ? 'auth.users' : `${schema}.auth_users`;
  const { rows } = await execute(
    tx,
    `SELECT id::text AS id, created_at::text AS since FROM ${users} WHERE id::text LIKE '${like}'`,
  );
  return rows;
}

async function runAll(tx: TenantTx, statements: readonly string[]) {
  const all = [];
  for (const statement of statements) all.push(...(await execute(tx, statement)).rows);
  return all;
}
