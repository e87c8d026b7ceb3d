/**
 * What it costs that a tenant is entered with a signed token: appends of 8 writers as the platform makes them, beside the
 * same where no token is verified; and the other way that was considered, a context anywhere with a code that each
 * statement verifies. Each has a database of its own, alike but for some functions; they are measured in turns in one run.
 */
import { type BenchDatabase, withBenchDatabase } from './bench-database.ts';
import { benchmarkOptions, median, report } from './report.ts';
import { groupAppend, type Write } from './writers.ts';

const options = benchmarkOptions();
const WRITERS = 8;
const BATCHES = [1, 50];
const CALLS = 100_000;

const UNVERIFIED = `CREATE OR REPLACE FUNCTION dmz.verify_token(tenant uuid, known_epoch bigint, token text) RETURNS text
  LANGUAGE plpgsql STABLE SET search_path = '' AS $$ BEGIN RETURN pg_catalog.split_part(token, '.', 5); END $$`;

/** The code is over the process and the transaction's time, with the key that tokens are signed with. */
const CODE_OF = (
  tenant: string,
) => `pg_catalog.encode(pg_catalog.sha256(pg_catalog.decode(k.outer_pad, 'hex') || pg_catalog.sha256(
  pg_catalog.decode(k.inner_pad, 'hex') || pg_catalog.convert_to(${tenant} || pg_catalog.pg_backend_pid() || ' ' ||
  extract(epoch FROM pg_catalog.now()), 'UTF8'))), 'hex')`;
const VERIFIED_EACH_TIME = `
  CREATE OR REPLACE FUNCTION dmz.set_context(tenant uuid, own_schema text) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
  DECLARE k public.context_keys; entered text := pg_catalog.replace(tenant::text, '-', '');
  BEGIN
    SELECT * INTO k FROM public.context_keys LIMIT 1;
    PERFORM pg_catalog.set_config('backtrace_functions', entered, true), pg_catalog.set_config('dmz.context', entered || ${CODE_OF('entered')}, true);
  END $$;
  CREATE OR REPLACE FUNCTION dmz.current_tenant() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
  DECLARE k public.context_keys; context text := pg_catalog.current_setting('dmz.context'); entered text := pg_catalog.left(context, 32);
  BEGIN
    SELECT * INTO k FROM public.context_keys LIMIT 1;
    IF pg_catalog.substr(context, 33) = ${CODE_OF('entered')} THEN RETURN entered::uuid; END IF;
    RETURN dmz.refuse_context(NULL);
  END $$`;

interface Measured {
  readonly name: string;
  /** Appends a second, by batch. */
  readonly perSecond: readonly number[][];
  readonly policyUs: number;
}

async function rate(writes: readonly Write[]): Promise<number> {
  const begun = performance.now();
  let count = 0;
  await Promise.all(
    writes.map(async (write) => {
      for (; performance.now() - begun < options.roundMs; count += 1) await write();
    }),
  );
  return count / ((performance.now() - begun) / 1_000);
}

/** @returns microseconds that a policy takes to know the tenant */
async function measurePolicy({ admin, platform }: BenchDatabase): Promise<number> {
  const { id } = await platform.tenancy.locate('consumers');
  await admin.query('BEGIN; SET LOCAL ROLE dmz_owner');
  await admin.query('SELECT dmz.open_tenant($1)', [id]);
  const loop = (call: string) =>
    `DO $$ DECLARE it uuid; BEGIN FOR n IN 1..${CALLS} LOOP it := ${call}; END LOOP; END $$`;
  const time = async (call: string) => {
    const begun = performance.now();
    await admin.query(loop(call));
    return ((performance.now() - begun) * 1_000) / CALLS;
  };
  const empty = await time('NULL::uuid');
  const policyUs = (await time('dmz.current_tenant()')) - empty;
  await admin.query('ROLLBACK');
  return policyUs;
}

async function measure(
  named: readonly { readonly name: string; readonly database: BenchDatabase }[],
): Promise<Measured[]> {
  const measured = [];
  for (const { name, database } of named)
    measured.push({
      name,
      perSecond: BATCHES.map(() => [] as number[]),
      policyUs: await measurePolicy(database),
    });
  for (let round = 0; round < options.rounds; round += 1)
    for (const [at, batch] of BATCHES.entries())
      for (const [of, { database }] of named.entries())
        measured[of]?.perSecond[at]?.push(await groupAppend(database, WRITERS, batch, rate));
  return measured;
}

function row({ name, perSecond, policyUs }: Measured, first: Measured): string[] {
  const rates = perSecond.map(median);
  const ratios = rates.map((each, at) => (each / median(first.perSecond[at] ?? [])).toFixed(2));
  return [name, policyUs.toFixed(2), ...rates.flatMap((each, at) => [each.toFixed(0), ratios[at] ?? ''])];
}

await withBenchDatabase('bench_context_bare', WRITERS, (bare) =>
  withBenchDatabase('bench_context_signed', WRITERS, (signed) =>
    withBenchDatabase('bench_context_each', WRITERS, async (each) => {
      await bare.admin.query(UNVERIFIED);
      await each.admin.query(VERIFIED_EACH_TIME);
      const measured = await measure([
        { name: 'no token verified', database: bare },
        { name: 'token verified on entry', database: signed },
        { name: 'and the context by each statement', database: each },
      ]);
      report('context', options, {
        title: 'The signed context',
        about:
          'Appends a second of 8 writers, as the platform makes them: where a token is believed unseen, where it is verified on entry (what is built), and where the context is moreover kept in an ordinary setting with a code that each statement’s policies verify (what is not). Policies’ time is of one look at the context, in µs.',
        command: 'pnpm bench:context --record',
        columns: ['', 'policy µs', 'batch 1', 'ratio', 'batch 50', 'ratio'],
        rows: measured.flatMap((one) => (measured[0] ? [row(one, measured[0])] : [])),
        reading: ['Wanted of a token that is verified on entry: at least 0.9 at both batches.'],
      });
    }),
  ),
);
