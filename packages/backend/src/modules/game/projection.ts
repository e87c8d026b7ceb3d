/**
 * Derives the read models of a session from its events, batch by batch: the same events give the same rows, however
 * they were divided. A row that comes from one event carries its id; what hangs on
 * an e-mail (headers, attachments, papers) gets new ids.
 */
import {
  type ContentPack,
  type EmailTemplate,
  type EventData,
  evolve,
  findTemplate,
  type GameEventType,
  isOver,
  type SessionState,
} from '@archive-gate/game-engine';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { gameErrors } from './errors.ts';
import { gameTables } from './schema.ts';
import type { StoredEvent } from './stream.ts';

/** What a handler works with. It sends statements without awaiting them, since they depend on nothing but order. */
interface Projection {
  readonly tx: TenantTx;
  readonly tables: ReturnType<typeof gameTables>;
  readonly content: ContentPack;
  /** The columns that every row of the session has. */
  readonly owned: { readonly tenantId: string; readonly sessionId: string };
  /** The state after the event at hand. */
  state: SessionState;
  /** When the session ended, if it did by one of these events; corrections may follow. */
  endedAt: Date | null;
  emailIdOf(emailKey: string): string;
  send(statement: { execute(): Promise<unknown> }): void;
}

interface Occurrence {
  readonly id: string;
  readonly at: Date;
}

type Handler<Type extends GameEventType> = (to: Projection, data: EventData<Type>, event: Occurrence) => void;

export interface ProjectedSession {
  readonly sessionId: string;
  /** The session's pack: subjects, headers, attachments and papers come from it. */
  readonly content: ContentPack;
  /** The state before the first of the events. */
  readonly before: SessionState;
}

/**
 * Writes what the events change in the read models, and in the session's own row.
 *
 * @returns the state after the last of the events
 */
export async function project(
  tx: TenantTx,
  session: ProjectedSession,
  events: readonly StoredEvent[],
): Promise<SessionState> {
  const { sessionId, content, before } = session;
  const emailIds = await findEmailIds(tx, sessionId, events);
  const sent: Promise<unknown>[] = [];
  const projection: Projection = {
    tx,
    tables: gameTables(tx),
    content,
    owned: { tenantId: tx.tenantId, sessionId },
    state: before,
    endedAt: null,
    emailIdOf: (emailKey) => requireId(emailIds, emailKey),
    send(statement) {
      const answer = statement.execute();
      // Awaited below, unless a handler throws first; then the transaction fails anyway, with the handler's error.
      answer.catch(() => {});
      sent.push(answer);
    },
  };
  for (const event of events) {
    const wasOver = isOver(projection.state);
    projection.state = evolve(projection.state, event);
    if (isOver(projection.state) && !wasOver) projection.endedAt = event.serverTime;
    const handle = handlers[event.type] as
      | ((to: Projection, data: unknown, event: Occurrence) => void)
      | undefined;
    handle?.(projection, event.data, { id: event.id, at: event.serverTime });
  }
  updateSession(projection, before);
  await Promise.all(sent);
  return projection.state;
}

/** Empties the read models of a session; what hangs on an e-mail goes with it. */
export async function clearReadModels(tx: TenantTx, sessionId: string): Promise<void> {
  const { emails, daySummaries, threatAssessments } = gameTables(tx);
  for (const table of [emails, daySummaries, threatAssessments]) {
    await tx.delete(table).where(eq(table.sessionId, sessionId));
  }
}

