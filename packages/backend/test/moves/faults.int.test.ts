/**
 * A move that is killed or cut off at each of its steps, while people play: the program, the server that is left, the
 * server that is gone to, and the connection to either. Afterwards it is resumed or rolled back with one command, by
 * another program, and what DESIGN section 6 promises holds.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runAsOwner } from '../../src/kernel/db/index.ts';
import type { Move } from '../../src/kernel/mover/index.ts';
import { moveRegister } from '../../src/modules/public/index.ts';
import { openPlatform, type Platform } from '../../src/platform.ts';
import type { Moment } from '../harness/gated-proxy.ts';
import { type KilledServers, killedServers, SERVERS, type ServerName } from '../harness/killed-servers.ts';
import {
  KILLED,
  type MoverPrograms,
  moverPrograms,
  type Order,
  type Outcome,
} from '../harness/mover-programs.ts';
import { type PacedPlay, pacedPlay } from '../harness/paced-play.ts';
import { contentAt, expectLeftBehind, keptAt, refusedAt, servedAt } from '../harness/two-places.ts';

const TENANT = 'small-company';
const OTHER = 'consumers';
const QUIET = 'mid-company';

type Side = 'source' | 'target' | 'control';

interface Point {
  readonly at: Side;
  readonly moment: Moment;
}

const COMMIT = /COMMIT/;
const FENCE = /pg_advisory_lock\(hashtextextended\('fence:/;
const DEPART = /update "residents" set "state"/;
const ARRIVE = /insert into "residents"/;
const PLACE = /update "placements"/;
const DROP_SLOT = /pg_drop_replication_slot/;
const recorded = (step: string) => new RegExp(`insert into "move_steps"[\\s\\S]*${step}`);
const answerTo = (says: RegExp, then?: RegExp): Moment => ({
  says,
  ...(then ? { then } : {}),
  keeps: 'answer',
});

/** Before the tenant is switched: whatever happens there, one may also roll back. */
const BEFORE: Record<string, Point> = {
  'claims the target': { at: 'target', moment: answerTo(/insert into "move_ends"/, COMMIT) },
  'makes its slot': { at: 'source', moment: answerTo(/CREATE_REPLICATION_SLOT/) },
  'is in the middle of a table': {
    at: 'target',
    moment: { says: /COPY "game"\."events" [\s\S]*FROM STDIN/, keeps: 'rows' },
  },
  'applies changes': { at: 'target', moment: answerTo(/advance_move/) },
  verifies: { at: 'target', moment: answerTo(/hashbyteaextended/) },
  'has the fence': { at: 'source', moment: answerTo(FENCE) },
  drains: { at: 'source', moment: { ...answerTo(/pg_logical_emit_message/), after: FENCE } },
  'lets go of the tenant': { at: 'source', moment: answerTo(DEPART) },
  'has let go of it': { at: 'source', moment: answerTo(DEPART, COMMIT) },
};
/** From where on one can only go on. */
const AFTER: Record<string, Point> = {
  'has taken the tenant over': { at: 'target', moment: answerTo(ARRIVE, COMMIT) },
  'has told the routers': { at: 'control', moment: answerTo(PLACE, COMMIT) },
  'lets go of its slot': { at: 'source', moment: answerTo(DROP_SLOT) },
  completes: { at: 'control', moment: answerTo(recorded('completed'), COMMIT) },
};
const BACK: Point = { at: 'source', moment: answerTo(DROP_SLOT) };
const PURGE: Point = { at: 'source', moment: answerTo(/dmz\.purge_tenant_rows/) };

type Ending = 'move' | 'roll back';
type Ends = Readonly<Record<'source' | 'target', ServerName>>;
/** Of a move, in the tenant's own books. */
const ENTRIES = `SELECT action, count(*)::int AS entries FROM admin.audit_log
  WHERE subject_id = $1 AND action <> 'public.move.source_purged' GROUP BY 1 ORDER BY 1`;
/** Of a program whose server is gone. */
const PATIENCE_MS = 45_000;
const HANGS: Outcome = { ok: false, code: 'IT_HANGS', found: '', retryable: false };

interface Fault {
  readonly hits: 'mover' | 'source' | 'target';
  readonly by: 'SIGKILL' | 'a cut';
}
const KILLS: Record<string, Fault> = {
  'the mover is killed': { hits: 'mover', by: 'SIGKILL' },
  'the source is killed': { hits: 'source', by: 'SIGKILL' },
  'the target is killed': { hits: 'target', by: 'SIGKILL' },
};
/** By turns. */
const CUTS: Record<string, Fault>[] = [
  { 'it loses its source': { hits: 'source', by: 'a cut' } },
  { 'it loses its target': { hits: 'target', by: 'a cut' } },
];

