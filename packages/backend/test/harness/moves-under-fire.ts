/**
 * Moves a tenant between two places, one of which it leaves for the other, while people play; has a fault happen at an
 * exact moment of a mover's work; and holds what DESIGN section 6 promises against what that has left.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { runAsOwner } from '../../src/kernel/db/index.ts';
import type { Move } from '../../src/kernel/mover/index.ts';
import { moveRegister } from '../../src/modules/public/index.ts';
import { openPlatform, type Platform } from '../../src/platform.ts';
import { BEFORE_ANY_SWITCH, type Fault, type Point, type Side } from './faults.ts';
import type { GatedProxy } from './gated-proxy.ts';
import { type KilledServers, killedServers, type ServerName } from './killed-servers.ts';
import {
  KILLED,
  type MoverPrograms,
  moverPrograms,
  type Order,
  type OrderedProgram,
  type Outcome,
} from './mover-programs.ts';
import { type PacedPlay, pacedPlay } from './paced-play.ts';
import { acceptingAt, contentAt, expectLeftBehind, keptAt, type Place, REFUSED, writeAt } from './places.ts';

export type Ending = 'move' | 'roll back';
export type Ends = Readonly<Record<'source' | 'target', Place>>;
export interface Done {
  readonly moveId: string;
  readonly ending: Ending;
}
export type Given = Omit<Order, 'controlUrl'>;

/** Usually long enough for a look at both places while the fence is held. */
const MAX_PAUSE_MS = 20_000;
const PLAYERS = 2;
/** What is played before a move, and after it. */
const ACTIONS = 2;
/** Of a program whose server is gone. */
const PATIENCE_MS = 45_000;
/** How long the move is taken up again by itself, where a connection was cut. */
const RETRY_MS = 30_000;
const KEPT_MS = 5_000;
const OF_A_LOST_SERVER = /^(DATABASE_UNAVAILABLE|STACK_|INSTANCE_|MIGRATION_RUNNER_LOST)/;
const HANGS: Outcome = { ok: false, code: 'IT_HANGS', found: '', retryable: false };

/** Of a move, in the tenant's own books. */
const ENTRIES = (log: string) => `SELECT action, count(*)::int AS entries FROM ${log}
  WHERE subject_id = $1 AND action <> 'public.move.source_purged' GROUP BY 1 ORDER BY 1`;

/** As the server does with a machine that does not answer. */
const LET_GO_OF_LOCK = `SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted
  AND (classid::int8 << 32) | objid::int8 = hashtextextended('move:' || $1, 0)`;

export interface Battlefield {
  readonly tenant: string;
  /** The servers that there are; `main` has the control database. */
  readonly names: readonly ServerName[];
  /** The first is where the tenant lives at the beginning. */
  readonly places: readonly [Place, Place];
}

export class MovesUnderFire {
  readonly servers: KilledServers;
  readonly platform: Platform;
  readonly tenantId: string;
  readonly #field: Battlefield;
  readonly #programs: MoverPrograms;
  #play: PacedPlay | undefined;
  #planned: string | undefined;

  private constructor(
    field: Battlefield,
    parts: { servers: KilledServers; programs: MoverPrograms; platform: Platform; tenantId: string },
  ) {
    this.#field = field;
    this.servers = parts.servers;
    this.#programs = parts.programs;
    this.platform = parts.platform;
    this.tenantId = parts.tenantId;
  }

  static async start(field: Battlefield): Promise<MovesUnderFire> {
    const servers = await killedServers(field.names);
    const programs = moverPrograms({
      ...{ DMZ_HOME: servers.moversHome, DATABASE_URL: '' },
      // What they write in the tenant's books at a server that is gone; it is started when they have given up.
      DMZ_RETRY_MS: '2000',
    });
    const appUrlOf = async (instance: string) => servers.url(instance as ServerName, 'dmz_app');
    const platform = openPlatform({ appUrl: servers.url('main', 'dmz_app'), appUrlOf, retryMs: 60_000 });
    const { id: tenantId } = await platform.tenancy.locate(field.tenant);
    return new MovesUnderFire(field, { servers, programs, platform, tenantId });
  }

