/**
 * Knows where tenants live. Answers are remembered without a limit of time: the database itself refuses a stale epoch,
 * and the refused caller forgets and asks again.
 */
import type pg from 'pg';
import { databaseErrors, translateDriverError } from '../db/database-errors.ts';
import type { TenantId } from './tenant-tx.ts';

export interface TenantLocation {
  readonly id: TenantId;
  readonly slug: string;
  readonly name: string;
  readonly tier: 'shared' | 'schema' | 'instance';
  readonly status: string;
  readonly region: string;
  readonly instance: string;
  readonly schema: string | null;
  readonly epoch: number;
}

export class Router {
  readonly #known = new Map<string, TenantLocation>();
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /**
   * @param given  a tenant's id or slug
   * @throws TENANCY_UNKNOWN_TENANT
   */
  async locate(given: string): Promise<TenantLocation> {
    const reference = given.toLowerCase();
    const known = this.#known.get(reference);
    if (known) return known;
    const { rows } = await this.#pool
      .query({ name: 'locate_tenant', text: 'SELECT * FROM dmz.locate_tenant($1)', values: [reference] })
      .catch((error: unknown) => {
        throw translateDriverError(error);
      });
    const [row] = rows;
    if (!row) {
      throw databaseErrors.TENANCY_UNKNOWN_TENANT({
        found: JSON.stringify(reference.slice(0, 60)),
        expected: 'the id or slug of a tenant',
      });
    }
    const location: TenantLocation = { ...row, epoch: Number(row.epoch) };
    this.#known.set(location.id, location).set(location.slug, location);
    return location;
  }

  forget(reference: string): void {
    const known = this.#known.get(reference.toLowerCase());
    if (!known) return;
    this.#known.delete(known.id);
    this.#known.delete(known.slug);
  }
}
