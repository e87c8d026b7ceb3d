/**
 * Which times of a class of data are due: those that every binding has let go of. It is the other way round of a duty: not
 * until when a row is kept, but how old one is that no longer must be.
 */
import type { TenantTx } from '../kernel/tenancy/index.ts';
import type { DataClass } from '../modules/org/index.ts';
import { type Binding, bindingOfDays, bindingsOf, unsaid } from './duties.ts';

/** Deliveries, sessions and tokens: nobody needs them longer, and no framework asks for them. */
const OPERATIONAL_DAYS = 90;

export interface DueTimes {
  /** As a tstzmultirange. */
  readonly ranges: string;
  /** The longest of what has ended, or what has no end. */
  readonly ground: string;
  readonly framework: string | null;
  /** The first instant after the last time that is due; null where nothing is. */
  readonly before: Date | null;
}

/** Needs a tenant transaction, whose time it goes by. */
export async function dueTimes(tx: TenantTx, dataClass: DataClass): Promise<DueTimes> {
  const all = await bindingsOf(tx, dataClass);
  const bindings =
    dataClass === 'operational'
      ? [
          bindingOfDays('90 days for operational records', OPERATIONAL_DAYS),
          ...all.filter(({ framework }) => framework === undefined),
        ]
      : all;
  return lettingGo(bindings, unsaid(dataClass), tx.now);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** @param nothingSaid  the ground of rows that no binding is of, which are kept without an end */
export function lettingGo(bindings: readonly Binding[], nothingSaid: string, now: Date): DueTimes {
  const kept = bindings.map((binding) => spanOf(binding, now));
  const lastEnd = Math.max(Number.NEGATIVE_INFINITY, ...kept.map(({ to }) => to));
  const isUnsaid = lastEnd !== Number.POSITIVE_INFINITY;
  const due = complement([...kept, ...(isUnsaid ? [{ from: lastEnd, to: Number.POSITIVE_INFINITY }] : [])]);
  const last = due.at(-1);
  const [longest] = bindings.toSorted((one, other) => spanOf(one, now).from - spanOf(other, now).from);
  return {
    ranges: `{${due.map(({ from, to }) => `[${textOf(from)},${textOf(to)})`).join(',')}}`,
    ground: last && longest ? longest.ground : nothingSaid,
    framework: (last && longest?.framework) ?? null,
    before: last ? new Date(last.to) : null,
  };
}

const spanOf = ({ lengthen, endsBefore }: Binding, now: Date): Span => ({
  from: lengthen(now, -1).getTime(),
  to: endsBefore === null ? Number.POSITIVE_INFINITY : endsBefore.getTime(),
});

/** The times that no span covers. */
function complement(spans: readonly Span[]): Span[] {
  const free: Span[] = [];
  let from = Number.NEGATIVE_INFINITY;
  for (const span of spans.filter(({ from, to }) => from < to).sort((one, other) => one.from - other.from)) {
    if (span.from > from) free.push({ from, to: span.from });
    from = Math.max(from, span.to);
  }
  return free;
}

const textOf = (time: number): string => (Number.isFinite(time) ? new Date(time).toISOString() : '');
