/**
 * How hard a move works. While other tenants are at work at either of its servers, the mover works in slices of a few
 * milliseconds, one at a time, and rests after them for longer than they took, so that nobody who shares the servers waits
 * behind it for long; while nobody is, it works as fast as it can. gh-ost's nice-ratio and pt-archiver's sleep-coef rest
 * likewise; neither looks whether anybody is there. The moved tenant's own people are better off with a short move: they
 * make what it has to follow.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { connectAsAdministrator, END_WHEN_VANISHED } from '../db/index.ts';

/** Rests so many times as long as it has worked. */
export const USUAL_REST_RATIO = 4;
/** What an action of somebody else may wait behind; it may meet several slices, at each of its round trips. */
const GENTLE_MS = 1;
/** A slice that took longer than this waited for a processor itself, and need not be rested for. */
const LONGEST_WORKED_MS = 4 * GENTLE_MS;
/** Long enough for a slice’s fixed cost not to matter, short enough to notice soon who comes. */
const FULL_MS = 200;
const LOOK_EVERY_MS = 100;
/** Others who were seen are there: an action takes some milliseconds, and people act every few seconds. */
const REMEMBERED_MS = 20_000;

/**
 * Whoever works in a tenant shares its fence. What asks so briefly that its fence is hardly ever seen is seen by its
 * connection, which tells no tenant: it counts as somebody else's, unless the moved tenant is at work itself.
 */
const AT_WORK = `
WITH fences AS (
  SELECT (classid::int8 << 32) | objid::int8 = hashtextextended('fence:' || $1, 0) AS own
  FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND mode = 'ShareLock')
SELECT coalesce(bool_or(own), false) AS own, coalesce(bool_or(NOT own), false) AS others,
  EXISTS (SELECT FROM pg_stat_activity WHERE usename = 'dmz_app' AND state_change > clock_timestamp() - interval '3 s') AS somebody
FROM fences`;

interface Seen {
  readonly own: boolean;
  readonly others: boolean;
  readonly somebody: boolean;
}

export interface PaceOptions {
  readonly tenantId: string;
  /** Administrators' URLs of the servers that it works at. */
  readonly adminUrls: readonly string[];
  /** What its sessions are called. */
  readonly name: string;
  /** As `USUAL_REST_RATIO`; 0 never rests. */
  readonly restRatio?: number | undefined;
  /** No more than so many bytes a second are copied, whoever is there. */
  readonly bytesPerSecond?: number | undefined;
}

export class Pace {
  readonly #tenantId: string;
  readonly #restRatio: number;
  readonly #bytesPerSecond: number | undefined;
  readonly #lookers: readonly pg.Client[];
  #timer: NodeJS.Timeout | undefined;
  #othersSeenAt = Number.NEGATIVE_INFINITY;
  #ownSeenAt = Number.NEGATIVE_INFINITY;
  #turn: Promise<unknown> = Promise.resolve();
  /** Worked since the last rest, in ms. */
  #workedMs = 0;
  #freeAt = 0;

  private constructor({ tenantId, restRatio, bytesPerSecond }: PaceOptions, lookers: readonly pg.Client[]) {
    this.#tenantId = tenantId;
    this.#restRatio = restRatio ?? USUAL_REST_RATIO;
    this.#bytesPerSecond = bytesPerSecond;
    this.#lookers = lookers;
  }

  /** @throws STACK_*  saying what keeps it from connecting */
  static async open(options: PaceOptions): Promise<Pace> {
    const servers = new Map(options.adminUrls.map((url) => [new URL(url).host, url]));
    const lookers: pg.Client[] = [];
    try {
      for (const url of servers.values()) {
        const looker = await connectAsAdministrator(url, options.name);
        lookers.push(looker);
        await looker.query(END_WHEN_VANISHED);
      }
    } catch (error) {
      await Promise.allSettled(lookers.map((looker) => looker.end()));
      throw error;
    }
    const pace = new Pace(options, lookers);
    await pace.#look();
    return pace;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await Promise.allSettled(this.#lookers.map((looker) => looker.end()));
  }

  /**
   * Does a slice of work, when it may.
   *
   * @param work  is told how long it may take, in ms, and takes about that long
   */
  slice<Result>(work: (ms: number) => Promise<Result>): Promise<Result> {
    if (this.#restRatio === 0 || !this.#givesWay) return work(FULL_MS);
    const turn = this.#turn.then(() => this.#gently(work));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Waits until so many bytes more may pass. */
  async spend(bytes: number): Promise<void> {
    if (this.#bytesPerSecond === undefined) return;
    const now = performance.now();
    const startsAt = Math.max(now, this.#freeAt);
    this.#freeAt = startsAt + (bytes / this.#bytesPerSecond) * 1_000;
    if (startsAt > now) await sleep(startsAt - now);
  }

  get #givesWay(): boolean {
    return performance.now() - this.#othersSeenAt < REMEMBERED_MS;
  }

  async #gently<Result>(work: (ms: number) => Promise<Result>): Promise<Result> {
    const begunAt = performance.now();
    const result = await work(GENTLE_MS);
    this.#workedMs += Math.min(performance.now() - begunAt, LONGEST_WORKED_MS);
    if (this.#workedMs >= GENTLE_MS) {
      await sleep(this.#workedMs * this.#restRatio);
      this.#workedMs = 0;
    }
    return result;
  }

  async #look(): Promise<void> {
    const now = performance.now();
    try {
      const seen = await Promise.all(this.#lookers.map((looker) => this.#lookAt(looker)));
      if (seen.some(({ own }) => own)) this.#ownSeenAt = now;
      const isOwn = now - this.#ownSeenAt < REMEMBERED_MS;
      if (seen.some(({ others, somebody }) => others || (somebody && !isOwn))) this.#othersSeenAt = now;
    } catch {
      // A server that is away is met by the work itself, which tells of it.
      return;
    }
    this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY_MS);
  }

  async #lookAt(looker: pg.Client): Promise<Seen> {
    const nobody: Seen = { own: false, others: false, somebody: false };
    return (await looker.query<Seen>(AT_WORK, [this.#tenantId])).rows[0] ?? nobody;
  }
}
