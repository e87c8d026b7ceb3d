/** How what modules give out is called soundly. */
import { v7 as uuidv7 } from 'uuid';
import { readPackFiles } from '../../src/modules/content/index.ts';
import { fixed, open, type SoundArguments } from './sound-values.ts';
import { SERIAL, type World } from './world.ts';

const grant = () => ({
  ...{ operatorId: uuidv7(), reason: fixed('incident'), ticket: 'INC-1', access: fixed('read') },
  ...{ scopes: ['game.sessions.read'], approverKind: fixed('operator'), approverId: uuidv7(), seconds: 60 },
});

/** Read once, since each try asks for its arguments anew; and short, since each of an e-mail's places is tried. */
const [shortEmail] = readPackFiles().emails.toSorted(
  (one, other) => JSON.stringify(one).length - JSON.stringify(other).length,
);

export const ofModules: Readonly<Record<string, SoundArguments>> = {
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
  'modules/ai/recordGeneration': () => [
    {
      ...{ requestKey: 'fuzz:2', inputs: open({ difficulty: 1 }), provider: 'local', model: 'variants@1' },
      ...{ calledAt: new Date(), latencyMs: 5 },
      pieces: [{ sha256: 'a'.repeat(64), verdict: fixed('passed') }],
    },
    { classifier: 'names@1', policy: 'pool@1' },
  ],
  'modules/analytics/cursorOf': ({ session }) => ['analytics.play-events', session],
  'modules/auth/contactOf': ({ person }) => [person.id],
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
  'modules/content/countWaiting': () => [1],
  'modules/content/emailsOfSession': ({ session }) => [session],
  'modules/content/putIntoPool': ({ platform, generation }) => [
    ...[platform.cache, 1, [open(shortEmail)], generation],
  ],
  'modules/content/newToPools': () => [[open(shortEmail)]],
  'modules/content/takeEmails': ({ platform, session }) => [platform.cache, session, 1, 3],
  'modules/content/rebuildPool': ({ platform }) => [platform.cache, 1],
  'modules/content/verifyPool': ({ platform }) => [platform.cache, 1],
  'modules/content/releasePack': () => [{ version: 'fuzz@1', emails: [shortEmail] }],
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
  'modules/governance/findRequest': ({ request }) => [request],
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
  'modules/governance/requireOpenRequest': ({ request }) => [request],
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
  'modules/integration/changeSubscription': () => ['receiver', fixed('paused')],
  'modules/integration/findDelivery': ({ keys, delivery }) => [keys, delivery],
  'modules/integration/recordDelivery': ({ delivery }) => [
    delivery,
    {
      ...{ eventType: 'game.day.ended', version: 1, payload: open({ a: 1 }), payloadSha256: 'a'.repeat(64) },
      ...{ outcome: fixed('delivered'), httpStatus: 204, durationMs: 5, attemptedAt: new Date() },
      retryAt: new Date('2040-01-01'),
    },
    fixed({ gone: false }),
  ],
  'modules/integration/subscribe': ({ keys }) => [
    keys,
    { name: 'other', url: 'https://hooks.example/x', secret: 'whsec_x', eventTypes: ['game.day.ended'] },
  ],
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
  'modules/notification/recordMessageDelivery': ({ keys, message, template, person }) => [
    keys,
    { messageId: message, channel: fixed('email') },
    {
      ...{ outcome: fixed('sent'), templateId: template, providerMessageId: 'a' },
      to: { userId: person.id, address: person.email },
    },
  ],
  'modules/notification/wordMessage': ({ message }) => [
    { messageId: message, channel: fixed('email') },
    ['en', 'it'],
  ],
  'modules/notification/writeMessage': ({ person }) => [newMessage(person)],
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

/** Of a kind that a person can switch off, so that their wishes are looked at. */
export const newMessage = ({ id }: World['person']) => ({
  ...{ userId: id, templateKey: 'training.assignment.due', category: fixed('training') },
  ...{ deduplicationKey: 'fuzz:2', parameters: open({ title: 'a' }) },
});

const lease = ({ id, leaseId }: World['job']) => ({ id, leaseId });
