/** What must never stand in a log, and what must. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('writes one JSON object a line to standard error, without secrets or personal data', () => {
  const program = `
    import { createLogger } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
    const request = { token: 't0ken', user: { displayName: 'A. Person' } };
    createLogger('info').info({ code: 'X', email: 'a@b.example', request }, 'done');
    createLogger('warn').info('unheard');`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(JSON.parse(stderr)).toMatchObject({ code: 'X', msg: 'done', email: '[redacted]' });
  for (const secret of ['a@b.example', 't0ken', 'A. Person', 'unheard']) expect(stderr).not.toContain(secret);
});
