/**
 * `npm test`: installs what is missing, a Redis included where it may, runs every check although one before it failed,
 * and ends with the one line `N passed, N failed`. Formatting, types and boundaries count as one test each. Arguments go
 * to vitest.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureInstalled, PlainError, projectRoot, runScript } from './install.mjs';
import { ensureRedis } from './redis.mjs';

const reportFile = path.join(projectRoot, '.dmz', 'test', 'report.json');

const steps = [
  { name: 'format and lint', run: () => check('@biomejs/biome', 'biome', ['check', '.']) },
  { name: 'types', run: () => check('typescript', 'tsc', ['--noEmit', '--project', 'tsconfig.json']) },
  {
    name: 'boundaries',
    needs: '.dependency-cruiser.mjs',
    run: () =>
      check('dependency-cruiser', 'depcruise', [
        '--output-type',
        'err-long',
        '--config',
        '.dependency-cruiser.mjs',
        'packages',
      ]),
  },
  { name: 'tests', run: () => runVitest(process.argv.slice(2)) },
];

await runScript(async () => {
  try {
    await ensureInstalled();
    ensureRedis();
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return finish([{ name: 'install', passed: 0, failed: 1, seconds: 0 }]);
  }
  const results = [];
  for (const step of steps.filter(
    ({ needs }) => needs === undefined || existsSync(path.join(projectRoot, needs)),
  )) {
    process.stdout.write(`\n── ${step.name}\n`);
    const start = performance.now();
    const counts = await step.run();
    results.push({ name: step.name, ...counts, seconds: (performance.now() - start) / 1000 });
  }
  finish(results);
});

/** The summary is the very last thing that is printed: other programs read it. */
function finish(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const row = (name, passed, failed, time) =>
    `${name.padEnd(16)}${String(passed).padStart(8)}${String(failed).padStart(8)}${time.padStart(10)}`;
  const rows = results.map(({ name, passed, failed, seconds }) =>
    row(name, passed, failed, `${seconds.toFixed(1)} s`),
  );
  process.stdout.write(`\n${[row('check', 'passed', 'failed', 'time'), ...rows].join('\n')}\n\n`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
}

async function check(packageName, command, args) {
  const status = await runTool(packageName, command, args);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runVitest(args) {
  mkdirSync(path.dirname(reportFile), { recursive: true });
  rmSync(reportFile, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const status = await runTool('vitest', 'vitest', ['run', ...reporters, ...args]);
  return countTests(status);
}

/** Nothing may pass unseen: a crash, no test at all, a file that could not be loaded, or an error outside any test. */
function countTests(status) {
  const report = readReport();
  if (report === null) {
    process.stdout.write(`vitest ended with ${status} and left no report\n`);
    return { passed: 0, failed: 1 };
  }
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + brokenFiles;
  const unseen = failed === 0 && (status !== 0 || passed === 0);
  return { passed, failed: unseen ? 1 : failed };
}

function readReport() {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return null;
  }
}

/** Runs a package's command by this Node: the links in node_modules/.bin are shell scripts. */
function runTool(packageName, command, args) {
  const folder = path.join(projectRoot, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const script = path.join(folder, typeof bin === 'string' ? bin : bin[command]);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
}
