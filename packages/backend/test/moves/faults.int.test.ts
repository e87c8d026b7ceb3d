/**
 * A move between two servers that is killed or cut off at each of its steps, while people play: the program, the server
 * that is left, the server that is gone to, and the connection to either. Afterwards it is resumed or rolled back with one
 * command, by another program, and what DESIGN section 6 promises holds.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  AFTER_ANY_SWITCH,
  ARRIVE,
  answerTo,
  BEFORE_ANY_SWITCH,
  COMMIT,
  DEPART,
  DROP_SLOT,
  everyFaultAt,
  type Fault,
  type Faults,
  MOVER_KILLED,
  PLACE,
  type Point,
} from '../harness/faults.ts';
import { type Done, type Ends, MovesUnderFire } from '../harness/moves-under-fire.ts';
import { type PacedPlay, pacedPlay } from '../harness/paced-play.ts';
import { contentAt, type Place } from '../harness/places.ts';

const OTHER = 'consumers';
const QUIET = 'mid-company';
const PLACES: [Place, Place] = [
  { server: 'main', tier: 'shared', schema: null },
  { server: 'second', tier: 'instance', schema: null },
];

/** Before the tenant is switched: whatever happens there, one may also roll back. */
const BEFORE: Record<string, Point> = {
  ...BEFORE_ANY_SWITCH,
  'lets go of the tenant': { at: 'source', moment: answerTo(DEPART) },
  'has let go of it': { at: 'source', moment: answerTo(DEPART, COMMIT) },
};
/** From where on one can only go on. */
const AFTER: Record<string, Point> = {
  'has taken the tenant over': { at: 'target', moment: answerTo(ARRIVE, COMMIT) },
  'has told the routers': { at: 'control', moment: answerTo(PLACE, COMMIT) },
  ...AFTER_ANY_SWITCH,
};
const BACK: Point = { at: 'source', moment: answerTo(DROP_SLOT) };
const PURGE: Point = { at: 'source', moment: answerTo(/dmz\.purge_unmoved_rows/) };

const CUTS: [Faults, Faults] = [
  { 'it loses its source': { hits: 'source', by: 'a cut' } },
  { 'it loses its target': { hits: 'target', by: 'a cut' } },
];
/** Which connection is cut goes by turns. */
const faultsOf = (row: number): Faults => ({
  'the mover is killed': MOVER_KILLED,
  'the source is killed': { hits: 'source', by: 'SIGKILL' },
  'the target is killed': { hits: 'target', by: 'SIGKILL' },
  ...CUTS[row % 2],
});

describe('a move between two servers, under fire', { timeout: 120_000 }, () => {
  let fire: MovesUnderFire;
  let others: PacedPlay;
  let quiet = { id: '', content: '' };
  beforeAll(async () => {
    fire = await MovesUnderFire.start({ tenant: 'small-company', names: ['main', 'second'], places: PLACES });
    const { id } = await fire.platform.tenancy.locate(QUIET);
    quiet = { id, content: await contentAt(fire.servers, PLACES[0], id) };
    others = pacedPlay(fire.platform, OTHER, 1);
  }, 180_000);
  afterEach(() => fire.calmDown());
  afterAll(() => fire.close(), 60_000);

  it.each(everyFaultAt(BEFORE, faultsOf))('$fault while it $step', async ({ point, what, turn }) => {
    await fire.interrupt(point, what, turn % 2 === 0 ? 'move' : 'roll back');
  });
  it.each(everyFaultAt(AFTER, faultsOf))('$fault while it $step', async ({ point, what }) => {
    await fire.interrupt(point, what, 'move');
  });
  it.each(everyFaultAt({ 'rolls back': BACK }, faultsOf))(
    '$fault while it $step',
    async ({ point, what }) => {
      await fire.whilePlaying((ends) => rollBackUnderFault(point, what, ends));
    },
  );

  async function rollBackUnderFault(point: Point, what: Fault, ends: Ends): Promise<Done> {
    const moveId = await fire.plan(ends.target);
    await fire.underFault(
      { what: 'move', moveId, retryMs: 0 },
      BEFORE_ANY_SWITCH.verifies,
      MOVER_KILLED,
      ends,
    );
    await fire.endDespite({ what: 'roll back', moveId, retryMs: 0 }, point, what, ends);
    return { moveId, ending: 'roll back' };
  }

  it.each(everyFaultAt({ 'purges what it left': PURGE }, faultsOf))(
    '$fault while it $step',
    async ({ point, what }) => {
      const { moveId, ends } = await fire.whilePlaying(async ({ target }) => {
        const id = await fire.plan(target);
        expect(await fire.give({ what: 'move', moveId: id, retryMs: 0 })).toEqual({ ok: true });
        return { moveId: id, ending: 'move' };
      });
      await fire.endDespite({ what: 'purge', moveId, retryMs: 0 }, point, what, ends);
      await fire.expectPurged(moveId, ends);
    },
  );

  it('lifts the fence where the whole machine of the mover is gone, and nobody gives a command', async () => {
    await fire.whilePlaying(async (ends) => {
      const moveId = await fire.plan(ends.target, 1_000);
      await fire.vanish({ what: 'move', moveId, retryMs: 0 }, BEFORE_ANY_SWITCH['has the fence'], ends);
      await fire.play?.goesOn(5);
      expect(await fire.give({ what: 'roll back', moveId, retryMs: 0 })).toEqual({ ok: true });
      return { moveId, ending: 'roll back' };
    });
  });

  it('has disturbed no other tenant', async () => {
    await others.goesOn(5);
    await others.endsWell();
    expect(await contentAt(fire.servers, PLACES[0], quiet.id)).toBe(quiet.content);
    expect(await contentAt(fire.servers, PLACES[1], quiet.id)).toBe('');
  });
});
