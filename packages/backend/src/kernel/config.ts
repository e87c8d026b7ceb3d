/** What the environment may set of a program itself, read where it is wired. Which servers it uses is for the stack to read. */
import { z } from 'zod';
import { defineErrors } from './errors/index.ts';

export const configErrors = defineErrors({
  CONFIG_INVALID: {
    message: 'A setting in the environment cannot be used.',
    next: 'correct or unset the variable; README.md lists them all',
    exitCode: 2,
  },
});

const Config = z.object({
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
  /** Connections that one program keeps to an instance. More than the server's cores seldom helps a short transaction. */
  DMZ_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  /** Connections that one program keeps to all instances together. */
  DMZ_POOL_TOTAL: z.coerce.number().int().min(1).max(10_000).default(100),
  /** How long work is tried again while the database is away, in ms. A restart takes seconds; a player waits no longer. */
  DMZ_RETRY_MS: z.coerce.number().int().min(0).max(600_000).default(30_000),
  /** Whom webhooks may be sent to; with `private` also this machine and its networks, and without TLS, for trying things out. */
  DMZ_WEBHOOKS: z.enum(['public', 'private']).default('public'),
});
export type Config = z.infer<typeof Config>;

/** @throws CONFIG_INVALID  naming the variable, not its value, which may be a secret */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = Config.safeParse(environment);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw configErrors.CONFIG_INVALID({ found: `${issue?.path.join('.')}: ${issue?.message}` });
}
