/** How use cases are called soundly, and the methods of what they are wired with. */
import { v7 as uuidv7 } from 'uuid';
import { recordsNamed } from '../../src/evidence/evidence-records.ts';
import { templateVariants } from '../../src/generating/template-variants.ts';
import { platformKey } from '../../src/kernel/signing/index.ts';
import { PLAY_ACTIONS } from '../../src/modules/game/index.ts';
import { completions } from '../../src/modules/training/index.ts';
import { mailOutbox } from '../../src/notifying/mail-outbox.ts';
import { newMessage } from './sound-modules.ts';
import { fixed, open, type SoundArguments } from './sound-values.ts';
import { TENANT, type World } from './world.ts';

export const ofUseCases: Readonly<Record<string, SoundArguments>> = {
  'auditing/proveInclusion': ({ platform, entry }) => [fixed(platform.tenancy), TENANT, entry, 1],
  'auditing/proveConsistency': ({ platform }) => [fixed(platform.tenancy), TENANT, 1, 1],
  'auditing/signChain': ({ platform }) => [
    fixed(platform.tenancy),
    TENANT,
    fixed(signing()),
    fixed(process.env.DMZ_HOME),
  ],
  'auditing/takeCheckpoint': ({ platform }) => [fixed(platform.tenancy), TENANT, fixed(signing())],
  'auditing/walkLog': ({ platform }) => [fixed(platform.tenancy), TENANT],
  'auditing/walkChain': ({ platform }) => [fixed(platform.tenancy), TENANT],
  'caching/rebuildCache': ({ platform }) => [fixed(platform), fixed([]), TENANT],
  'caching/verifyCache': ({ platform }) => [fixed(platform), fixed([]), TENANT],
  'data-subjects/auditRequest': ({ request }) => ['erasure.begun', request, open({ a: 1 })],
  'data-subjects/certificateOf': ({ request }) => [request],
  'data-subjects/exportOnRequest': ({ platform, person, request }) => [
    fixed(platform),
    { tenantId: TENANT, userId: person.id },
    request,
  ],
  'data-subjects/holdsOn': ({ person }) => [person.id],
  'data-subjects/rehearseErasure': ({ platform, person }) => [
    fixed(platform),
    { tenant: TENANT, user: person.email },
  ],
  'data-subjects/erasePerson': ({ platform }) => [
    fixed(platform),
    { tenant: TENANT, user: 'nobody@small-company.example', reason: 'asked for' },
  ],
  'data-subjects/resumeErasures': ({ platform }) => [fixed(platform), TENANT],
  'data-subjects/rectifyPerson': ({ platform, person }) => [
    fixed(platform),
    { tenant: TENANT, user: person.id },
    { displayName: 'A B', handle: 'ab' },
  ],
  'data-subjects/restrictPerson': ({ platform, otherPerson }) => [
    fixed(platform),
    { tenant: TENANT, user: otherPerson },
    fixed(false),
  ],
  'entry/actAsPerson': ({ platform, player, session }) => [
    ...[fixed(platform), TENANT, player],
    { sessionId: session, actionId: uuidv7(), action: open({ type: 'pause' }), clientTime: new Date() },
  ],
  'entry/admitPerson': ({ platform, person }) => [
    platform.cache,
    person.id,
    { permission: 'game.sessions.play', limit: fixed(PLAY_ACTIONS) },
  ],
  'entry/askForExport': ({ platform, otherPerson }) => [fixed(platform), otherPerson],
  'evidence/invalidateRecord': ({ platform, completion }) => [
    ...[fixed(platform), TENANT, fixed(recordsNamed('training.completions')), completion, fixed('duplicate')],
  ],
  'generating/fillPool': ({ platform: { tenancy, cache, game } }) => [
    fixed({ tenancy, cache, packs: game.packs, generator: templateVariants }),
    runningJob(),
    1,
  ],
  'keys/rotateTenantKey': ({ platform }) => [fixed(platform), TENANT],
  'modules/game/appendAll': ({ platform, session }) => [
    fixed(platform.tenancy),
    TENANT,
    [append(session, 1)],
  ],
  'moving/planMove': ({ platform, db }) => [
    fixed({ platform, options: { controlUrl: db.adminUrl } }),
    {
      ...{ slug: 'no-such-tenant', tier: fixed('shared'), instance: 'main', approval: 'A-1' },
      ...{ maxPauseMs: 1_000, keepSourceSeconds: 60, maxWalBytes: 1_000_000 },
    },
  ],
  'notifying/deliverMessage': ({ platform, message, person }) => [
    fixed({ ...platform, mailer: mailOutbox }),
    runningJob(),
    { userId: person.id, messageId: message, channel: fixed('email') },
  ],
  'notifying/notifyPerson': ({ person }) => [newMessage(person)],
  'offboarding/deleteTenant': ({ platform, db }) => [
    fixed({ ...platform, controlUrl: db.adminUrl }),
    { slug: TENANT, reason: 'the end of the contract' },
  ],
  'provisioning/askForTenant': ({ platform, db }) => [
    fixed({ tenancy: platform.tenancy, controlUrl: db.adminUrl }),
    {
      ...{ slug: `asked-${uuidv7().slice(-12)}`, name: 'A B', plan: 'starter', seats: 20, region: 'eu' },
      ...{ frameworks: ['gdpr'], trialPeople: 1 },
    },
  ],
  'provisioning/changeStanding': ({ db }) => [
    fixed({ controlUrl: db.adminUrl }),
    fixed({ from: ['suspended'], to: 'suspended', standing: 'suspended', action: 'public.tenant.suspended' }),
    { slug: 'no-such-tenant', reason: 'an unpaid bill' },
  ],
  'provisioning/createTenant': ({ platform, db }) => [
    fixed({ tenancy: platform.tenancy, controlUrl: db.adminUrl }),
    {
      ...{ slug: 'consumers', name: 'A B', plan: 'starter', seats: 20, region: 'eu', instance: 'main' },
      ...{ frameworks: ['gdpr'], trialPeople: 1, adminEmail: 'it@acme.example' },
    },
  ],
  'retention/retentionDuties': () => ['game.events', new Date('2026-01-01')],
  'retention/classDuties': () => [fixed('evidence'), new Date('2026-01-01')],
  'retention/dutiesAgainstErasure': () => [new Date('2026-01-01')],
  'retention/tenantDuties': () => [new Date('2026-01-01')],
  'retention/runRetention': ({ platform, db }) => [
    fixed({ tenancy: platform.tenancy, controlUrl: db.adminUrl, key: platformKey() }),
    TENANT,
    fixed({ cause: 'operator', rehearsal: true }),
  ],
  'tenant-archive/exportTenant': ({ platform, db }) => [
    ...[
      fixed({ ...platform, platform, controlUrl: db.adminUrl, adminUrl: db.adminUrl }),
      'no-such-tenant',
      fixed(`${process.env.DMZ_HOME}/none.zip`),
    ],
  ],
  'webhooks/deliverWebhook': ({ platform, delivery }) => [
    fixed({ ...platform, post: async () => ({ kind: 'answered', status: 204, retryAfterMs: null }) }),
    runningJob(),
    delivery,
  ],
  'webhooks/subscribeWebhook': ({ keys }) => [
    keys,
    { name: 'other', url: 'https://hooks.example/x', eventTypes: ['game.day.ended'] },
  ],
};

