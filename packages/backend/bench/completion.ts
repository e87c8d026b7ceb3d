/**
 * How long an editor waits for completion on tables, from the language server that editors run: the first one, which
 * loads the program; one more; and the first after an edit, which has to check what the edit may have changed.
 * Processor time is the server's own, as Linux counts it, since wall time says as much about the machine's other work.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What somebody types, at the end of which file of the sources, and a name that must then be offered. */
const PLACES = [
  {
    file: 'modules/game/sessions.ts',
    typed: 'const probe = (tx: TenantTx) => gameTables(tx).',
    offers: 'daySummaries',
  },
  { file: 'modules/training/schema.ts', typed: 'const probe = certificates.', offers: 'supersedesId' },
  {
    file: 'modules/auth/seed.ts',
    typed: 'const probe = authTables.users.$inferSelect.',
    offers: 'createdAt',
  },
];
/** Linux counts a process's time in hundredths of a second on every machine that we run on. */
const TICK_SECONDS = 0.01;

const server = spawn(
  process.execPath,
  [createRequire(import.meta.url).resolve('typescript/lib/tsserver.js')],
  {
    stdio: ['pipe', 'pipe', 'inherit'],
  },
);
const answers = new Map<number, (body: { entries?: { name: string }[] }) => void>();
createInterface({ input: server.stdout }).on('line', (line) => {
  if (!line.startsWith('{')) return;
  const message = JSON.parse(line);
  if (message.type === 'response') answers.get(message.request_seq)?.(message.body ?? {});
});

let seq = 0;
const send = (command: string, args: object) =>
  server.stdin.write(`${JSON.stringify({ seq: ++seq, type: 'request', command, arguments: args })}\n`);
const ask = (command: string, args: object) =>
  new Promise<{ entries?: { name: string }[] }>((resolve) => {
    answers.set(seq + 1, resolve);
    send(command, args);
  });

function cpuSeconds(): number {
  // proc_pid_stat(5): after the name in brackets, utime is the 12th field and stime the 13th.
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
}

async function complete(what: string, place: (typeof PLACES)[number], at: { file: string; line: number }) {
  const cpu = cpuSeconds();
  const from = performance.now();
  const { entries = [] } = await ask('completionInfo', { ...at, offset: place.typed.length + 1 });
  const wallSeconds = (performance.now() - from) / 1000;
  if (!entries.some(({ name }) => name === place.offers))
    throw new Error(`${place.typed} offers no ${place.offers}`);
  console.log(
    `${what.padEnd(22)} ${(cpuSeconds() - cpu).toFixed(2)} s CPU, ${wallSeconds.toFixed(2)} s wall: ${place.typed} in ${place.file}`,
  );
}

console.log(
  `load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
for (const [index, place] of PLACES.entries()) {
  const file = fileURLToPath(new URL(`../src/${place.file}`, import.meta.url));
  const fileContent = `${readFileSync(file, 'utf8')}\n${place.typed}`;
  const at = { file, line: fileContent.split('\n').length };
  send('open', { file, fileContent });
  await complete(index === 0 ? 'first of all' : 'first in another file', place, at);
  await complete('again', place, at);
  // An exported declaration at the top: whatever imports the file may have changed with it.
  send('change', {
    file,
    line: 1,
    offset: 1,
    endLine: 1,
    endOffset: 1,
    insertString: 'export const edited = 1;\n',
  });
  await complete('after an edit', place, { file, line: at.line + 1 });
}
server.kill();
