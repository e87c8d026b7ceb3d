/**
 * One program's attempt at a move: it alone works on it, knows both ends, and records what it reaches. An earlier attempt
 * that hangs is cut off: its connections are ended, and what it still sends bears a number that is refused.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { OwnerConnection, TableMeta } from '../db/index.ts';
import { connectionName, End, type EndUrls, isSameDatabase, openOwner } from './ends.ts';
import { moverErrors } from './errors.ts';
import { type MovedTable, readMovedTables } from './moved-tables.ts';
import { Pace } from './pace.ts';
import type {
  InstanceRegister,
  LivingState,
  Move,
  MovePlace,
  MoveRegister,
  MoveStep,
  StepRecord,
} from './ports.ts';

/** How far a move is, for people. */
export interface MoveProgress {
  readonly phase: string;
  readonly done?: number;
  readonly total?: number;
  readonly perSecond?: number;
}

export interface MoverOptions {
  /** URL of the administrator at the control database. */
  readonly controlUrl: string;
  readonly urlsOf: (instance: string) => Promise<EndUrls>;
  readonly register: MoveRegister;
  readonly instances: InstanceRegister;
  /** Every table that belongs to tenants. */
  readonly tables: readonly TableMeta[];
  readonly log: Logger;
  readonly onProgress?: ((progress: MoveProgress) => void) | undefined;
  /** Called when a step has been recorded, and awaited before anything else happens; for tests that interrupt there. */
  readonly onStep?: ((move: Move) => Promise<void> | void) | undefined;
  /** Tables that are copied, and verified, at the same time. */
  readonly jobs?: number;
  /** No more than so many bytes a second are copied. */
  readonly throttleBytes?: number | undefined;
  /** How much longer the mover rests than it works while other tenants are at work; see `Pace`. */
  readonly restRatio?: number | undefined;
  /** How long the move is taken up again after a lost connection, in ms. */
  readonly retryMs?: number;
}

/** How long a program is waited for that was asked to stop, before it is cut off. */
const STOPPING_MS = 15_000;
const POLL_MS = 100;

export class Attempt {
  readonly options: MoverOptions;
  readonly control: OwnerConnection;
  readonly source: End;
  readonly target: End;
  readonly pace: Pace;
  #move: Move;
  #tables: MovedTable[] | undefined;

  private constructor(
    options: MoverOptions,
    control: OwnerConnection,
    move: Move,
    ends: [End, End],
    pace: Pace,
  ) {
    this.options = options;
    this.control = control;
    this.#move = move;
    [this.source, this.target] = ends;
    this.pace = pace;
  }

  /**
   * Takes a move up.
   *
   * @param force  cuts off the program that works on it, after it was given time to stop
   * @throws TENANCY_MOVE_BUSY, TENANCY_MOVE_UNKNOWN, STACK_*, INSTANCE_*
   */
  static async take(options: MoverOptions, moveId: string, { force = false } = {}): Promise<Attempt> {
    const { register, instances, controlUrl } = options;
    const control = await openOwner(controlUrl, moveId);
    const opened: { close(): Promise<void> }[] = [control];
    try {
      await lockAlone(control, moveId, force);
      const move = await control.run((tx) => register.takeUp(tx, moveId));
      const open = async (side: 'source' | 'target', place: MovePlace): Promise<End> => {
        const end = await End.open(side, place, await options.urlsOf(place.instance), moveId);
        opened.push(end);
        return end;
      };
      const ends: [End, End] = [await open('source', move.from), await open('target', move.to)];
      const own = [control, ...ends.map(({ owner }) => owner)].map(({ client }) => processOf(client));
      for (const { owner, side } of ends) {
        await cutOff(owner, moveId, own);
        if (await owner.run((tx) => instances.end(tx, moveId, side)))
          await owner.run((tx) => instances.open(tx, move, side));
      }
      const pace = await Pace.open({
        tenantId: move.tenantId,
        adminUrls: ends.map(({ urls }) => urls.adminUrl),
        name: connectionName(moveId),
        restRatio: options.restRatio,
        bytesPerSecond: options.throttleBytes,
      });
      return new Attempt(options, control, move, ends, pace);
    } catch (error) {
      await Promise.allSettled(opened.map((each) => each.close()));
      throw error;
    }
  }

