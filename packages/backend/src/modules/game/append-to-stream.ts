/**
 * Appending to a session's stream what the caller has decided on, and what a caller can say of the stream that it expects.
 */
import type { RunOptions, Tenancy } from '../../kernel/tenancy/index.ts';
import type { AcceptedAction, Append } from './append-events.ts';
import { gameErrors } from './errors.ts';
import type { GroupAppend } from './group-append.ts';
import { parseSent } from './parse-request.ts';
import { readHead } from './replay-source.ts';

/** The sequence of the last event that the sender has seen, or whether there is one at all. */
export type ExpectedSequence = number | 'new' | 'existing';

export interface AppendToStream extends Omit<Append, 'expectedSequence'> {
  readonly expectedSequence: ExpectedSequence;
}

/**
 * Appends events to a session's stream, in a transaction of its own.
 *
 * @throws GAME_SEQUENCE_CONFLICT  when the stream is not at the expected sequence; it carries both
 * @throws GAME_STREAM_UNEXPECTED  when it is not new, or not existing, as was expected
 * @throws GAME_ACTION_INVALID  when an id is no UUID, or another of these fields is wrong
 * @throws GAME_SESSION_UNKNOWN, GAME_ACTION_ID_REUSED, GAME_EVENT_DATA_INVALID, GAME_EVENTS_COUNT
 */
export async function appendToStream(
  { tenancy, appends }: { readonly tenancy: Tenancy; readonly appends: GroupAppend },
  tenant: string,
  sent: AppendToStream,
  options: Pick<RunOptions, 'onRetry'> = {},
): Promise<AcceptedAction> {
  const request = parseSent(sent);
  const { expectedSequence: expected, sessionId } = request;
  if (typeof expected === 'number')
    return appends.append(tenant, { ...request, expectedSequence: expected }, options);
  // The head can move between reading it and appending; what then is refused is tried again behind it.
  return tenancy.repeat(async () => {
    const head = await tenancy.run(tenant, (tx) => readHead(tx, sessionId), { ...options, idempotent: true });
    requireSequence(expected, head);
    return appends.append(tenant, { ...request, expectedSequence: head }, options);
  }, options);
}

/** @throws GAME_SEQUENCE_CONFLICT, GAME_STREAM_UNEXPECTED  when the stream is not as the sender says */
export function requireSequence(expected: ExpectedSequence | undefined, actual: number): void {
  const found = `head at sequence ${actual}`;
  const data = { expected, actual };
  if (typeof expected === 'number' && expected !== actual)
    throw gameErrors.GAME_SEQUENCE_CONFLICT({ found, expected: `head at sequence ${expected}`, data });
  if ((expected === 'new' && actual > 0) || (expected === 'existing' && actual === 0))
    throw gameErrors.GAME_STREAM_UNEXPECTED({ found, expected: `a stream that is ${expected}`, data });
}
