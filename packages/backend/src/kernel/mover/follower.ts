/**
 * Applies the changes of a slot to the target: whole transactions in commit order, many of them in one transaction there
 * that also stores how far it came, so that after a crash at any moment the target says where to go on. It can be held
 * between two transactions of the source, so that both sides can be looked at as they were at one point.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { advance, applyBatch, type Writer } from './apply.ts';
import { Batch, type FollowedTable } from './batch.ts';
import { Condition } from './condition.ts';
import { moverErrors } from './errors.ts';
import type { Lsn } from './lsn.ts';
import type { MovedTable } from './moved-tables.ts';
import type { Relation } from './pgoutput.ts';
import type { ReplicationStream, StreamItem } from './replication-stream.ts';

/** Of the messages in the log, those that a mover puts there to find its place. */
export const MARKER_PREFIX = 'dmz.move';

/** More at once gains nothing, a batch is held in memory, and the last one is waited for. */
const MOST_CHANGES = 5_000;

/** A target that does not answer is not waited for any longer. */
const ROLLBACK_MS = 2_000;

/** Names of the keys of rows that were changed, by table: the keys themselves would keep the rows in memory that they lie in. */
export type TouchedRows = ReadonlyMap<MovedTable, ReadonlySet<string>>;

export interface FollowerOptions {
  readonly stream: ReplicationStream;
  /** With a connection that is used for nothing else. */
  readonly writer: Writer;
  readonly tables: readonly MovedTable[];
  /** Where the target stands. */
  readonly from: Lsn;
}

