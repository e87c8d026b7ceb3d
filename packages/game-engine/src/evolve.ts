/**
 * The fold: state after an event. It trusts events (they were validated when written or read), computes nothing
 * that an event could carry, and copies only what changes, since replay spends its time here.
 */
import { EngineError } from './errors.ts';
import type { EventData, GameEvent, GameEventType, Tally } from './events.ts';
import { emptyTally, type InboxEmail, type SessionState, STATE_LIMITS } from './state.ts';

type Change = Partial<SessionState>;
type Reducers = {
  readonly [Type in GameEventType]: (state: SessionState, data: Readonly<EventData<Type>>) => Change;
};

const tallied = (state: SessionState, changes: Partial<Tally>): Pick<SessionState, 'today' | 'totals'> => ({
  today: addTally(state.today, changes),
  totals: addTally(state.totals, changes),
});

function addTally(tally: Tally, changes: Partial<Tally>): Tally {
  const sum = { ...tally };
  for (const key in changes) sum[key as keyof Tally] += changes[key as keyof Tally] ?? 0;
  return sum;
}

function updateEmail(state: SessionState, emailKey: string, change: Partial<InboxEmail>): InboxEmail[] {
  return state.inbox.map((email) => (email.emailKey === emailKey ? { ...email, ...change } : email));
}

const withoutEmail = (state: SessionState, emailKey: string): InboxEmail[] =>
  state.inbox.filter((email) => email.emailKey !== emailKey);

function remember(list: readonly string[], entry: string, limit: number): string[] {
  const others = list.filter((each) => each !== entry);
  return [...(others.length < limit ? others : others.slice(others.length - limit + 1)), entry];
}

const without = (list: readonly string[], entry: string): readonly string[] =>
  list.includes(entry) ? list.filter((each) => each !== entry) : list;

const received = (data: EventData<'game.email.received'>): InboxEmail => ({
  emailKey: data.emailKey,
  templateKey: data.templateKey,
  day: data.day,
  category: data.category,
  difficulty: data.difficulty,
  legitimate: data.legitimate,
  attackKind: data.attackKind,
  senderDomain: data.senderDomain,
  offer: data.offer,
  status: 'pending',
  opened: false,
  marks: [],
  verificationDueDay: null,
  verified: false,
  deferrals: 0,
  decision: null,
  capacityLacking: false,
});

const statusNow = (state: SessionState): SessionState['status'] =>
  state.incidents.length > 0 ? 'breach_recovery' : 'active';

const sessionReducers = {
  'game.session.started': (_state, data) => ({
    status: 'active',
    seed: data.seed,
    days: data.days,
    engineVersion: data.engineVersion,
    rulesVersion: data.rulesVersion,
    contentVersion: data.contentVersion,
    credits: data.credits,
    trust: data.trust,
    intel: data.intel,
    facilityTier: data.facilityTier,
    allocation: data.allocation,
  }),
  'game.session.paused': () => ({ status: 'paused' }),
  'game.session.resumed': (state) => ({ status: statusNow(state) }),
  'game.session.abandoned': () => ({ status: 'abandoned' }),
  'game.session.completed': (_state, { score, grade }) => ({ status: 'completed', score, grade }),
  'game.day.started': (state, { day, threatTier }) => ({
    day,
    threatTier,
    nextThreatTier: threatTier,
    today: emptyTally,
    attacksToday: 0,
    inbox: state.inbox.map((email) =>
      email.status === 'deferred' ? { ...email, status: 'pending' } : email,
    ),
  }),
  'game.day.acknowledged': () => ({}),
  'game.phase.entered': (_state, { phase }) => ({ phase }),
  'game.day.ended': () => ({}),
} satisfies Partial<Reducers>;

const inboxReducers = {
  'game.email.received': (state, data) => ({
    ...tallied(state, { received: 1 }),
    inbox: [...state.inbox, received(data)],
    recentTemplates: remember(state.recentTemplates, data.templateKey, STATE_LIMITS.recentTemplates),
  }),
  'game.email.opened': (state, { emailKey }) => ({ inbox: updateEmail(state, emailKey, { opened: true }) }),
  'game.indicator.marked': (state, { emailKey, technique, location, correct, creditsDelta, intelDelta }) => ({
    ...tallied(state, correct ? { marksRight: 1 } : { marksWrong: 1 }),
    credits: state.credits + creditsDelta,
    intel: state.intel + intelDelta,
    inbox: state.inbox.map((email) =>
      email.emailKey === emailKey
        ? { ...email, marks: [...email.marks, { technique, location, correct }] }
        : email,
    ),
  }),
  'game.verification.requested': (state, { emailKey, dueDay, creditsDelta }) => ({
    ...tallied(state, { verifications: 1 }),
    credits: state.credits + creditsDelta,
    inbox: updateEmail(state, emailKey, { status: 'verifying', verificationDueDay: dueDay }),
  }),
  'game.verification.delivered': (state, { emailKey }) => ({
    inbox: updateEmail(state, emailKey, { status: 'pending', verified: true }),
  }),
  'game.email.decided': (state, { emailKey, decision, capacityLacking }) =>
    // Asking for papers and putting off are decisions too, but the events that follow them say what changes.
    decision === 'request_verification' || decision === 'defer'
      ? {}
      : { inbox: updateEmail(state, emailKey, { status: 'decided', decision, capacityLacking }) },
  'game.email.deferred': (state, { emailKey, deferrals, trustDelta }) => ({
    ...tallied(state, { deferred: 1 }),
    trust: state.trust + trustDelta,
    inbox: updateEmail(state, emailKey, { status: 'deferred', deferrals }),
  }),
  'game.email.expired': (state, { emailKey, trustDelta }) => ({
    ...tallied(state, { expired: 1 }),
    trust: state.trust + trustDelta,
    inbox: withoutEmail(state, emailKey),
  }),
  'game.decision.resolved': (state, { emailKey, correct, creditsDelta, trustDelta, intelDelta }) => ({
    ...tallied(state, { decided: 1, correct: correct ? 1 : 0 }),
    credits: state.credits + creditsDelta,
    trust: state.trust + trustDelta,
    intel: state.intel + intelDelta,
    inbox: withoutEmail(state, emailKey),
  }),
  'game.sender.listed': (state, { list, domain }) => ({
    whitelist:
      list === 'whitelist'
        ? remember(state.whitelist, domain, STATE_LIMITS.listedDomains)
        : without(state.whitelist, domain),
    blacklist:
      list === 'blacklist'
        ? remember(state.blacklist, domain, STATE_LIMITS.listedDomains)
        : without(state.blacklist, domain),
  }),
  'game.backlog.penalised': (state, { trustDelta }) => ({ trust: state.trust + trustDelta }),
} satisfies Partial<Reducers>;

