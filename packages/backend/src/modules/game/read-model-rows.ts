/**
 * What each event leads to in the read models. A row that comes from one event carries its id; what hangs on an e-mail
 * (headers, attachments, papers) gets new ids.
 */
import {
  type ContentPack,
  type EmailTemplate,
  type EventData,
  findTemplate,
  type GameEventType,
  type SessionState,
} from '@archive-gate/game-engine';
import { gameErrors } from './errors.ts';
import { GatheredRows } from './gathered-rows.ts';
import type { gameTables } from './schema.ts';

/** What a handler works with. */
export interface Projection {
  readonly rows: GatheredRows;
  readonly tables: ReturnType<typeof gameTables>;
  /** The session's pack: subjects, headers, attachments and papers come from it. */
  readonly content: ContentPack;
  /** The columns that every row of the session has. */
  readonly owned: { readonly sessionId: string };
  /** The state after the event at hand. */
  readonly state: SessionState;
  emailIdOf(emailKey: string): string;
}

export interface Occurrence {
  readonly id: string;
  readonly at: Date;
}

type Handler<Type extends GameEventType> = (to: Projection, data: EventData<Type>, event: Occurrence) => void;

export const readModelHandlers: { readonly [Type in GameEventType]?: Handler<Type> } = {
  'game.email.received': receiveEmail,
  'game.email.opened': openEmail,
  'game.indicator.marked': markIndicator,
  'game.verification.requested': requestPapers,
  'game.verification.delivered': deliverPapers,
  'game.email.decided': decideEmail,
  'game.email.deferred': (to, { emailKey }) => changeEmail(to, emailKey, { status: 'deferred' }),
  'game.email.expired': (to, { emailKey }) => changeEmail(to, emailKey, { status: 'expired' }),
  'game.decision.resolved': resolveDecision,
  'game.sender.listed': listSender,
  'game.threat.assessed': ({ rows, tables, owned }, data, { id, at }) => {
    const { day, threatTier, previousTier, score, heat } = data;
    const row = { ...owned, id, day, threatTier, previousTier, score, heat, assessedAt: at };
    rows.make(tables.threatAssessments, row, { id });
  },
  'game.day.ended': summariseDay,
};

/** For the rows that events lead to; each table comes behind those that it refers to. */
export const gatherRows = (tables: ReturnType<typeof gameTables>): GatheredRows =>
  new GatheredRows([
    tables.emails,
    tables.emailHeaders,
    tables.emailAttachments,
    tables.worksheets,
    tables.emailIndicators,
    tables.decisions,
    tables.verificationPackets,
    tables.verificationArtifacts,
    tables.whitelistEntries,
    tables.blacklistEntries,
    tables.threatAssessments,
    tables.daySummaries,
    tables.sessions,
  ]);

function receiveEmail(
  { rows, tables, owned, content }: Projection,
  data: EventData<'game.email.received'>,
  { id, at }: Occurrence,
): void {
  const { emailKey, templateKey, day, category, difficulty, legitimate } = data;
  const { subject, from, replyTo, headers, attachments } = requireTemplate(content, templateKey);
  const email = {
    ...{ ...owned, id, emailKey, templateKey, day, category, difficulty, legitimate },
    ...{ subject, fromName: from.name, fromAddress: from.address, replyToAddress: replyTo?.address ?? null },
    ...{ status: 'unread' as const, receivedAt: at, openedAt: null },
  };
  rows.make(tables.emails, email, { id });
  for (const [position, header] of headers.entries())
    rows.make(tables.emailHeaders, { emailId: id, position, ...header }, { emailId: id, position });
  for (const [position, file] of attachments.entries())
    rows.make(tables.emailAttachments, { emailId: id, position, ...file }, { emailId: id, position });
}

function requireTemplate(content: ContentPack, templateKey: string): EmailTemplate {
  const template = findTemplate(content, templateKey);
  if (template) return template;
  throw gameErrors.GAME_CONTENT_TEMPLATE_MISSING({ found: `${content.version} without ${templateKey}` });
}

function changeEmail(
  { rows, tables, emailIdOf }: Projection,
  emailKey: string,
  set: Partial<typeof tables.emails.$inferInsert>,
): void {
  rows.change(tables.emails, { id: emailIdOf(emailKey) }, set);
}

function openEmail(
  to: Projection,
  { emailKey }: EventData<'game.email.opened'>,
  { id, at }: Occurrence,
): void {
  const emailId = to.emailIdOf(emailKey);
  changeEmail(to, emailKey, { status: 'open', openedAt: at });
  const nothingYet = { marksCorrect: 0, marksWrong: 0, packetsRequested: 0, timeSpentMs: 0 };
  to.rows.make(to.tables.worksheets, { ...to.owned, id, emailId, ...nothingYet }, { emailId });
}

