/**
 * A move inside one database, between the module schemas and a schema of the tenant's own, that is killed or cut off at
 * each of its steps, while people play. Source, target and control are one server there and are lost together, the switch
 * is one transaction of the session that has the fence, and the target is made and dropped as a whole.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  AFTER_ANY_SWITCH,
  answerTo,
  BEFORE_ANY_SWITCH,
  COMMIT,
  DROP_SLOT,
  everyFaultAt,
  type Fault,
  MOVER_KILLED,
  PLACE,
  type Point,
  recorded,
} from '../harness/faults.ts';
import type { Moment } from '../harness/gated-proxy.ts';
import { MovesUnderFire } from '../harness/moves-under-fire.ts';
import type { Place } from '../harness/places.ts';

const SHARED: Place = { server: 'main', tier: 'shared', schema: null };
const SCHEMA: Place = { server: 'main', tier: 'schema', schema: 'tenant_small_company' };

const HISTORY = /INSERT INTO tenant_\w+\.__drizzle_migrations/;
const DROP_SCHEMA = /DROP SCHEMA/;

interface Step {
  readonly point: Point;
  /** Whatever happens there, one may also roll back. */
  readonly isSwitched?: boolean;
  /** Where the tenant has to be for that; else it is wherever the case before has left it. */
  readonly from?: Place;
  /** Of a rollback: it meets the fault there as well. */
  readonly back?: Point;
}

/** Everything is written, and nothing committed. */
const SWITCHING: Point = { at: 'source', moment: answerTo(recorded('flipped')) };
const backAt = (moment: Moment) => ({ back: { at: 'source', moment } }) as const;
const SCHEMA_DROPPED = backAt(answerTo(DROP_SCHEMA, COMMIT));
const SLOT_DROPPED = backAt(answerTo(DROP_SLOT));

const STEPS: Record<string, Step> = {
  'makes the schema': {
    ...{ point: { at: 'target', moment: answerTo(HISTORY) }, from: SHARED },
    ...SCHEMA_DROPPED,
  },
  'claims the target': { point: BEFORE_ANY_SWITCH['claims the target'] },
  'makes its slot': { point: BEFORE_ANY_SWITCH['makes its slot'], ...SLOT_DROPPED },
  'has made the schema': {
    ...{ point: { at: 'target', moment: answerTo(HISTORY, COMMIT) }, from: SHARED },
    ...SCHEMA_DROPPED,
  },
  'is in the middle of a table': { point: BEFORE_ANY_SWITCH['is in the middle of a table'], ...SLOT_DROPPED },
  'applies changes': { point: BEFORE_ANY_SWITCH['applies changes'] },
  verifies: { point: BEFORE_ANY_SWITCH.verifies },
  'has the fence': { point: BEFORE_ANY_SWITCH['has the fence'] },
  drains: { point: BEFORE_ANY_SWITCH.drains },
  'is in the middle of the switch': { point: SWITCHING },
  'has switched the tenant': { point: { at: 'source', moment: answerTo(PLACE, COMMIT) }, isSwitched: true },
  'lets go of its slot': { point: AFTER_ANY_SWITCH['lets go of its slot'], isSwitched: true },
  completes: { point: AFTER_ANY_SWITCH.completes, isSwitched: true },
};

/** In the middle of removing what a move has left at a place. */
const purgeOf = ({ schema }: Place): Point => ({
  at: 'source',
  moment: answerTo(schema === null ? /dmz\.purge_unmoved_rows/ : DROP_SCHEMA),
});

const FAULTS = {
  'the mover is killed': MOVER_KILLED,
  'the server is killed': { hits: 'source', by: 'SIGKILL' },
  'it loses its server': { hits: 'source', by: 'a cut' },
} as const;

/** One fault after the other, so that the moments which need the tenant at one place do not come in a row. */
const byFault = <Each extends { readonly what: Fault }>(cases: readonly Each[]): Each[] =>
  Object.values(FAULTS).flatMap((fault) => cases.filter(({ what }) => what === fault));

describe('a move inside one database, under fire', { timeout: 120_000 }, () => {
  let fire: MovesUnderFire;
  beforeAll(async () => {
    fire = await MovesUnderFire.start({ tenant: 'small-company', names: ['main'], places: [SHARED, SCHEMA] });
  }, 180_000);
  afterEach(() => fire.calmDown());
  afterAll(() => fire.close(), 60_000);

  it.each(byFault(everyFaultAt(STEPS, () => FAULTS)))(
    '$fault while it $step',
    async ({ point, what, turn }) => {
      const { point: moment, isSwitched = false, from, back } = point;
      if (from) await bringTo(from);
      if (!isSwitched && turn % 2 === 1) return void (await fire.interrupt(moment, what, 'roll back', back));
      const { moveId, ends } = await fire.interrupt(moment, what, 'move');
      // After the switch, what was left behind meets the fault as well.
      const purge = { what: 'purge', moveId, retryMs: 0 } as const;
      if (isSwitched) await fire.endDespite(purge, purgeOf(ends.source), what, ends);
      else expect(await fire.give(purge)).toEqual({ ok: true });
      await fire.expectPurged(moveId, ends);
    },
  );

  it('ends a switch that is half done where the whole machine of the mover is gone, and nobody gives a command', async () => {
    await fire.whilePlaying(async (ends) => {
      const moveId = await fire.plan(ends.target, 1_000);
      await fire.vanish({ what: 'move', moveId, retryMs: 0 }, SWITCHING, ends);
      expect(await fire.accepting()).toEqual([]);
      await fire.play?.goesOn(5);
      expect(await fire.accepting()).toEqual([ends.source]);
      // That it takes the other sessions of the machine longer to end is not waited for here.
      fire.servers.proxy('main').hangUp();
      expect(await fire.give({ what: 'roll back', moveId, retryMs: 0 })).toEqual({ ok: true });
      return { moveId, ending: 'roll back' };
    });
  });

  it.each<[string, Place, RegExp]>([
    ['rows', SHARED, /dmz\.purge_unmoved_rows/],
    ['a schema', SCHEMA, DROP_SCHEMA],
  ])(
    'loses nothing to a program that stood still while it cleared %s, and comes back when another has copied',
    async (_, target, says) => {
      await bringTo(target);
      await bringTo(target === SHARED ? SCHEMA : SHARED);
      await fire.whilePlaying(async (ends) => {
        const moveId = await fire.plan(target);
        const clearing: Point = { at: 'target', moment: { says, keeps: 'statement' } };
        const [first, second] = await fire.takenForDead({ what: 'move', moveId, retryMs: 0 }, clearing, ends);
        expect([first.ok, second]).toEqual([false, { ok: true }]);
        return { moveId, ending: 'move' };
      });
    },
  );

  async function bringTo(place: Place): Promise<void> {
    if ((await fire.ends()).source === place) return;
    expect(await fire.give({ what: 'move', moveId: await fire.plan(place), retryMs: 0 })).toEqual({
      ok: true,
    });
  }
});
