/** What a sender sent, checked before anything is done with it: the action, and what stands around it. */
import type { Action } from '@archive-gate/game-engine';
import { z } from 'zod';
import { gameErrors } from './errors.ts';

/** PostgreSQL writes a uuid in lower case, so ids are compared, and answered, that way. */
const Id = z.uuid().transform((id) => id.toLowerCase());

const Sender = z.object({
  sessionId: Id.optional(),
  actionId: Id,
  playerId: Id.optional(),
  actorId: Id.optional(),
  clientTime: z.date().nullish(),
  expectedSequence: z.union([z.int().nonnegative(), z.enum(['new', 'existing'])]).optional(),
});

/**
 * Checks what a sender sent, the action and what stands around it.
 *
 * @param accepts  the actions that may be sent this way
 * @returns the action, and the request with its ids in lower case
 * @throws GAME_ACTION_INVALID  naming the first field that is wrong
 */
export function parseRequest<Accepted extends Action, Request extends z.input<typeof Sender>>(
  accepts: z.ZodType<Accepted>,
  input: unknown,
  sent: Request,
): { readonly action: Accepted; readonly request: Request } {
  const parsed = accepts.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error);
  return { action: parsed.data, request: parseSent(sent) };
}

/** The same of what stands around an action alone. */
export function parseSent<Request extends z.input<typeof Sender>>(sent: Request): Request {
  const around = Sender.safeParse(sent);
  if (!around.success) throw invalid(around.error);
  return { ...sent, ...around.data };
}

function invalid({ issues: [issue] }: z.ZodError): Error {
  return gameErrors.GAME_ACTION_INVALID({
    found: `${issue?.path.join('.') || 'the action'}: ${issue?.message}`,
  });
}
