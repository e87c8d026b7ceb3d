/** Every test of the workspace, against one PostgreSQL server of the tests' own; two files at a time. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts'],
    globalSetup: ['packages/backend/test/harness/global-setup.ts'],
    pool: 'forks',
    // A worker keeps the schema's modules for its next file: to load them takes longer than many a file's tests.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
