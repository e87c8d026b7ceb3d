/**
 * Knows where tenants live, by asking the control database. Answers are remembered without a limit of time, so that the
 * control database may rest while instances serve: the place itself refuses whoever is stale, and the refused caller
 * forgets and asks again. An instance that cannot be reached may have been left, too; that is a doubt, which is asked
 * about, and which keeps the known answer when nobody can answer.
 */
import { questionOf, type Signer } from '../context/index.ts';
import { databaseErrorOf, databaseErrors } from '../db/database-errors.ts';
import { DmzError, isDmzError, quoted } from '../errors/index.ts';
import { MAIN_INSTANCE } from '../instances/index.ts';
import { tenancyErrors } from './errors.ts';
import { failDriver, type InstancePools } from './instance-pools.ts';
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

/**
 * What a place answers that the tenant has left and that was cleared since: no such resident, function, schema, table or
 * role, or no right to it. At the right place each of them is a fault of its own.
 */
const MAY_BE_STALE = ['ZD002', '42883', '3F000', '42P01', '22023', '42704', '42501'];
const QUERY_CANCELED = '57014';
const OF_PLACE = ['TENANCY_MOVED', 'TENANCY_NOT_SERVED', 'TENANCY_UNKNOWN_TENANT', 'INSTANCE_UNKNOWN'];
const UNREACHABLE = ['DATABASE_UNAVAILABLE', 'INSTANCE_DOWN'];

export class Router {
  readonly #known = new Map<string, TenantLocation>();
  /** Ids whose location is asked for again before it is used. */
  readonly #doubted = new Set<string>();
  readonly #pools: Pick<InstancePools, 'lend'>;
  readonly #signer: Signer;

  /** @param signer  shows the control database that it is a program that asks */
  constructor(pools: Pick<InstancePools, 'lend'>, signer: Signer) {
    this.#pools = pools;
    this.#signer = signer;
  }

  /**
   * @param given  a tenant's id or slug
   * @throws TENANCY_UNKNOWN_TENANT, DATABASE_UNAVAILABLE
   */
  async locate(given: string): Promise<TenantLocation> {
    const reference = referenceOf(given);
    if (reference === undefined) throw unknownTenant(given);
    const known = this.#known.get(reference);
    if (known && !this.#doubted.has(known.id)) return known;
    try {
      return await this.#ask(reference);
    } catch (error) {
      const silent = error instanceof DmzError && UNREACHABLE.includes(error.code);
      if (known && silent) return known;
      throw error;
    }
  }

  /** Draws the conclusion from what work in a tenant failed with. */
  heed(given: string, error: unknown): void {
    const known = this.#known.get(referenceOf(given) ?? '');
    if (!known || !(error instanceof DmzError)) return;
    if (OF_PLACE.includes(error.code)) this.#forget(known);
    else if (UNREACHABLE.includes(error.code)) this.#doubted.add(known.id);
  }

  /**
   * Tells a stale location, and a move that is under way, from a fault of the place.
   *
   * @returns TENANCY_MOVED when the tenant lives elsewhere by now, TENANCY_INTERRUPTED when a move has cancelled the
   *   work; else the error as it was
   */
  async explainRefusal(given: string, refused: TenantLocation, error: unknown): Promise<unknown> {
    const state = databaseErrorOf(error)?.code ?? '';
    if (state === QUERY_CANCELED && (await this.#isInterrupted(refused)))
      return tenancyErrors.TENANCY_INTERRUPTED({ cause: error });
    const stale = isDmzError(error, 'INSTANCE_UNKNOWN') || MAY_BE_STALE.includes(state);
    if (!stale) return error;
    this.#forget(refused);
    const present = await this.locate(given).catch(() => refused);
    if (isSamePlace(present, refused)) return error;
    return databaseErrors.TENANCY_MOVED({
      found: describe(present),
      expected: describe(refused),
      cause: error,
    });
  }

  /** Where nobody can be asked, the cancellation is left as it is. */
  async #isInterrupted({ id, instance }: TenantLocation): Promise<boolean> {
    const query = { text: 'SELECT dmz.interrupted_by_move($1) AS interrupted', values: [id] };
    const asked = this.#pools.lend(instance, (client) => client.query(query));
    return asked.then(
      ({ rows }) => rows[0].interrupted,
      () => false,
    );
  }

  #forget({ id, slug }: TenantLocation): void {
    this.#known.delete(id);
    this.#known.delete(slug);
    this.#doubted.delete(id);
  }

  async #ask(reference: string): Promise<TenantLocation> {
    const question = { name: 'locate_tenant', text: 'SELECT * FROM dmz.locate_tenant($1, $2)' };
    const { rows } = await this.#pools.lend(MAIN_INSTANCE, (client, discard) =>
      this.#signer
        .entering(MAIN_INSTANCE, client, (sign) =>
          client.query({ ...question, values: [reference, sign(questionOf(reference))] }),
        )
        .catch((error) => {
          if (!databaseErrorOf(error)) discard(error);
          return failDriver(error);
        }),
    );
    const [row] = rows;
    if (!row) throw unknownTenant(reference);
    const location: TenantLocation = { ...row, epoch: Number(row.epoch) };
    this.#known.set(location.id, location).set(location.slug, location);
    this.#doubted.delete(location.id);
    return location;
  }
}

/** Letters of a slug or an id; whoever folds others too would take the Kelvin sign for a k, and one tenant for another. */
const REFERENCE = /^[a-z\d-]{1,63}$/i;

const referenceOf = (given: unknown): string | undefined =>
  typeof given === 'string' && REFERENCE.test(given) ? given.toLowerCase() : undefined;

const unknownTenant = (given: unknown) =>
  databaseErrors.TENANCY_UNKNOWN_TENANT({ found: quoted(given), expected: 'the id or slug of a tenant' });

const isSamePlace = (one: TenantLocation, other: TenantLocation): boolean =>
  one.instance === other.instance && one.schema === other.schema && one.epoch === other.epoch;

const describe = ({ instance, schema, epoch }: TenantLocation): string =>
  `instance ${instance}, ${schema === null ? 'the module schemas' : `schema ${schema}`}, epoch ${epoch}`;
