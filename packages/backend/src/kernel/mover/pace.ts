/**
 * How hard a move works. While the application is at work at either of its servers, the mover works in slices of a few
 * milliseconds, one at a time, and rests after them for longer than they took, so that nobody who shares the servers waits
 * behind it for long; while nobody is, it works as fast as it can. gh-ost's nice-ratio and pt-archiver's sleep-coef rest
 * likewise; neither looks whether anybody is there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { connectAsAdministrator } from '../db/index.ts';

/** Rests so many times as long as it has worked. */
export const USUAL_REST_RATIO = 3;
/** What an action of somebody else may wait behind: two such slices and it would be seen in a 99th percentile of 10 ms. */
const GENTLE_MS = 3;
/** Long enough for a slice’s fixed cost not to matter, short enough to notice soon who comes. */
const FULL_MS = 200;
const LOOK_EVERY_MS = 250;
/** People act every few seconds; a server that nobody has asked anything for so long is nobody’s at present. */
const QUIET_AFTER = '3 s';

const AT_WORK = `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE usename = 'dmz_app'
  AND (state <> 'idle' OR state_change > clock_timestamp() - interval '${QUIET_AFTER}')) AS busy`;

export interface PaceOptions {
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
  readonly #restRatio: number;
  readonly #bytesPerSecond: number | undefined;
  readonly #lookers: readonly pg.Client[];
  #timer: NodeJS.Timeout | undefined;
  #isBusy = true;
  #turn: Promise<unknown> = Promise.resolve();
  /** Worked since the last rest, in ms. */
  #workedMs = 0;
  #freeAt = 0;

  private constructor({ restRatio, bytesPerSecond }: PaceOptions, lookers: readonly pg.Client[]) {
    this.#restRatio = restRatio ?? USUAL_REST_RATIO;
    this.#bytesPerSecond = bytesPerSecond;
    this.#lookers = lookers;
  }

  /** @throws STACK_*  saying what keeps it from connecting */
  static async open(options: PaceOptions): Promise<Pace> {
    const servers = new Map(options.adminUrls.map((url) => [new URL(url).host, url]));
    const lookers: pg.Client[] = [];
    try {
      for (const url of servers.values()) lookers.push(await connectAsAdministrator(url, options.name));
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
    if (!this.#isBusy || this.#restRatio === 0) return work(FULL_MS);
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

  async #gently<Result>(work: (ms: number) => Promise<Result>): Promise<Result> {
    const begunAt = performance.now();
    const result = await work(GENTLE_MS);
    this.#workedMs += performance.now() - begunAt;
    if (this.#workedMs >= GENTLE_MS) {
      await sleep(this.#workedMs * this.#restRatio);
      this.#workedMs = 0;
    }
    return result;
  }

  async #look(): Promise<void> {
    try {
      const seen = await Promise.all(this.#lookers.map((looker) => looker.query<{ busy: boolean }>(AT_WORK)));
      this.#isBusy = seen.some(({ rows }) => rows[0]?.busy);
    } catch {
      // A server that is away is met by the work itself, which tells of it.
      this.#isBusy = true;
      return;
    }
    this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY_MS);
  }
}
