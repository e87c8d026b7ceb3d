/** What can be wrong with content: as files, and in a tenant's library. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const contentErrors = defineErrors({
  CONTENT_PACK_UNKNOWN: {
    message: 'The tenant has no such content pack.',
    next: 'pnpm db:seed',
    exitCode: 1,
  },
  CONTENT_PACK_CHANGED: {
    message:
      'The files of a released content pack have changed; sessions that were played on it could not be replayed.',
    next: 'restore the files from git, or give the pack the next version in packages/backend/content/pack.yaml',
    exitCode: 1,
  },
  CONTENT_FILE_INVALID: {
    message: 'A content file is not what the game can use.',
    next: 'correct the file; packages/game-engine/src/content.ts describes its fields',
    exitCode: 1,
  },
});