const facilityReducers = {
  'game.client.admitted': (state, { clientKey, untilDay, creditsPerDay, occupies }) => ({
    ...tallied(state, { clientsAdmitted: 1 }),
    clients: [...state.clients, { clientKey, untilDay, creditsPerDay, occupies }],
  }),
  'game.client.departed': (state, { clientKey }) => ({
    clients: state.clients.filter((client) => client.clientKey !== clientKey),
  }),
  'game.income.received': (state, { creditsDelta }) => ({ credits: state.credits + creditsDelta }),
  'game.upkeep.charged': (state, { creditsDelta, trustDelta }) => ({
    credits: state.credits + creditsDelta,
    trust: state.trust + trustDelta,
  }),
  'game.resource.adjusted': (state, { allocation, creditsDelta }) => ({
    allocation,
    credits: state.credits + creditsDelta,
  }),
  'game.upgrade.purchased': (state, { upgrade, facilityTier, creditsDelta, intelDelta }) => ({
    facilityTier,
    credits: state.credits + creditsDelta,
    intel: state.intel + intelDelta,
    defences: upgrade === 'facility' ? state.defences : [...state.defences, upgrade],
  }),
} satisfies Partial<Reducers>;

const threatReducers = {
  'game.attack.launched': (state, { attackKey, kind, severity, emailKey, dueDay }) => ({
    attacksToday: state.attacksToday + 1,
    attacks: [...state.attacks, { attackKey, kind, severity, emailKey, dueDay }],
  }),
  'game.attack.blocked': (state, { attackKey }) => ({
    ...tallied(state, { attacksBlocked: 1 }),
    attacks: state.attacks.filter((attack) => attack.attackKey !== attackKey),
  }),
  'game.breach.occurred': (state, data) => ({
    ...tallied(state, { breaches: 1 }),
    status: 'breach_recovery',
    credits: state.credits + data.creditsDelta,
    trust: state.trust + data.trustDelta,
    heat: state.heat + data.heatDelta,
    attacks: state.attacks.filter((attack) => attack.attackKey !== data.attackKey),
    incidents: [
      ...state.incidents,
      {
        incidentKey: data.incidentKey,
        kind: data.kind,
        severity: data.severity,
        ransomCredits: data.ransomCredits,
      },
    ],
  }),
  'game.incident.resolved': (state, { incidentKey, creditsDelta, trustDelta, intelDelta, heatDelta }) => {
    const incidents = state.incidents.filter((incident) => incident.incidentKey !== incidentKey);
    return {
      incidents,
      status: incidents.length > 0 ? 'breach_recovery' : 'active',
      credits: state.credits + creditsDelta,
      trust: state.trust + trustDelta,
      intel: state.intel + intelDelta,
      heat: state.heat + heatDelta,
    };
  },
  'game.threat.assessed': (_state, { threatTier, heat }) => ({ nextThreatTier: threatTier, heat }),
} satisfies Partial<Reducers>;

const reducers: Reducers = {
  ...sessionReducers,
  ...inboxReducers,
  ...facilityReducers,
  ...threatReducers,
};

/**
 * The state after one event. The given state is not changed; what did not change is shared with it.
 * @throws GAME_EVENT_TYPE_UNKNOWN  when the event did not come from `decide` or `parseEvent`
 */
export function evolve(state: SessionState, event: GameEvent): SessionState {
  const reduce = reducers[event.type] as
    | ((state: SessionState, data: GameEvent['data']) => Change)
    | undefined;
  if (reduce === undefined) {
    throw new EngineError('GAME_EVENT_TYPE_UNKNOWN', {
      found: String(event.type).slice(0, 80),
      expected: 'a registered event type',
    });
  }
  return { ...state, ...reduce(state, event.data), sequence: state.sequence + 1 };
}

/** The state after all events, in order. */
export function fold(state: SessionState, events: Iterable<GameEvent>): SessionState {
  let current = state;
  for (const event of events) current = evolve(current, event);
  return current;
}
