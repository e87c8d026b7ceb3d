/**
 * The protocol of a move between two databases as a small machine: what is durable at each place, what each program holds
 * only while it lives, and every action that can come next, a crash or a cut connection among them. ADR 5 has the table
 * that says which code each action stands for.
 */

/** Between which a program can be killed; the last ones are the flip, one durable write each. */
export const MOVER_ACTIONS = [
  'claim',
  'copy',
  'follow',
  'verify',
  'fence',
  'drain',
  'depart',
  'arrive',
  'place',
  'complete',
] as const;
export type MoverAction = (typeof MOVER_ACTIONS)[number];

/** Guards that can be taken out, to see that the model notices. */
export interface Guards {
  readonly departFirst: boolean;
  readonly numberedAttempts: boolean;
  readonly drainUnderFence: boolean;
  readonly fence: boolean;
  readonly routersAreRefused: boolean;
}
export const ALL_GUARDS: Guards = {
  departFirst: true,
  numberedAttempts: true,
  drainUnderFence: true,
  fence: true,
  routersAreRefused: true,
};

interface Program {
  readonly attempt: number;
  /** What it does next. */
  readonly next: MoverAction | 'rollback' | 'done';
  /** Its session at the source, with the fence, and its lock in the control database are gone; the rest still works. */
  readonly cut: boolean;
  readonly fenced: boolean;
}

/** A request: waiting to be let in, inside a transaction at a place, or answered. */
type Request = 'waiting' | 'at source' | 'at target' | 'accepted';

export interface State {
  readonly requests: readonly Request[];
  /** Where routers believe the tenant to be. */
  readonly believed: 'source' | 'target';
  readonly placed: 'source' | 'target';
  readonly source: { readonly serving: boolean; readonly attempt: number; readonly rows: readonly number[] };
  readonly target: { readonly serving: boolean; readonly attempt: number; readonly rows: readonly number[] };
  /** The slot: changes that the target has not had; null while there is none. */
  readonly slot: readonly number[] | null;
  readonly copied: boolean;
  readonly programs: readonly Program[];
  readonly attempts: number;
  readonly crashes: number;
  readonly outcome: 'open' | 'completed' | 'rolled back';
}

export const begin = (requests: number): State => ({
  requests: Array.from({ length: requests }, () => 'waiting'),
  believed: 'source',
  placed: 'source',
  source: { serving: true, attempt: 0, rows: [] },
  target: { serving: false, attempt: 0, rows: [] },
  slot: null,
  copied: false,
  programs: [],
  attempts: 0,
  crashes: 0,
  outcome: 'open',
});

export interface Step {
  readonly action: string;
  readonly state: State;
}

export interface Bounds {
  readonly crashes: number;
  readonly attempts: number;
  readonly guards: Guards;
}

export function nextSteps(state: State, bounds: Bounds): Step[] {
  return [
    ...clientSteps(state, bounds.guards),
    ...state.programs.flatMap((_, at) => programSteps(state, at, bounds)),
    ...takeUps(state, bounds),
  ];
}

const isFenced = ({ programs }: State) => programs.some(({ fenced }) => fenced);
const replaced = <Value>(list: readonly Value[], at: number, value: Value): Value[] =>
  list.map((each, index) => (index === at ? value : each));

/** A request enters where routers believe the tenant to be, or is refused there and asks again; it then commits. */
function clientSteps(state: State, guards: Guards): Step[] {
  return state.requests.flatMap((request, at): Step[] => {
    const to = (next: Request, more: Partial<State> = {}): State => ({
      ...state,
      ...more,
      requests: replaced(state.requests, at, next),
    });
    if (request === 'at source' || request === 'at target')
      return [{ action: 'commit', state: commit(state, at) }];
    if (request === 'accepted') return [];
    const place = state[state.believed];
    if (place.serving || !guards.routersAreRefused) {
      const waits = state.believed === 'source' && guards.fence && isFenced(state);
      return waits ? [] : [{ action: 'enter', state: to(`at ${state.believed}`) }];
    }
    return state.believed === state.placed
      ? []
      : [{ action: 'ask', state: { ...state, believed: state.placed } }];
  });
}

function commit(state: State, at: number): State {
  const side = state.requests[at] === 'at source' ? 'source' : 'target';
  const written = { ...state[side], rows: [...state[side].rows, at] };
  return {
    ...state,
    [side]: written,
    slot: side === 'source' && state.slot ? [...state.slot, at] : state.slot,
    requests: replaced(state.requests, at, 'accepted'),
  };
}