export class Follower {
  readonly #options: FollowerOptions;
  readonly #tableOfSource: ReadonlyMap<string, MovedTable>;
  readonly #relations = new Map<number, FollowedTable>();
  readonly #state = new Condition();
  readonly #markers = new Map<string, Lsn>();
  #batch = new Batch();
  /** What is written to the target at present; the next batch is read meanwhile, and no more than that. */
  #writing: Promise<void> = Promise.resolve();
  /** The beginning of a transaction was handed over: what is followed is too large for one batch. */
  #isOpen = false;
  /** Markers of the transaction that is being read. */
  #marked: string[] = [];
  /** Between the begin and the commit of a transaction of the source. */
  #within = false;
  #skipping = false;
  #touched = new Map<MovedTable, Set<string>>();
  #barrier: Lsn | undefined;
  #heldAt: Lsn | undefined;
  #read: Lsn;
  #applied: Lsn;
  #changes = 0;
  /** Changes that were written in the target's transaction; there is none when undefined. */
  #unsaved: number | undefined;
  #stopped = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#read = options.from;
    this.#applied = options.from;
    this.#tableOfSource = new Map(options.tables.map((table) => [table.source, table]));
  }

  /** Everything that was committed before is durable at the target. */
  get applied(): Lsn {
    return this.#applied;
  }

  /** Changes that were applied since the start. */
  get changes(): number {
    return this.#changes;
  }

  get touchedRows(): number {
    let rows = 0;
    for (const keys of this.#touched.values()) rows += keys.size;
    return rows;
  }

  /** Follows until `stop`. What it fails with, its other methods fail with too. */
  async run(): Promise<void> {
    try {
      while (!this.#stopped) await this.#handle(await this.#options.stream.next());
    } catch (error) {
      if (this.#stopped) return;
      this.#state.fail(error);
      await Promise.race([this.#undo(), sleep(ROLLBACK_MS)]);
      throw error;
    } finally {
      if (this.#stopped) await Promise.allSettled([this.#writing]);
    }
  }

  /**
   * New slots wait for open transactions, this one's too; where the connection is lost, the server ends it by itself. What
   * is being written goes first: in the middle of it, the rest would be written outside of any transaction.
   */
  async #undo(): Promise<void> {
    await Promise.allSettled([this.#writing]);
    await this.#options.writer.client.query('ROLLBACK').catch(() => {});
  }

  stop(): void {
    this.#stopped = true;
    this.#options.stream.stop();
    this.#state.fail(new Error('The follower was stopped.'));
  }

  /** Begins no transaction from now on. */
  hold(): void {
    this.#barrier = 0n;
  }

  /** Goes on up to a position and stops before what was committed from there on, of which there must be something. */
  async holdAt(lsn: Lsn): Promise<void> {
    this.#barrier = lsn;
    this.#state.changed();
    await this.#state.until(() => this.#heldAt !== undefined && this.#heldAt >= lsn);
  }

  release(): void {
    this.#barrier = undefined;
    this.#state.changed();
  }

  /** Resolves when the transaction of a marker, and so everything before it, is durable at the target. */
  async reach(marker: string): Promise<Lsn> {
    const position = () => this.#markers.get(marker);
    await this.#state.until(() => (position() ?? this.#applied + 1n) <= this.#applied);
    const reached = position() ?? this.#applied;
    this.#markers.delete(marker);
    return reached;
  }

  /** The rows that were changed since this was called last. */
  takeTouched(): TouchedRows {
    const touched = this.#touched;
    this.#touched = new Map();
    return touched;
  }

  /** Rows that are still to be looked at. */
  putBack(touched: TouchedRows): void {
    for (const [table, rows] of touched) this.#touch(table, rows.keys());
  }

  #touch(table: MovedTable, names: Iterable<string>): void {
    const touched = this.#touched.get(table) ?? new Set<string>();
    for (const name of names) touched.add(name);
    this.#touched.set(table, touched);
  }

  async #handle(item: StreamItem): Promise<void> {
    switch (item.kind) {
      case 'begin':
        await this.#passBarrier(item.commitLsn);
        // The server begins where it was told to; should it send what the target has, the target keeps what it has.
        this.#skipping = item.commitLsn < this.#options.from;
        this.#within = true;
        return;
      case 'relation':
        this.#relate(item.relation);
        return;
      case 'insert':
      case 'update':
      case 'delete':
        if (this.#skipping) return;
        this.#batch.add(this.#followed(item.relationId), item);
        if (this.#batch.changes >= MOST_CHANGES) await this.#handOver();
        return;
      case 'message':
        if (item.prefix === MARKER_PREFIX) this.#marked.push(item.content);
        return;
      case 'commit':
        this.#within = false;
        this.#read = item.endLsn;
        for (const marker of this.#marked.splice(0)) this.#markers.set(marker, item.endLsn);
        if (this.#isOpen || this.#options.stream.isEmpty) await this.#handOver(this.#read);
        return;
      case 'keepalive':
        if (this.#within || !this.#options.stream.isEmpty) return;
        await this.#flush();
        // Nothing of the tenant's was committed up to here, so the source need not keep it.
        this.#options.stream.confirm(item.lsn);
    }
  }

  async #passBarrier(commitLsn: Lsn): Promise<void> {
    const isFree = () => this.#barrier === undefined || commitLsn < this.#barrier;
    if (isFree()) return;
    await this.#flush();
    this.#heldAt = commitLsn;
    this.#state.changed();
    await this.#state.until(isFree);
    this.#heldAt = undefined;
  }

  #relate({ id, schema, name, columns }: Relation): void {
    const table = this.#tableOfSource.get(`"${schema}"."${name}"`);
    // Of a partition it is told as well, although its changes come as those of its log.
    if (!table) return;
    const keyAt = table.key.map((column) => columns.indexOf(column.name));
    this.#relations.set(id, { table, columns, keyAt });
  }

  #followed(relationId: number): FollowedTable {
    const followed = this.#relations.get(relationId);
    if (!followed)
      throw moverErrors.TENANCY_MOVE_TABLES_DIFFER({
        found: `changes of an unknown relation, ${relationId}`,
      });
    return followed;
  }

  /**
   * Lets the batch be written, which may be the beginning of a transaction alone, as soon as the one before it is.
   *
   * @param end  end of the last transaction in it, with which it is made durable
   */
  async #handOver(end?: Lsn): Promise<void> {
    const batch = this.#batch;
    this.#batch = new Batch();
    this.#isOpen = end === undefined;
    await this.#writing;
    this.#writing = this.#write(batch, end);
    this.#writing.catch((error: unknown) => this.#options.stream.fail(error));
  }

  async #write(batch: Batch, end: Lsn | undefined): Promise<void> {
    const { writer } = this.#options;
    if (batch.changes > 0) {
      if (this.#unsaved === undefined) await writer.client.query('BEGIN');
      this.#unsaved = (this.#unsaved ?? 0) + batch.changes;
      await applyBatch(writer, batch);
      for (const [{ table }, rows] of batch.tables) this.#touch(table, rows.keys());
    }
    if (end !== undefined) await this.#save(end);
  }

  /** Makes durable what was written, and where the target then stands. */
  async #save(end: Lsn): Promise<void> {
    const { writer, stream } = this.#options;
    if (this.#unsaved !== undefined) {
      await advance(writer, end, this.#unsaved);
      await writer.client.query('COMMIT');
      this.#changes += this.#unsaved;
      this.#unsaved = undefined;
    }
    this.#applied = end;
    stream.confirm(end);
    this.#state.changed();
  }

  /** Waits until all that was read, up to the end of the last transaction, is durable. */
  async #flush(): Promise<void> {
    if (this.#batch.changes > 0 || this.#isOpen) await this.#handOver(this.#read);
    await this.#writing;
    if (this.#read !== this.#applied) await this.#save(this.#read);
  }
}