  get move(): Move {
    return this.#move;
  }

  /** Whether source and target are placements in one database. */
  get isWithinDatabase(): boolean {
    return isSameDatabase(this.source.urls.adminUrl, this.target.urls.adminUrl);
  }

  get tables(): readonly MovedTable[] {
    if (!this.#tables) throw new Error('The tables are read when both ends are prepared.');
    return this.#tables;
  }

  /** @throws TENANCY_MOVE_TABLES_DIFFER */
  async readTables(): Promise<void> {
    const side = ({ owner, place }: End) => ({ client: owner.client, schema: place.schema });
    this.#tables = await readMovedTables(this.options.tables, side(this.source), side(this.target));
  }

  /** @throws TENANCY_MOVE_TAKEN_OVER */
  async record(record: StepRecord): Promise<void> {
    this.#move = await this.control.run((tx) => this.options.register.record(tx, this.#move, record));
    this.options.log.info({ moveId: this.#move.id, step: record.step, lsn: record.lsn }, 'move');
    await this.options.onStep?.(this.#move);
  }

  /** What another transaction has recorded. */
  async adopt(move: Move): Promise<void> {
    this.#move = move;
    await this.options.onStep?.(move);
  }

  /** A step that is no record of its own yet: it is written down together with the ones behind it. */
  async pass(step: MoveStep): Promise<void> {
    await this.options.onStep?.({ ...this.#move, step });
  }

  /** Corrects the totals of the step that was recorded last. @throws TENANCY_MOVE_TAKEN_OVER */
  async amend(totals: NonNullable<StepRecord['totals']>): Promise<void> {
    this.#move = await this.control.run((tx) => this.options.register.amend(tx, this.#move, totals));
  }

  /** How the tenant is to be served by now; it may be suspended while it moves. */
  livingState(): Promise<LivingState> {
    return this.control.run((tx) => this.options.register.stateOf(tx, this.#move.tenantId));
  }

  report(progress: MoveProgress): void {
    this.options.onProgress?.(progress);
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.pace, this.source, this.target, this.control].map((each) => each.close()));
  }
}

const LOCK = `hashtextextended('move:' || $1, 0)`;

/** The lock is the session's, so a program that was killed has let go of it. */
async function lockAlone({ client }: OwnerConnection, moveId: string, force: boolean): Promise<void> {
  const deadline = performance.now() + (force ? STOPPING_MS : 0);
  for (;;) {
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${LOCK}) AS mine`, [moveId]);
    if (rows[0].mine) return;
    if (performance.now() >= deadline) {
      if (!force) throw moverErrors.TENANCY_MOVE_BUSY({ found: `move ${moveId}` });
      await client.query(`SELECT pg_terminate_backend(pid) FROM (${LOCK_HOLDERS}) AS holders`, [moveId]);
    }
    await sleep(POLL_MS);
  }
}

const LOCK_HOLDERS = `
SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (classid::int8 << 32) | objid::int8 = ${LOCK}`;

/** Whether a program works on the move at present. */
export async function isWorkedOn({ client }: OwnerConnection, moveId: string): Promise<boolean> {
  const { rows } = await client.query(LOCK_HOLDERS, [moveId]);
  return rows.length > 0;
}

/** Ends what an earlier attempt left: a transaction that is still copying would otherwise write behind this one. */
export async function cutOff(
  { client }: OwnerConnection,
  moveId: string,
  own: readonly number[] = [],
): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE application_name = $1 AND datname = current_database() AND pid <> ALL ($2::int[])`,
    [connectionName(moveId), own],
  );
}

const processOf = (client: unknown): number => (client as { readonly processID: number }).processID;
