/** What a benchmark measured, as it is kept in `bench/results` and shown in docs/reference/benchmarks.md. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from './kernel/project.ts';

const RESULTS = 'packages/backend/bench/results';

export const BenchmarkRecord = z.strictObject({
  title: z.string(),
  /** What is compared with what, and how. */
  about: z.string(),
  /** Reproduces it, from the project's root. */
  command: z.string(),
  measuredOn: z.iso.date(),
  /** Processors, memory, load average of the minute before, Node and PostgreSQL. */
  machine: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number()]))),
  /** What the numbers say, and what is wanted of them. */
  reading: z.array(z.string()),
});

export type BenchmarkRecord = z.infer<typeof BenchmarkRecord>;

/** @param name  of the benchmark's file, without its ending */
export function keepRecord(name: string, record: BenchmarkRecord): void {
  const folder = path.join(projectRoot, RESULTS);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Every kept record, by the name of its benchmark. */
export function readRecords(): ReadonlyMap<string, BenchmarkRecord> {
  const folder = path.join(projectRoot, RESULTS);
  if (!fs.existsSync(folder)) return new Map();
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.sort().map((file) => {
      const record = BenchmarkRecord.parse(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
      return [path.basename(file, '.json'), record];
    }),
  );
}