/** Resuming and rolling back, by a program that takes the move up; one at a time has the lock. */
function takeUps(state: State, { attempts }: Bounds): Step[] {
  const held = state.programs.some(({ cut, next }) => !cut && next !== 'done');
  if (held || state.attempts >= attempts || state.outcome !== 'open') return [];
  const attempt = state.attempts + 1;
  const taken: State = {
    ...state,
    attempts: attempt,
    source: { ...state.source, attempt },
    target: { ...state.target, attempt },
  };
  const by = (next: Program['next']): State => ({
    ...taken,
    programs: [...state.programs, { attempt, next, cut: false, fenced: false }],
  });
  const steps: Step[] = [{ action: 'resume', state: by(whereToGoOn(state)) }];
  // What has arrived is not rolled back.
  if (state.attempts > 0 && !state.target.serving) steps.push({ action: 'roll back', state: by('rollback') });
  return steps;
}

function whereToGoOn({ source, target, placed, copied, slot }: State): MoverAction {
  if (placed === 'target') return 'complete';
  if (target.serving) return 'place';
  if (!source.serving) return 'arrive';
  return copied && slot ? 'follow' : 'claim';
}

function programSteps(state: State, at: number, bounds: Bounds): Step[] {
  const program = state.programs[at];
  if (!program || program.next === 'done') return [];
  const steps: Step[] = [];
  const without = state.programs.filter((_, index) => index !== at);
  if (state.crashes < bounds.crashes) {
    const crashes = state.crashes + 1;
    steps.push({ action: 'crash', state: { ...state, crashes, programs: without } });
    if (!program.cut) {
      const cut = { ...program, cut: true, fenced: false };
      steps.push({
        action: 'cut',
        state: { ...state, crashes, programs: replaced(state.programs, at, cut) },
      });
    }
  }
  const done =
    program.next === 'rollback' ? undoneBy(state, program, bounds.guards) : acted(state, program, bounds);
  if (done) {
    const { next, fenced, ...change } = done;
    const programs = replaced(state.programs, at, { ...program, next, fenced: fenced ?? program.fenced });
    steps.push({ action: program.next, state: { ...state, ...change, programs } });
  }
  return steps;
}

type Change = Partial<State> & { readonly next: Program['next']; readonly fenced?: boolean };

const isCurrent = (place: { readonly attempt: number }, { attempt }: Program, guards: Guards): boolean =>
  !guards.numberedAttempts || place.attempt === attempt;

/** What the program's next action makes of the state; undefined where it cannot act, or is refused. */
function acted(state: State, program: Program, { guards }: Bounds): Change | undefined {
  const { source, target } = state;
  const overSource = !program.cut;
  const atTarget = isCurrent(target, program, guards);
  switch (program.next as MoverAction) {
    case 'claim':
      return overSource && atTarget
        ? { target: { ...target, rows: [] }, copied: false, slot: [], next: 'copy' }
        : undefined;
    case 'copy':
      // The slot's snapshot has what was committed before it; the slot has the rest.
      return overSource && atTarget
        ? { target: { ...target, rows: [...source.rows] }, copied: true, slot: [], next: 'follow' }
        : undefined;
    case 'follow':
      return atTarget && state.slot ? { ...applied(state), next: 'verify' } : undefined;
    case 'verify':
      return overSource ? { next: 'fence' } : undefined;
    case 'fence':
      return overSource && (!guards.fence || !state.requests.includes('at source'))
        ? { next: guards.drainUnderFence ? 'drain' : firstOfFlip(guards), fenced: guards.fence }
        : undefined;
    case 'drain':
      return overSource && atTarget ? { ...applied(state), next: firstOfFlip(guards) } : undefined;
    case 'depart':
    case 'arrive':
      return flipped(state, program, guards);
    case 'place':
      return overSource ? { placed: 'target', next: 'complete', fenced: false } : undefined;
    case 'complete':
      return overSource ? { slot: null, outcome: 'completed', next: 'done', fenced: false } : undefined;
  }
}

const firstOfFlip = ({ departFirst }: Guards) => (departFirst ? 'depart' : 'arrive');

function flipped(state: State, program: Program, guards: Guards): Change | undefined {
  const { source, target } = state;
  const first = firstOfFlip(guards);
  const after = program.next === first ? (first === 'depart' ? 'arrive' : 'depart') : 'place';
  if (program.next === 'depart')
    return !program.cut && isCurrent(source, program, guards)
      ? { source: { ...source, serving: false }, next: after }
      : undefined;
  return isCurrent(target, program, guards)
    ? { target: { ...target, serving: true }, next: after }
    : undefined;
}

/** Applying is idempotent: what the target has, it keeps. */
function applied({ target, slot }: State): Partial<State> {
  const missing = (slot ?? []).filter((row) => !target.rows.includes(row));
  return { target: { ...target, rows: [...target.rows, ...missing] }, slot: [] };
}

function undoneBy({ source, target }: State, program: Program, guards: Guards): Change | undefined {
  if (program.cut || !isCurrent(source, program, guards) || target.serving) return undefined;
  return {
    source: { ...source, serving: true },
    target: { ...target, rows: [] },
    slot: null,
    copied: false,
    outcome: 'rolled back',
    next: 'done',
  };
}
