/**
 * `npm start`: installs what is missing, then runs `dmz start` in this same process, which therefore gets Ctrl-C and
 * gives its exit status itself.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, projectRoot, runScript } from './install.mjs';

await runScript(async () => {
  await ensureInstalled();
  const dmz = path.join(projectRoot, 'packages', 'backend', 'bin', 'dmz.mjs');
  process.argv = [process.execPath, dmz, 'start', ...process.argv.slice(2)];
  await import(pathToFileURL(dmz).href);
});
