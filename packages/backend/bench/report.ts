/** How every benchmark is called, and how it shows what it measured: `--quick`, `--json`, and `--record` to keep it. */
import os from 'node:os';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type BenchmarkRecord, keepRecord } from '../src/benchmark-record.ts';

export interface BenchmarkOptions {
  readonly quick: boolean;
  readonly json: boolean;
  readonly record: boolean;
  /** Turns of each measurement; the middle one counts. */
  readonly rounds: number;
  /** Length of one turn, in ms. */
  readonly roundMs: number;
}

export function benchmarkOptions(): BenchmarkOptions {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
    },
  });
  const { quick, json, record } = values;
  return {
    quick,
    json,
    record,
    rounds: Number(values.rounds ?? (quick ? 3 : 5)),
    roundMs: Number(values.seconds ?? (quick ? 0.5 : 2)) * 1_000,
  };
}

export type Report = Omit<BenchmarkRecord, 'measuredOn' | 'machine'>;

/** Prints what was measured, and keeps it where that was asked for. */
export function report(name: string, { json, record }: BenchmarkOptions, measured: Report): void {
  const full = { ...measured, measuredOn: new Date().toISOString().slice(0, 10), machine: machine() };
  if (record) keepRecord(name, full);
  if (json) {
    console.log(JSON.stringify(full));
    return;
  }
  const colAligns = measured.columns.map((_, at) => (at === 0 ? 'left' : 'right')) as ('left' | 'right')[];
  const table = new Table({ head: measured.columns, style: { head: [], border: [] }, colAligns });
  table.push(...measured.rows);
  console.log(table.toString());
  for (const line of measured.reading) console.log(line);
}

const GIBIBYTE = 2 ** 30;

function machine(): string {
  const memory = `${Math.round(os.totalmem() / GIBIBYTE)} GiB`;
  const load = os.loadavg()[0]?.toFixed(1);
  return `${os.cpus().length} cores, ${memory}, load ${load}, Node ${process.versions.node}, PostgreSQL 18`;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