function markIndicator(
  to: Projection,
  data: EventData<'game.indicator.marked'>,
  { id, at }: Occurrence,
): void {
  const { emailKey, technique, location, correct } = data;
  const emailId = to.emailIdOf(emailKey);
  const row = { ...to.owned, id, emailId, technique, location, correct, markedAt: at };
  to.rows.make(to.tables.emailIndicators, row, { id });
  updateWorksheet(to, emailKey);
}

/** Counts come from the state, so that writing them twice does no harm. */
function updateWorksheet(
  { rows, tables, state, emailIdOf }: Projection,
  emailKey: string,
  timeSpentMs?: number,
): void {
  const email = state.inbox.find((each) => each.emailKey === emailKey);
  if (!email) return;
  const marksCorrect = email.marks.filter(({ correct }) => correct).length;
  const counts = {
    marksCorrect,
    marksWrong: email.marks.length - marksCorrect,
    packetsRequested: email.verificationDueDay === null ? 0 : 1,
    ...(timeSpentMs === undefined ? {} : { timeSpentMs }),
  };
  rows.change(tables.worksheets, { emailId: emailIdOf(emailKey) }, counts);
}

function requestPapers(
  to: Projection,
  data: EventData<'game.verification.requested'>,
  { id, at }: Occurrence,
): void {
  const { emailKey, packetKey, dueDay } = data;
  const { sessionId } = to.owned;
  const emailId = to.emailIdOf(emailKey);
  const row = { ...to.owned, id, emailId, packetKey, dueDay, requestedAt: at, deliveredAt: null };
  to.rows.make(to.tables.verificationPackets, row, { sessionId, packetKey });
  changeEmail(to, emailKey, { status: 'verifying' });
  updateWorksheet(to, emailKey);
}

function deliverPapers(
  to: Projection,
  data: EventData<'game.verification.delivered'>,
  { at }: Occurrence,
): void {
  const { emailKey, packetKey, artifactKeys } = data;
  const { sessionId } = to.owned;
  const emailId = to.emailIdOf(emailKey);
  to.rows.change(to.tables.verificationPackets, { sessionId, packetKey }, { deliveredAt: at });
  changeEmail(to, emailKey, { status: 'open' });
  const templateKey = to.state.inbox.find((email) => email.emailKey === emailKey)?.templateKey;
  if (templateKey === undefined) return;
  const { artifacts } = requireTemplate(to.content, templateKey);
  for (const { key: artifactKey, kind, title, supports } of artifacts) {
    if (!artifactKeys.includes(artifactKey)) continue;
    const row = { packetKey, emailId, artifactKey, kind, title, supports };
    to.rows.make(to.tables.verificationArtifacts, row, { emailId, artifactKey });
  }
}

function decideEmail(to: Projection, data: EventData<'game.email.decided'>, { id, at }: Occurrence): void {
  const { emailKey, decision, timeSpentMs } = data;
  const emailId = to.emailIdOf(emailKey);
  const pending = { outcome: null, correct: null, creditsDelta: null, trustDelta: null, intelDelta: null };
  const row = { ...to.owned, id, emailId, decision, timeSpentMs, decidedAt: at, ...pending };
  // An e-mail is put off several times, but approved, denied or flagged once; and that alone is changed later.
  const final = decision === 'approve' || decision === 'deny' || decision === 'flag';
  to.rows.make(to.tables.decisions, row, final ? { emailId, decision } : { id });
  if (final) changeEmail(to, emailKey, { status: 'decided' });
  updateWorksheet(to, emailKey, timeSpentMs);
}

function resolveDecision(
  { rows, tables, emailIdOf }: Projection,
  data: EventData<'game.decision.resolved'>,
): void {
  const { emailKey, decision, outcome, correct, creditsDelta, trustDelta, intelDelta } = data;
  const truth = { outcome, correct, creditsDelta, trustDelta, intelDelta };
  rows.change(tables.decisions, { emailId: emailIdOf(emailKey), decision }, truth);
}

function listSender(
  { rows, tables, owned, emailIdOf }: Projection,
  { list, domain, emailKey }: EventData<'game.sender.listed'>,
  { id, at }: Occurrence,
): void {
  const table = list === 'blacklist' ? tables.blacklistEntries : tables.whitelistEntries;
  rows.makeMissing(table, { ...owned, id, domain, emailId: emailIdOf(emailKey), listedAt: at });
}

function summariseDay(
  { rows, tables, owned }: Projection,
  data: EventData<'game.day.ended'>,
  { id, at }: Occurrence,
): void {
  const { day, tally, credits, trust, intel, threatTier, score } = data;
  const counts = {
    emailsReceived: tally.received,
    emailsDecided: tally.decided,
    decisionsCorrect: tally.correct,
    emailsDeferred: tally.deferred,
    emailsExpired: tally.expired,
    breaches: tally.breaches,
  };
  const standing = { credits, trust, intel, threatTier, score };
  rows.make(tables.daySummaries, { ...owned, id, day, ...counts, ...standing, endedAt: at }, { id });
}
