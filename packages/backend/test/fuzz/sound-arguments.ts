/**
 * How each entry point is called soundly; the fuzzer then puts hostile values where sound ones stand. An entry point that
 * is not here stands in `EXCEPTIONS`, with its reason.
 */
import { v7 as uuidv7 } from 'uuid';
import { recordsNamed } from '../../src/evidence/evidence-records.ts';
import { platformKey } from '../../src/kernel/signing/index.ts';
import { readPackFiles } from '../../src/modules/content/index.ts';
import { SERIAL, TENANT, type World } from './world.ts';

/** A value that stays as it is, however plain an object it is. */
export class Fixed {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** A value in whose place any JSON may stand, and what is none. */
export class Open extends Fixed {}

const fixed = (value: unknown) => new Fixed(value);
const open = (value: unknown) => new Open(value);

/** What follows the transaction; of a use case that opens its own, all that it takes. */
export type SoundArguments = (world: World) => readonly unknown[];

const grant = () => ({
  ...{ operatorId: uuidv7(), reason: fixed('incident'), ticket: 'INC-1', access: fixed('read') },
  ...{ scopes: ['game.sessions.read'], approverKind: fixed('operator'), approverId: uuidv7(), seconds: 60 },
});

const ofModules: Readonly<Record<string, SoundArguments>> = {
  'modules/admin/readAuditEntries': ({ entry }) => [{ sequence: 0, id: entry }, 5],
  'modules/admin/readRemovals': () => [{ behindSequence: 0 }, 5],
  'modules/admin/sequenceOfEntry': ({ entry }) => [entry],
  'modules/admin/endBreakGlass': ({ keys, grant: id }) => [keys, id],
  'modules/admin/grantBreakGlass': () => [grant()],
  'modules/admin/storeCheckpoint': ({ checkpoint }) => [
    { ...checkpoint, ...notKept(checkpoint), sequence: 1 },
  ],
  'modules/admin/isAudited': ({ session }) => ['game.session.branched', session],
  'modules/admin/recordAudit': ({ person, session }) => [
    {
      actor: { kind: fixed('person'), id: person.id },
      action: 'game.session.noted',
      subject: { type: 'session', id: session },
      details: open({ text: 'a', number: 1 }),
    },
  ],
  'modules/admin/sealAuditDetails': ({ keys, person }) => [keys, person.id, { note: 'a', other: 'b' }],
  'modules/ai/cancelQueuedJobsOf': ({ person }) => [person.id],
  'modules/analytics/cursorOf': ({ session }) => ['analytics.play-events', session],
  'modules/auth/inviteAdministrator': () => ['somebody@small-company.example'],
  'modules/auth/may': ({ platform, person }) => [platform.cache, person.id, 'game.sessions.read'],
  'modules/auth/outdatePermissions': ({ platform, person }) => [platform.cache, person.id],
  'modules/auth/forgetPermissions': ({ platform, person }) => [platform.cache, person.id],
  'modules/auth/grantRole': ({ platform, person, otherPerson }) => [
    platform.cache,
    {
      userId: person.id,
      roleKey: 'learner',
      grantedByUserId: otherPerson,
      expiresAt: new Date('2040-01-01'),
    },
  ],
  'modules/auth/revokeRole': ({ platform, person }) => [
    platform.cache,
    { userId: person.id, roleKey: 'learner' },
  ],
  'modules/auth/findPlayer': ({ person }) => [person.email],
  'modules/auth/listPlayers': () => [3],
  'modules/auth/changeStanding': ({ person }) => [person.id, fixed('suspended')],
  'modules/auth/rectify': ({ person }) => [
    person.id,
    {
      ...{ email: 'other@small-company.example', displayName: 'A B', givenName: 'A', middleName: 'M' },
      ...{ familyName: 'B', handle: 'ab', phoneNumber: '+390612345678' },
    },
  ],
  'modules/auth/requirePerson': ({ person }) => [person.email],
  'modules/billing/entitlementTo': ({ platform }) => [platform.cache, 'sso'],
  'modules/billing/grantEntitlement': ({ platform }) => [
    platform.cache,
    { featureKey: 'sso', source: fixed('courtesy'), quantity: 3, validUntil: new Date('2040-01-01') },
  ],
  'modules/billing/entitleToPlan': () => ['starter'],
  'modules/content/releasePack': () => {
    const { version: _, emails } = readPackFiles();
    return [{ version: 'fuzz@1', emails: emails.slice(0, 2) }];
  },
  'modules/game/examineClaims': ({ session, action }) => [
    session,
    [{ actionId: action, firstSequence: 1, lastSequence: 2, eventsSha256: 'a'.repeat(64) }],
  ],
  'modules/game/forgetHotSessions': ({ platform, person }) => [platform.cache, person.id],
  'modules/game/hotSessionIdsAfter': ({ session }) => [session, 5],
  'modules/game/rebuildHotSession': ({ platform, session }) => [platform.cache, session],
  'modules/game/verifyHotSession': ({ platform, session }) => [platform.cache, session],
  'modules/game/daySummaries': ({ session }) => [session],
  'modules/game/listSessions': ({ session, person }) => [
    { id: session, playerId: person.id, status: ['active'], limit: 3 },
  ],
  'modules/game/sessionIdsAfter': ({ session }) => [session, 5],
  'modules/game/changesBetween': ({ session }) => [session, 1, 5],
  'modules/game/eventsPage': ({ session }) => [session, { from: 1, to: 9, limit: 5 }],
  'modules/game/sessionEvents': ({ session }) => [session, { from: 1, to: 9 }],
  'modules/game/sessionState': ({ session }) => [session, 3],
  'modules/governance/beginRequest': ({ request }) => [request, open({ parts: [] })],
  'modules/governance/extendRequest': ({ request }) => [request],
  'modules/governance/fulfilledRequestOf': ({ person }) => [person.id, fixed('access')],
  'modules/governance/fulfilRequest': ({ request }) => [request, 'a'.repeat(64)],
  'modules/governance/openRequest': ({ otherPerson }) => [
    otherPerson,
    fixed('access'),
    new Date('2026-01-31'),
  ],
  'modules/governance/openRequestOf': ({ person }) => [person.id, fixed('access')],
  'modules/governance/postponeRequest': ({ request }) => [
    request,
    { cause: fixed('retention_duty'), legalHoldId: null, retryAt: new Date('2030-01-01') },
  ],
  'modules/governance/refuseRequest': ({ request }) => [request, fixed('excessive')],
  'modules/governance/pseudonymsOf': ({ person, otherPerson }) => [
    [person.id, otherPerson],
    fixed('analytics'),
  ],
  'modules/governance/isRunRecorded': () => [uuidv7()],
  'modules/governance/recordRetentionRun': () => [
    {
      ...{ runId: uuidv7(), tableName: 'game.events', cause: fixed('operator'), frameworkCode: null },
      ...{ cutoffAt: new Date('2020-01-01'), rowsPurged: 1, rowsHeld: 0, partitionsDropped: 0 },
      ...{ rehearsal: false, startedAt: new Date('2026-01-01') },
    },
  ],
  'modules/governance/recordMoveTransfer': () => [
    {
      ...{ moveId: uuidv7(), recipient: 'instance b', fromRegion: 'eu', toRegion: 'us' },
      ...{ ground: fixed('standard_clauses'), dataCategories: ['identity'], subjects: 3 },
    },
  ],
  'modules/governance/recordSubjectExport': ({ request }) => [
    { requestId: request, region: 'eu', dataCategories: ['identity'], bytes: 10, sha256: 'a'.repeat(64) },
  ],
  'modules/integration/buryJob': ({ job }) => [lease(job), 'QUEUE_X'],
  'modules/integration/completeJob': ({ job }) => [lease(job)],
  'modules/integration/dropJobsOf': ({ person }) => [person.id],
  'modules/integration/dueJobs': () => [fixed(['content']), 5],
  'modules/integration/handBackJob': ({ job }) => [{ ...lease(job), attempts: 1 }],
  'modules/integration/insertJob': ({ person }) => [
    { name: fixed('content'), payload: open({ a: 1 }), key: 'once', userId: person.id, delayMs: 10 },
  ],
  'modules/integration/listJobs': ({ job }) => [{ id: job.id }, 5],
  'modules/integration/postponeJob': ({ job }) => [lease(job), { pauseMs: 5, code: 'QUEUE_X' }],
  'modules/integration/prolongLease': ({ job }) => [lease(job), 1_000],
  'modules/integration/retryJobs': ({ job }) => [{ id: job.id }],
  'modules/integration/takeJob': ({ job }) => [{ id: job.id, attempts: 1 }, 1_000],
  'modules/org/openOrganisation': () => [['gdpr']],
  'modules/org/changeSettings': ({ platform }) => [
    platform.cache,
    {
      ...{
        localeTag: 'en',
        timeZone: 'Europe/Rome',
        currencyCode: 'EUR',
        countryCode: 'IT',
        industryCode: null,
      },
      ...{
        weekStartsOn: 1,
        fiscalYearStartMonth: 1,
        workingDays: [1, 2],
        features: open({ a: true }),
        options: open({}),
      },
    },
  ],
  'modules/social/placesAround': ({ platform, board, person }) => [
    platform.cache,
    board.id,
    { id: person.id, each: 2 },
  ],
  'modules/social/topPlaces': ({ platform, board }) => [platform.cache, board.id, { first: 1, count: 3 }],
  'modules/social/followBoard': ({ platform, board }) => [platform.cache, fixed(board), { mostPages: 1 }],
  'modules/social/leaveBoards': ({ platform, person }) => [platform.cache, person.id],
  'modules/training/correctCertificate': ({ keys }) => [
    keys,
    SERIAL,
    { holderName: 'B', reason: fixed('correction') },
  ],
  'modules/training/exportCertificate': ({ keys }) => [keys, SERIAL],
  'modules/training/issueCertificate': ({ keys, completion }) => [
    keys,
    { completionId: completion, holderName: 'A', serial: 'FUZZ-2', expiresOn: '2040-01-01' },
  ],
};

/** Written by the transaction itself, whatever is given. */
const notKept = ({ type, tenantId }: World['checkpoint']) => ({
  type: fixed(type),
  tenantId: fixed(tenantId),
});

const lease = ({ id, leaseId }: World['job']) => ({ id, leaseId });

const ofUseCases: Readonly<Record<string, SoundArguments>> = {
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
  'evidence/invalidateRecord': ({ platform, completion }) => [
    ...[fixed(platform), TENANT, fixed(recordsNamed('training.completions')), completion, fixed('duplicate')],
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
  'offboarding/deleteTenant': ({ platform, db }) => [
    fixed({ ...platform, controlUrl: db.adminUrl }),
    { slug: TENANT, reason: 'the end of the contract' },
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
};

/** What the game and the queues give out as methods. */
const ofMethods: Readonly<Record<string, SoundArguments>> = {
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

export const SOUND: Readonly<Record<string, SoundArguments>> = { ...ofModules, ...ofUseCases };
export const METHODS = ofMethods;

const SEEDS =
  'fills demonstration tenants with rows of its own making; it takes people that another seed has made';
const STEP = 'a step of a use case that is fuzzed; what it takes was made by the steps before';

const REGISTERED = 'takes the slugs that the register gave; what it does with each is fuzzed';
const FLAG = 'takes no value but a flag';
const WORD = 'takes no value but a word of a list of the platform’s own';

export const EXCEPTIONS: Readonly<Record<string, string>> = {
  'auditing/exportLog': 'writes a file at the path that it is given: `audit export` is fuzzed as a command',
  'auditing/recordMigrations': 'takes what a run of migrations reports',
  'balance/tenantSizes': 'takes no value but the platform and a flag',
  'data-subjects/certifyErasure': STEP,
  'data-subjects/planErasure': STEP,
  'data-subjects/storedPlan': STEP,
  'data-subjects/pendingChanges': STEP,
  'data-subjects/exportedRows': STEP,
  'data-subjects/obstaclesTo': STEP,
  'data-subjects/exportPerson':
    'writes a file at the path that it is given: `privacy export` is fuzzed as a command',
  'auditing/signEveryChain': REGISTERED,
  'keys/checkKeys': 'takes no value but the keys',
  'keys/rewrapTenants': REGISTERED,
  'modules/auth/seedPeople': SEEDS,
  'modules/economy/seedEconomy': SEEDS,
  'modules/notification/seedNotifications': SEEDS,
  'modules/governance/listRequests': FLAG,
  'modules/org/retentionChoices': WORD,
  'modules/org/tenantSettings': 'takes no value but the cache',
  'modules/org/seedOrganisation': SEEDS,
  'retention/dueTimes': WORD,
  'modules/phishing/seedPhishing': SEEDS,
  'modules/social/verifyBoard': 'takes a board as `listBoards` gives it',
  'modules/training/seedTraining': SEEDS,
  'modules/game/createGame': 'gives the methods of the game, which are fuzzed one by one',
  'moving/bringToEnd': STEP,
  'moving/takeBack': STEP,
  'moving/auditMove': STEP,
  'moving/inBooks': STEP,
  'moving/purgeSource': STEP,
  'provisioning/furnishTenant': STEP,
  'provisioning/placeNewTenant': STEP,
  'queues/performJob':
    'takes what Redis brought, which `kernel/queues` has checked, and an id that the row must have',
  'retention/bindingsOf': STEP,
  'retention/purgeMonth': 'takes a month as `partitions purge` has read it, which is fuzzed as a command',
  'retention/recordRun': STEP,
  'scale/fillGames': 'fills a database for measurements: `db seed` is fuzzed as a command',
  'scale/playPatterns': STEP,
  'scale/scaleHistory': 'fills a database for measurements: `db seed` is fuzzed as a command',
  'simulate/checkAckLog': 'reads a file at the path that it is given: `simulate` is fuzzed as a command',
  'simulate/simulate': 'plays many games: `simulate` is fuzzed as a command',
  'tenant-archive/requireMasterKeys': STEP,
  'tenant-archive/importTenant':
    'reads a file at the path that it is given: `tenant import` is fuzzed as a command',
  'tenant-archive/openTenant': STEP,
};
