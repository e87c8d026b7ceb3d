/**
 * The protocol of a move, over every order in which requests, programs, crashes and cut connections can meet: the four
 * promises of DESIGN section 6 hold in every state, and each guard is needed for one of them.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/kernel/project.ts';
import { moves } from '../../src/modules/public/schema.ts';
import {
  ALL_GUARDS,
  type Bounds,
  begin,
  type Guards,
  MOVER_ACTIONS,
  nextSteps,
  type State,
} from './protocol-model.ts';

const REQUESTS = 2;
const bounds = (guards: Partial<Guards> = {}): Bounds => ({
  crashes: 2,
  attempts: 3,
  guards: { ...ALL_GUARDS, ...guards },
});

/** What is broken in a state, by the number of the promise. */
function brokenIn({ source, target, requests, outcome, slot }: State): string[] {
  const found: string[] = [];
  if (source.serving && target.serving) found.push('1: both places accept writes');
  const accepted = requests.flatMap((request, at) => (request === 'accepted' ? [at] : []));
  const served = target.serving ? target : source;
  if (accepted.some((row) => !served.rows.includes(row))) found.push('2: an accepted write is lost');
  if (new Set(served.rows).size !== served.rows.length) found.push('2: a write is there twice');
  if (outcome !== 'open' && slot !== null) found.push('a slot outlives its move');
  return found;
}

interface Explored {
  readonly states: ReadonlyMap<string, State>;
  readonly following: ReadonlyMap<string, readonly string[]>;
  readonly broken: ReadonlySet<string>;
}

function explore(within: Bounds): Explored {
  const first = begin(REQUESTS);
  const states = new Map([[JSON.stringify(first), first]]);
  const following = new Map<string, string[]>();
  const broken = new Set<string>();
  for (const [key, state] of states) {
    for (const each of brokenIn(state)) broken.add(each);
    const steps = nextSteps(state, within);
    following.set(
      key,
      steps.map((step) => {
        const next = JSON.stringify(step.state);
        if (!states.has(next)) states.set(next, step.state);
        return next;
      }),
    );
  }
  return { states, following, broken };
}

/** The states from which one that is wanted can still be reached. */
function reaching({ states, following }: Explored, isWanted: (state: State) => boolean): Set<string> {
  const before = new Map<string, string[]>();
  for (const [from, all] of following)
    for (const to of all) before.set(to, [...(before.get(to) ?? []), from]);
  const found = new Set([...states].filter(([, state]) => isWanted(state)).map(([key]) => key));
  for (const key of found) for (const earlier of before.get(key) ?? []) found.add(earlier);
  return found;
}

describe('the protocol of a move', () => {
  const explored = explore(bounds());
  /** Those in which somebody can still take the move up, because nobody works on it. */
  const open = [...explored.states].filter(
    ([, { attempts, outcome, programs }]) =>
      attempts < bounds().attempts && outcome === 'open' && programs.every(({ cut }) => cut),
  );

  it('is explored in every state that there is within the bounds', () => {
    expect(explored.states.size).toBeGreaterThan(3_000);
  });

  it('never lets both places accept writes, and never loses or doubles an accepted one', () => {
    expect([...explored.broken]).toEqual([]);
  });

  it('fails no request: each can still be accepted, wherever a program was killed', () => {
    const served = reaching(explored, ({ requests }) => requests.every((each) => each === 'accepted'));
    expect(open.filter(([key]) => !served.has(key))).toEqual([]);
  });

  it('can be brought to its end from everywhere, and be undone until the tenant has arrived', () => {
    const completed = reaching(explored, ({ outcome }) => outcome === 'completed');
    const undone = reaching(explored, ({ outcome }) => outcome === 'rolled back');
    expect(open.filter(([key]) => !completed.has(key))).toEqual([]);
    const undoable = open.filter(([, { attempts, target }]) => attempts > 0 && !target.serving);
    expect(undoable.filter(([key]) => !undone.has(key))).toEqual([]);
    const arrived = [...explored.states].filter(([, { target }]) => target.serving);
    expect(arrived.filter(([key]) => undone.has(key))).toEqual([]);
  });

  it.each<[keyof Guards, string]>([
    ['departFirst', '1: both places accept writes'],
    ['numberedAttempts', '1: both places accept writes'],
    ['drainUnderFence', '2: an accepted write is lost'],
    ['fence', '2: an accepted write is lost'],
    ['routersAreRefused', '2: an accepted write is lost'],
  ])('needs %s: without it, %s', (guard, broken) => {
    expect([...explore(bounds({ [guard]: false })).broken]).toContain(broken);
  });
});

describe('the table of the protocol in ADR 5', () => {
  const adr = readFileSync(path.join(projectRoot, 'docs/adr/0005-tiers-and-moves.md'), 'utf8');
  const rows = [...adr.matchAll(/^\| `(\w+)` \|([^|]*)\|([^|]*)\| `(mover\/[\w-]+\.ts)`, `(\w+)` \|/gm)];

  it('has every action of the model, in its order', () => {
    expect(rows.map(([, action]) => action)).toEqual([...MOVER_ACTIONS]);
  });

  it('has every step that is recorded, and names functions that are there', () => {
    const recorded = rows.flatMap(([, , steps = '']) =>
      [...steps.matchAll(/`(\w+)`/g)].map(([, step]) => step),
    );
    const apart = ['planned', 'purged', 'rolling_back', 'rolled_back'];
    expect([...recorded, ...apart].sort()).toEqual([...moves.step.enumValues].sort());
    for (const [, , , , file = '', name = ''] of rows) {
      const source = readFileSync(path.join(projectRoot, 'packages/backend/src/kernel', file), 'utf8');
      expect(source, `${file} and ${name}`).toMatch(new RegExp(`(function|const) ${name}\\b`));
    }
  });
});