/** As a queue hands it out; its end is the queue's own matter. */
const runningJob = () => ({
  ...{ id: uuidv7(), tenantId: TENANT, attempt: 1, signal: new AbortController().signal },
  finish: async () => {},
});

/** What the game and the queues give out as methods. */
const OWNERS = {
  game: ({ platform }: World) => platform.game,
  queues: ({ platform }: World) => platform.queues,
  tenancy: ({ platform }: World) => platform.tenancy,
  completions: () => completions,
} as const;

export const ownerOf = (method: string, world: World): object =>
  OWNERS[method.split('.')[0] as keyof typeof OWNERS](world);

export const METHODS: Readonly<Record<string, SoundArguments>> = {
  'game.start': ({ person }) => [
    TENANT,
    { actionId: uuidv7(), playerId: person.id, seed: 7, days: 10, clientTime: new Date() },
  ],
  'game.act': ({ session }) => [
    TENANT,
    { sessionId: session, actionId: uuidv7(), action: open({ type: 'pause' }), clientTime: new Date() },
  ],
  'game.correct': ({ session, person }) => [
    TENANT,
    {
      ...{
        sessionId: session,
        actionId: uuidv7(),
        actorId: person.id,
        sequence: 3,
        reason: fixed('wrong_scoring'),
      },
      ...{ creditsDelta: 1, trustDelta: 0, intelDelta: 0 },
    },
  ],
  'game.append': ({ session }) => [TENANT, append(session, 1)],
  'game.branch': ({ session }) => [TENANT, { sessionId: session, at: 1, branchId: uuidv7() }],
  'game.state': ({ session }) => [TENANT, session],
  'game.replay': ({ session }) => [TENANT, session],
  'tenancy.locate': () => [TENANT],
};

/** Those that are given their transaction. */
export const METHODS_IN_TRANSACTION: Readonly<Record<string, SoundArguments>> = {
  'game.replayIn': ({ session }) => [session],
  'queues.enqueue': ({ person, request }) => [
    'exports',
    { requestId: request, userId: person.id },
    { key: 'fuzzed', delayMs: 10 },
  ],
  'completions.supersede': ({ keys, completion }) => [
    ...[keys, completion, fixed('correction')],
    { scorePercent: 80 },
  ],
  'completions.invalidate': ({ keys, completion }) => [keys, completion, fixed('duplicate')],
  'completions.standing': ({ completion }) => [completion],
  'completions.history': ({ completion }) => [completion],
};

/** Methods that nobody gives a value, or whose values are the platform's own. */
export const METHODS_LEFT_OUT: Readonly<Record<string, string>> = {
  'queues.start': 'takes what a command has read',
  'queues.makeDailyJobs': 'takes no value but the tenants',
  'queues.close': 'takes no value',
  'queues.settle': 'takes no value but the tenants',
  'queues.stop': 'takes no value',
  'tenancy.run': 'takes a tenant, as `locate` does, and work',
  'tenancy.call': 'takes a function of the database’s and its values, which are fuzzed as use cases',
  'tenancy.notify': 'takes what the consumers tell one another',
  'tenancy.pools': 'takes no value',
  'tenancy.repeat': 'takes work',
  'tenancy.close': 'takes no value',
  'completions.issue': 'what is issued of each table is fuzzed as its use case',
  'completions.validNow': 'takes a condition, which is code',
  'completions.isValidNow': 'takes no value',
  'completions.count': 'takes no value',
};

const append = (sessionId: string, expectedSequence: number) => ({
  ...{
    sessionId,
    actionId: uuidv7(),
    action: open({ type: 'pause' }),
    expectedSequence,
    clientTime: new Date(),
  },
  events: [{ type: 'game.session.paused', version: 1, data: open({ day: 1 }) }],
});

const signing = () => ({ key: platformKey(), former: undefined });
