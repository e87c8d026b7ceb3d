/**
 * The recorded game: a shift of ten days that is kept in the repository as its actions alone, with the hash of the
 * events that they must lead to. Played again on the same rules and content it goes exactly as it went.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Action, type ContentPack, Grade, RULES_VERSION } from '@archive-gate/game-engine';
import { z } from 'zod';
import { defineErrors } from '../../kernel/errors/index.ts';
import { projectRoot } from '../../kernel/project.ts';

export const recordingErrors = defineErrors({
  CLI_RECORDING_INVALID: {
    message: 'The recorded game cannot be read.',
    next: 'git checkout -- packages/backend/content/recorded, or record it anew: pnpm dmz start --record',
    exitCode: 1,
  },
  CLI_RECORDING_OUTDATED: {
    message: 'The recorded game was played on other content or rules than these.',
    next: 'pnpm dmz start --record, and commit the file that it writes',
    exitCode: 1,
  },
  CLI_RECORDING_DIFFERS: {
    message: 'The recorded game, played again, went differently than it was recorded.',
    next: 'find what changed the engine’s events (git log packages/game-engine packages/backend/content); a wanted change needs a new version, and pnpm dmz start --record',
    exitCode: 1,
  },
  CLI_RECORDING_NONE_FOUND: {
    message: 'No seed leads a bot to a shift worth recording.',
    next: 'see what record-game.ts asks for, and whether rules or content have changed their character',
    exitCode: 1,
  },
  CLI_REPLAY_DIFFERS: {
    message: 'What was stored of the game is not what its actions lead to.',
    next: 'pnpm dmz session replay <session id> --verify',
    exitCode: 1,
  },
});

const Recording = z.strictObject({
  tenant: z.string(),
  seed: z.int().min(0),
  days: z.int().min(1),
  contentVersion: z.string(),
  rulesVersion: z.int(),
  /** Beginning with the start of the session. */
  actions: z.array(Action).min(1),
  expected: z.strictObject({
    events: z.int(),
    eventsSha256: z.string().regex(/^[0-9a-f]{64}$/),
    score: z.int(),
    grade: Grade,
  }),
});
export type Recording = z.infer<typeof Recording>;

export const recordingFile = path.join(projectRoot, 'packages/backend/content/recorded/ten-days.json');

/** @throws CLI_RECORDING_INVALID */
export function readRecording(file = recordingFile): Recording {
  try {
    return Recording.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    const reason = issue ? `${issue.path.join('.')}: ${issue.message}` : String(cause);
    throw recordingErrors.CLI_RECORDING_INVALID({ found: reason.slice(0, 200), cause });
  }
}

/** An action a line, so that a new recording can be read as a diff. */
export function writeRecording({ actions, ...rest }: Recording, file = recordingFile): void {
  const lines = actions.map((action) => `    ${JSON.stringify(action)}`).join(',\n');
  const frame = JSON.stringify({ ...rest, actions: [] }, null, 2);
  writeFileSync(file, `${frame.replace('"actions": []', () => `"actions": [\n${lines}\n  ]`)}\n`);
}

/** @throws CLI_RECORDING_OUTDATED */
export function requireCurrent(recording: Recording, contentVersion: ContentPack['version']): void {
  if (recording.contentVersion === contentVersion && recording.rulesVersion === RULES_VERSION) return;
  throw recordingErrors.CLI_RECORDING_OUTDATED({
    found: `recorded on content ${recording.contentVersion}, rules version ${recording.rulesVersion}`,
    expected: `content ${contentVersion}, rules version ${RULES_VERSION}`,
  });
}