/** An e-mail's id is that of the event that it was received by, so e-mails of these very events need no look-up. */
async function findEmailIds(
  tx: TenantTx,
  sessionId: string,
  events: readonly StoredEvent[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const wanted = new Set<string>();
  for (const { type, data, id } of events) {
    if (type === 'game.email.received') ids.set(data.emailKey, id);
    else if ('emailKey' in data && data.emailKey !== null && !ids.has(data.emailKey))
      wanted.add(data.emailKey);
  }
  if (wanted.size === 0) return ids;
  const { emails } = gameTables(tx);
  const rows = await tx
    .select({ id: emails.id, emailKey: emails.emailKey })
    .from(emails)
    .where(and(eq(emails.sessionId, sessionId), inArray(emails.emailKey, [...wanted])));
  for (const { id, emailKey } of rows) ids.set(emailKey, id);
  return ids;
}

function requireId(emailIds: ReadonlyMap<string, string>, emailKey: string): string {
  const id = emailIds.get(emailKey);
  if (id) return id;
  throw gameErrors.GAME_READ_MODEL_STALE({ found: `no row for e-mail ${emailKey}` });
}

const handlers: { readonly [Type in GameEventType]?: Handler<Type> } = {
  'game.email.received': receiveEmail,
  'game.email.opened': openEmail,
  'game.indicator.marked': markIndicator,
  'game.verification.requested': requestPapers,
  'game.verification.delivered': deliverPapers,
  'game.email.decided': decideEmail,
  'game.email.deferred': ({ tx, tables: { emails }, emailIdOf, send }, { emailKey }) =>
    send(
      tx
        .update(emails)
        .set({ status: 'deferred' })
        .where(eq(emails.id, emailIdOf(emailKey))),
    ),
  'game.email.expired': ({ tx, tables: { emails }, emailIdOf, send }, { emailKey }) =>
    send(
      tx
        .update(emails)
        .set({ status: 'expired' })
        .where(eq(emails.id, emailIdOf(emailKey))),
    ),
  'game.decision.resolved': resolveDecision,
  'game.sender.listed': listSender,
  'game.threat.assessed': (
    { tx, tables, owned, send },
    { day, threatTier, previousTier, score, heat },
    { id, at },
  ) =>
    send(
      tx
        .insert(tables.threatAssessments)
        .values({ ...owned, id, day, threatTier, previousTier, score, heat, assessedAt: at }),
    ),
  'game.day.ended': summariseDay,
};

function receiveEmail(
  { tx, tables, owned, content, send }: Projection,
  data: EventData<'game.email.received'>,
  { id, at }: Occurrence,
): void {
  const { emailKey, templateKey, day, category, difficulty, legitimate } = data;
  const template = requireTemplate(content, templateKey);
  const { subject, from, replyTo, headers, attachments } = template;
  send(
    tx.insert(tables.emails).values({
      ...owned,
      id,
      emailKey,
      templateKey,
      day,
      category,
      difficulty,
      legitimate,
      subject,
      fromName: from.name,
      fromAddress: from.address,
      replyToAddress: replyTo?.address ?? null,
      status: 'unread',
      receivedAt: at,
    }),
  );
  const ofEmail = { tenantId: owned.tenantId, emailId: id };
  send(
    tx
      .insert(tables.emailHeaders)
      .values(headers.map((header, position) => ({ ...ofEmail, position, ...header }))),
  );
  if (attachments.length === 0) return;
  send(
    tx
      .insert(tables.emailAttachments)
      .values(attachments.map((file, position) => ({ ...ofEmail, position, ...file }))),
  );
}

function requireTemplate(content: ContentPack, templateKey: string): EmailTemplate {
  const template = findTemplate(content, templateKey);
  if (template) return template;
  throw gameErrors.GAME_CONTENT_TEMPLATE_MISSING({ found: `${content.version} without ${templateKey}` });
}

function openEmail(
  { tx, tables, owned, emailIdOf, send }: Projection,
  { emailKey }: EventData<'game.email.opened'>,
  { id, at }: Occurrence,
): void {
  const emailId = emailIdOf(emailKey);
  send(tx.update(tables.emails).set({ status: 'open', openedAt: at }).where(eq(tables.emails.id, emailId)));
  send(tx.insert(tables.worksheets).values({ ...owned, id, emailId }));
}

function markIndicator(
  to: Projection,
  data: EventData<'game.indicator.marked'>,
  { id, at }: Occurrence,
): void {
  const { tx, tables, owned, emailIdOf, send } = to;
  const { emailKey, technique, location, correct } = data;
  const emailId = emailIdOf(emailKey);
  send(
    tx
      .insert(tables.emailIndicators)
      .values({ ...owned, id, emailId, technique, location, correct, markedAt: at }),
  );
  updateWorksheet(to, emailKey);
}

/** Counts come from the state, so that writing them twice does no harm. */
function updateWorksheet(
  { tx, tables: { worksheets }, state, emailIdOf, send }: Projection,
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
  send(
    tx
      .update(worksheets)
      .set(counts)
      .where(eq(worksheets.emailId, emailIdOf(emailKey))),
  );
}

function requestPapers(
  to: Projection,
  data: EventData<'game.verification.requested'>,
  { id, at }: Occurrence,
): void {
  const { tx, tables, owned, emailIdOf, send } = to;
  const { emailKey, packetKey, dueDay } = data;
  const emailId = emailIdOf(emailKey);
  send(
    tx
      .insert(tables.verificationPackets)
      .values({ ...owned, id, emailId, packetKey, dueDay, requestedAt: at }),
  );
  send(tx.update(tables.emails).set({ status: 'verifying' }).where(eq(tables.emails.id, emailId)));
  updateWorksheet(to, emailKey);
}

function deliverPapers(
  to: Projection,
  data: EventData<'game.verification.delivered'>,
  { at }: Occurrence,
): void {
  const { tx, tables, owned, content, state, emailIdOf, send } = to;
  const { emailKey, packetKey, artifactKeys } = data;
  const { verificationPackets: packets, verificationArtifacts: papers, emails } = tables;
  const thisPacket = and(eq(packets.sessionId, owned.sessionId), eq(packets.packetKey, packetKey));
  send(tx.update(packets).set({ deliveredAt: at }).where(thisPacket));
  send(
    tx
      .update(emails)
      .set({ status: 'open' })
      .where(eq(emails.id, emailIdOf(emailKey))),
  );
  const templateKey = state.inbox.find((email) => email.emailKey === emailKey)?.templateKey;
  if (templateKey === undefined) return;
  const delivered = requireTemplate(content, templateKey).artifacts.filter(({ key }) =>
    artifactKeys.includes(key),
  );
  for (const { key, kind, title, supports } of delivered) {
    send(
      tx.insert(papers).values({
        tenantId: owned.tenantId,
        packetKey,
        emailId: emailIdOf(emailKey),
        artifactKey: key,
        kind,
        title,
        supports,
      }),
    );
  }
}

function decideEmail(to: Projection, data: EventData<'game.email.decided'>, { id, at }: Occurrence): void {
  const { tx, tables, owned, emailIdOf, send } = to;
  const { emailKey, decision, timeSpentMs } = data;
  const emailId = emailIdOf(emailKey);
  send(tx.insert(tables.decisions).values({ ...owned, id, emailId, decision, timeSpentMs, decidedAt: at }));
  if (decision === 'approve' || decision === 'deny' || decision === 'flag') {
    send(tx.update(tables.emails).set({ status: 'decided' }).where(eq(tables.emails.id, emailId)));
  }
  updateWorksheet(to, emailKey, timeSpentMs);
}

function resolveDecision(
  { tx, tables: { decisions }, emailIdOf, send }: Projection,
  data: EventData<'game.decision.resolved'>,
): void {
  const { emailKey, decision, outcome, correct, creditsDelta, trustDelta, intelDelta } = data;
  const pending = and(
    eq(decisions.emailId, emailIdOf(emailKey)),
    eq(decisions.decision, decision),
    isNull(decisions.outcome),
  );
  send(tx.update(decisions).set({ outcome, correct, creditsDelta, trustDelta, intelDelta }).where(pending));
}

function listSender(
  { tx, tables, owned, emailIdOf, send }: Projection,
  data: EventData<'game.sender.listed'>,
  { id, at }: Occurrence,
): void {
  const { list, domain, emailKey } = data;
  const table = list === 'blacklist' ? tables.blacklistEntries : tables.whitelistEntries;
  send(
    tx
      .insert(table)
      .values({ ...owned, id, domain, emailId: emailIdOf(emailKey), listedAt: at })
      .onConflictDoNothing(),
  );
}

function summariseDay(
  { tx, tables, owned, send }: Projection,
  data: EventData<'game.day.ended'>,
  { id, at }: Occurrence,
): void {
  const { day, tally, credits, trust, intel, threatTier, score } = data;
  send(
    tx.insert(tables.daySummaries).values({
      ...owned,
      id,
      day,
      emailsReceived: tally.received,
      emailsDecided: tally.decided,
      decisionsCorrect: tally.correct,
      emailsDeferred: tally.deferred,
      emailsExpired: tally.expired,
      breaches: tally.breaches,
      credits,
      trust,
      intel,
      threatTier,
      score,
      endedAt: at,
    }),
  );
}

/** The session's own row says how it stands; it changes seldom, and is left alone otherwise. */
function updateSession(
  { tx, tables: { sessions }, owned, state, endedAt, send }: Projection,
  before: SessionState,
): void {
  const { status, day } = state;
  if (status === 'new' || (status === before.status && day === before.day)) return;
  send(tx.update(sessions).set({ status, day, endedAt }).where(eq(sessions.id, owned.sessionId)));
}