  /** What a failed test has left must not fail the next one. */
  async calmDown(): Promise<void> {
    await this.servers.start();
    for (const name of this.#field.names) this.servers.proxy(name).letGo();
    if (!this.#play) return;
    await this.#play.endsWell().catch(() => {});
    this.#play = undefined;
    await this.#endWhatIsUnderWay();
  }

  async #endWhatIsUnderWay(): Promise<void> {
    if (!this.#planned) return;
    const command = { moveId: this.#planned, retryMs: RETRY_MS };
    const back = await this.give({ what: 'roll back', ...command });
    if (!back.ok) await this.give({ what: 'move', ...command });
  }

  async close(): Promise<void> {
    await this.platform.close();
    await this.#programs.close();
    await this.servers.remove();
  }

  get play(): PacedPlay | undefined {
    return this.#play;
  }

  /**
   * A move that is interrupted, and then brought to its end, or back, by one command of another program.
   *
   * @param again  where that command meets the same fault; one more brings it to its end then
   */
  interrupt(
    point: Point,
    fault: Fault,
    ending: Ending,
    again?: Point,
  ): Promise<{ moveId: string; ends: Ends }> {
    return this.whilePlaying(async (ends) => {
      const moveId = await this.plan(ends.target);
      // What only lost a connection takes the move up again by itself, where it is not told otherwise.
      const retryMs = fault.by === 'a cut' && ending === 'move' ? RETRY_MS : 0;
      const first = await this.underFault({ what: 'move', moveId, retryMs }, point, fault, ends);
      if (retryMs > 0) expect(first).toEqual({ ok: true });
      const command: Given = { what: ending, moveId, retryMs: 0 };
      if (again) await this.endDespite(command, again, fault, ends);
      else if (!first.ok) expect(await this.give(command)).toEqual({ ok: true });
      return { moveId, ending };
    });
  }

  /** One more command, where the first one failed under the fault, brings it to its end. */
  async endDespite(given: Given, point: Point, fault: Fault, ends: Ends): Promise<void> {
    const first = await this.underFault(given, point, fault, ends);
    if (!first.ok) expect(await this.give(given)).toEqual({ ok: true });
  }

  /** Has people play before, meanwhile and afterwards, and holds the promises against what the work has left. */
  async whilePlaying(work: (ends: Ends) => Promise<Done>): Promise<{ moveId: string; ends: Ends }> {
    const play = pacedPlay(this.platform, this.#field.tenant, PLAYERS);
    this.#play = play;
    await play.goesOn(ACTIONS);
    const ends = await this.ends();
    const before = await contentAt(this.servers, ends.target, this.tenantId);
    const { moveId, ending } = await work(ends);
    await play.goesOn(ACTIONS);
    await play.endsWell();
    this.#play = undefined;
    await this.#expectPromisesKept(moveId, ending, ends, before);
    return { moveId, ends };
  }

  /** Where the tenant is, and where it is not. */
  async ends(): Promise<Ends> {
    const { places } = this.#field;
    const accepting = await this.accepting();
    expect(accepting).toHaveLength(1);
    const [source, target] = places[0] === accepting[0] ? places : [places[1], places[0]];
    return { source, target };
  }

  accepting(): Promise<Place[]> {
    return acceptingAt(this.servers, this.#field.places, this.tenantId);
  }

  order(given: Given): OrderedProgram {
    return this.#programs.order({ ...given, controlUrl: this.servers.proxy('main').url });
  }

  give(given: Given): Promise<Outcome> {
    return this.order(given).outcome;
  }

  /** Lets a program come to the point, has the fault happen there, and waits for what becomes of it. */
  async underFault(given: Given, { at, moment }: Point, fault: Fault, ends: Ends): Promise<Outcome> {
    const proxy = this.#proxyOf(at, ends);
    const reached = proxy.stopAt(moment).then(() => undefined);
    const program = this.order(given);
    const ended = await Promise.race([reached, program.outcome]);
    expect(ended, `it did not come there: ${JSON.stringify(ended)}`).toBeUndefined();
    expect((await this.accepting()).length).toBeLessThanOrEqual(1);
    if (fault.hits === 'mover') await program.kill();
    else if (fault.by === 'SIGKILL') await this.servers.kill(ends[fault.hits].server);
    // `main` has the lock that says that a program works on the move, so it must hear that the program is gone.
    else this.#proxyOf(fault.hits, ends).cut(ends[fault.hits].server !== 'main');
    proxy.letGo();
    const outcome = await Promise.race([program.outcome, sleep(PATIENCE_MS, HANGS)]);
    if (fault.hits === 'mover') expect(outcome).toEqual(KILLED);
    else if (!outcome.ok) expect(`${outcome.code}: ${outcome.found}`).toMatch(OF_A_LOST_SERVER);
    await this.servers.start();
    expect((await this.accepting()).length).toBeLessThanOrEqual(1);
    return outcome;
  }

  /** Has a program's whole machine vanish at the point: no server hears of it. */
  async vanish(given: Given, { at, moment }: Point, ends: Ends): Promise<void> {
    const reached = this.#proxyOf(at, ends).stopAt(moment);
    const program = this.order(given);
    await reached;
    for (const name of this.#field.names) this.servers.proxy(name).cut(true);
    await program.kill();
  }

  /**
   * Has a program stand still at the point until another one has taken the move up and has the fence, and then go on.
   *
   * @returns what became of the first, and of the second
   */
  async takenForDead(given: Given, { at, moment }: Point, ends: Ends): Promise<[Outcome, Outcome]> {
    const reached = this.#proxyOf(at, ends).stopAt(moment);
    const dead = this.order(given);
    await reached;
    dead.standStill();
    this.#proxyOf(at, ends).letGo();
    await this.servers.ask('main', LET_GO_OF_LOCK, [given.moveId]);
    const fenced = this.#proxyOf('source', ends).stopAt(BEFORE_ANY_SWITCH['has the fence'].moment);
    const second = this.order(given);
    await Promise.race([fenced, second.outcome]);
    dead.goOn();
    const first = await dead.outcome;
    this.#proxyOf('source', ends).letGo();
    return [first, await second.outcome];
  }

  #proxyOf(side: Side, ends: Ends): GatedProxy {
    return this.servers.proxy(side === 'control' ? 'main' : ends[side].server);
  }

  async #expectPromisesKept(
    moveId: string,
    ending: Ending,
    { source, target }: Ends,
    before: string,
  ): Promise<void> {
    const [now, other] = ending === 'move' ? [target, source] : [source, target];
    expect(await this.accepting()).toEqual([now]);
    expect(await writeAt(this.servers, other, this.tenantId)).toMatch(REFUSED);
    const last = ending === 'move' ? 'completed' : 'rolled_back';
    expect(await this.stepOf(moveId)).toBe(last);
    const log = now.schema === null ? 'admin.audit_log' : `${now.schema}.admin_audit_log`;
    expect(await this.servers.ask(now.server, ENTRIES(log), [moveId])).toEqual([
      { action: `public.move.${last}`, entries: 1 },
      { action: 'public.move.started', entries: 1 },
    ]);
    if (ending === 'move') await expectLeftBehind(this.servers, source, target, this.tenantId);
    // What an earlier move had left there is kept, where this one had not yet claimed its target.
    else expect(['', before]).toContain(await contentAt(this.servers, target, this.tenantId));
    await this.#expectNothingKept();
  }

  /** Nothing is left where the tenant was. */
  async expectPurged(moveId: string, { source, target }: Ends): Promise<void> {
    expect(await this.stepOf(moveId)).toBe('purged');
    expect(await contentAt(this.servers, source, this.tenantId)).toBe('');
    expect(await this.accepting()).toEqual([target]);
    await this.#expectNothingKept();
  }

  async #expectNothingKept(): Promise<void> {
    for (const name of this.#field.names) this.servers.proxy(name).hangUp();
    for (const name of this.#field.names)
      await vi.waitFor(async () => expect(await keptAt(this.servers, name)).toEqual([]), KEPT_MS);
  }

  async stepOf(moveId: string): Promise<Move['step']> {
    return (await this.#inControl((tx) => moveRegister.read(tx, moveId))).step;
  }

  async plan({ server, tier, schema }: Place, maxPauseMs = MAX_PAUSE_MS): Promise<string> {
    const limits = { maxPauseMs, keepSourceSeconds: 3_600, maxWalBytes: 2 ** 33 };
    const to = { tier, instance: server, region: 'eu', schema };
    const planned = { tenantId: this.tenantId, approval: null, to, ...limits };
    const { id } = await this.#inControl((tx) => moveRegister.plan(tx, planned));
    this.#planned = id;
    return id;
  }

  #inControl<Result>(work: Parameters<typeof runAsOwner<Result>>[1]): Promise<Result> {
    return runAsOwner(this.servers.url('main'), work);
  }
}