/** Every fault at every point; `turn` has each of them end one way or the other by turns. */
const everyFaultAt = <Value>(points: Record<string, Value>) =>
  Object.entries(points).flatMap(([step, point], row) =>
    Object.entries({ ...KILLS, ...CUTS[row % CUTS.length] }).map(([fault, what], column) => ({
      ...{ fault, step, point, what, turn: row + column },
    })),
  );

describe('a move under fire', { timeout: 120_000 }, () => {
  let servers: KilledServers;
  let programs: MoverPrograms;
  let platform: Platform;
  let others: PacedPlay;
  let tenantId = '';
  let quiet = { id: '', content: '' };
  let play: PacedPlay | undefined;
  beforeAll(async () => {
    servers = await killedServers();
    programs = moverPrograms({ DMZ_HOME: servers.moversHome, DATABASE_URL: '' });
    const appUrlOf = async (instance: string) => servers.url(instance as ServerName, 'dmz_app');
    platform = openPlatform({ appUrl: servers.url('main', 'dmz_app'), appUrlOf, retryMs: 60_000 });
    tenantId = (await platform.tenancy.locate(TENANT)).id;
    quiet.id = (await platform.tenancy.locate(QUIET)).id;
    quiet = { ...quiet, content: await contentAt(servers, 'main', quiet.id) };
    others = pacedPlay(platform, OTHER, 1);
  }, 180_000);
  afterEach(async () => {
    // What a failed test has left must not fail the next one.
    for (const name of SERVERS) servers.proxy(name).letGo();
    await play?.endsWell().catch(() => {});
    play = undefined;
  });
  afterAll(async () => {
    await platform.close();
    await programs.close();
    await servers.remove();
  }, 60_000);

  it.each(everyFaultAt(BEFORE))('$fault while it $step', ({ point, what, turn }) =>
    interrupt(point, what, turn % 2 === 0 ? 'move' : 'roll back'),
  );
  it.each(everyFaultAt(AFTER))('$fault while it $step', ({ point, what }) => interrupt(point, what, 'move'));

  it.each(everyFaultAt({ 'rolls back': BACK }))('$fault while it $step', async ({ point, what }) => {
    await whilePlaying(async (ends) => {
      const moveId = await plan(ends.target);
      await underFault(
        { what: 'move', moveId, retryMs: 0 },
        BEFORE.verifies!,
        KILLS['the mover is killed']!,
        ends,
      );
      const first = await underFault({ what: 'roll back', moveId, retryMs: 0 }, point, what, ends);
      if (!first.ok) expect(await give({ what: 'roll back', moveId, retryMs: 0 })).toEqual({ ok: true });
      return { moveId, ending: 'roll back' };
    });
  });

  it.each(everyFaultAt({ 'purges what it left': PURGE }))(
    '$fault while it $step',
    async ({ point, what }) => {
      const { moveId, ends } = await whilePlaying(async ({ target }) => {
        const id = await plan(target);
        expect(await give({ what: 'move', moveId: id, retryMs: 0 })).toEqual({ ok: true });
        return { moveId: id, ending: 'move' };
      });
      const first = await underFault({ what: 'purge', moveId, retryMs: 0 }, point, what, ends);
      if (!first.ok) expect(await give({ what: 'purge', moveId, retryMs: 0 })).toEqual({ ok: true });
      expect(await stepOf(moveId)).toBe('purged');
      expect(await contentAt(servers, ends.source, tenantId)).toBe('');
      expect(await servedAt(servers, tenantId)).toEqual([ends.target]);
    },
  );

  it('lifts the fence where the whole machine of the mover is gone, and nobody gives a command', async () => {
    await whilePlaying(async (ends) => {
      const moveId = await plan(ends.target, 1_000);
      const reached = servers.proxy(ends.source).stopAt(BEFORE['has the fence']!.moment);
      const program = order({ what: 'move', moveId, retryMs: 0 });
      await reached;
      for (const name of SERVERS) servers.proxy(name).cut(true);
      await program.kill();
      await play?.goesOn(5);
      expect(await give({ what: 'roll back', moveId, retryMs: 0 })).toEqual({ ok: true });
      return { moveId, ending: 'roll back' };
    });
  });

  it('has disturbed no other tenant', async () => {
    await others.goesOn(5);
    await others.endsWell();
    expect(await contentAt(servers, 'main', quiet.id)).toBe(quiet.content);
    expect(await contentAt(servers, 'second', quiet.id)).toBe('');
  });

  async function interrupt(point: Point, fault: Fault, ending: Ending): Promise<void> {
    await whilePlaying(async (ends) => {
      const moveId = await plan(ends.target);
      // What only lost a connection takes the move up again by itself, where it is not told otherwise.
      const retryMs = fault.by === 'a cut' && ending === 'move' ? 30_000 : 0;
      const first = await underFault({ what: 'move', moveId, retryMs }, point, fault, ends);
      if (retryMs > 0) expect(first).toEqual({ ok: true });
      if (!first.ok) expect(await give({ what: ending, moveId, retryMs: 0 })).toEqual({ ok: true });
      return { moveId, ending };
    });
  }

  /** Has people play before, meanwhile and afterwards, and holds the promises against what the work has left. */
  async function whilePlaying(work: (ends: Ends) => Promise<{ moveId: string; ending: Ending }>) {
    play = pacedPlay(platform, TENANT, 3);
    await play.goesOn(5);
    const [at] = await servedAt(servers, tenantId);
    const ends: Ends =
      at === 'second' ? { source: 'second', target: 'main' } : { source: 'main', target: 'second' };
    const before = await contentAt(servers, ends.target, tenantId);
    const { moveId, ending } = await work(ends);
    await play.goesOn(5);
    await play.endsWell();
    play = undefined;
    await expectPromisesKept(moveId, ending, ends, before);
    return { moveId, ends };
  }

  const order = (given: Omit<Order, 'controlUrl'>) =>
    programs.order({ ...given, controlUrl: servers.proxy('main').url });
  const give = (given: Omit<Order, 'controlUrl'>) => order(given).outcome;

  /** Lets a program come to the point, has the fault happen there, and waits for what becomes of it. */
  async function underFault(
    given: Omit<Order, 'controlUrl'>,
    { at, moment }: Point,
    fault: Fault,
    ends: Ends,
  ): Promise<Outcome> {
    const proxy = servers.proxy(at === 'control' ? 'main' : ends[at]);
    const reached = proxy.stopAt(moment).then(() => undefined);
    const program = order(given);
    expect(await Promise.race([reached, program.outcome]), 'it did not come there').toBeUndefined();
    expect((await servedAt(servers, tenantId)).length).toBeLessThanOrEqual(1);
    await inflict(fault, program, ends);
    proxy.letGo();
    const outcome = await Promise.race([program.outcome, sleep(PATIENCE_MS, HANGS)]);
    if (fault.hits === 'mover') expect(outcome).toEqual(KILLED);
    else if (!outcome.ok) expect(outcome.code).toMatch(/^(DATABASE_UNAVAILABLE|STACK_|INSTANCE_)/);
    await servers.start();
    expect((await servedAt(servers, tenantId)).length).toBeLessThanOrEqual(1);
    return outcome;
  }

  async function inflict({ hits, by }: Fault, program: { kill(): Promise<void> }, ends: Ends): Promise<void> {
    if (hits === 'mover') await program.kill();
    else if (by === 'SIGKILL') await servers.kill(ends[hits]);
    // `main` has the lock that says that a program works on the move, so it must hear that the program is gone.
    else servers.proxy(ends[hits]).cut(ends[hits] === 'second');
  }

  async function expectPromisesKept(
    moveId: string,
    ending: Ending,
    { source, target }: Ends,
    before: string,
  ): Promise<void> {
    const [now, other] = ending === 'move' ? [target, source] : [source, target];
    expect(await servedAt(servers, tenantId)).toEqual([now]);
    expect(await refusedAt(servers, other, tenantId)).toMatch(/^ZD00[25]$/);
    const last = ending === 'move' ? 'completed' : 'rolled_back';
    expect(await stepOf(moveId)).toBe(last);
    expect(await servers.ask(now, ENTRIES, [moveId])).toEqual([
      { action: `public.move.${last}`, entries: 1 },
      { action: 'public.move.started', entries: 1 },
    ]);
    if (ending === 'move') await expectLeftBehind(servers, source, tenantId);
    // What an earlier move had left there is kept, where this one had not yet claimed its target.
    else expect(['', before]).toContain(await contentAt(servers, target, tenantId));
    for (const name of SERVERS) servers.proxy(name).hangUp();
    for (const name of SERVERS)
      await vi.waitFor(async () => expect(await keptAt(servers, name)).toEqual([]), 5_000);
  }

  const inControl = <Result>(work: Parameters<typeof runAsOwner<Result>>[1]) =>
    runAsOwner(servers.url('main'), work);
  const stepOf = async (moveId: string): Promise<Move['step']> =>
    (await inControl((tx) => moveRegister.read(tx, moveId))).step;

  /** @param maxPauseMs  usually long enough for a look at both places while the fence is held */
  async function plan(target: ServerName, maxPauseMs = 20_000): Promise<string> {
    const tier = target === 'main' ? ('shared' as const) : ('instance' as const);
    const limits = { maxPauseMs, keepSourceSeconds: 3_600, maxWalBytes: 2 ** 33 };
    const to = { tier, instance: target, region: 'eu', schema: null };
    const { id } = await inControl((tx) =>
      moveRegister.plan(tx, { tenantId, approval: null, to, ...limits }),
    );
    return id;
  }
});
