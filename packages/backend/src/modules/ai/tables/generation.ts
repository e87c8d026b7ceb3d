/** Work for models: what was asked for, and each call that was made for it. */
import { bigint, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

interface GenerationTargets {
  readonly users: TableRef;
  readonly items: TableRef;
  readonly currencies: TableRef;
  readonly promptTemplateVersions: TableRef;
}

const count = (name: string) => integer(name).notNull().default(0);

export function generationTables(kit: TableKit, targets: GenerationTargets) {
  const { generationJobs } = jobTables(kit, targets);
  return { generationJobs, ...callTables(kit, targets, generationJobs) };
}

function jobTables(
  { tenantTable, to }: TableKit,
  { users, items, currencies, promptTemplateVersions }: GenerationTargets,
) {
  const generationJobs = tenantTable(
    'generation_jobs',
    'Requests to generate content: by whom, with which prompt, how far they are, and what became of them.',
    {
      promptTemplateVersionId: uuid('prompt_template_version_id').notNull(),
      requestedById: described(uuid('requested_by_id'), 'Null where a schedule asked.'),
      requestKey: described(
        text('request_key').notNull(),
        'Given by the sender; a repeated request finds the first job.',
      ),
      inputs: pii(
        described(
          jsonb('inputs').$type<Record<string, unknown>>().notNull(),
          'Values of the prompt’s placeholders, by its input schema.',
        ),
        { category: 'free_text', purpose: 'telling the model what to write', onErasure: 'replace' },
      ),
      state: text('state', { enum: ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'refused'] })
        .notNull()
        .default('queued'),
      priority: described(integer('priority').notNull().default(0), 'Higher runs first.'),
      attempts: described(count('attempts'), 'Runs so far, the present one included.'),
      maxAttempts: integer('max_attempts').notNull().default(3),
      queuedAt: instant('queued_at').notNull().defaultNow(),
      startedAt: instant('started_at'),
      leaseExpiresAt: described(
        instant('lease_expires_at'),
        'A running job whose worker has not renewed it by then is taken by another.',
      ),
      finishedAt: instant('finished_at'),
      errorCode: described(text('error_code'), 'Code of the last failure; its text may quote the inputs.'),
      itemId: described(uuid('item_id'), 'The content item that the result became a draft of.'),
      budgetMicros: described(
        bigint('budget_micros', { mode: 'number' }),
        'Most that its calls may cost, in millionths of the currency’s unit: a call costs less than a cent.',
      ),
      currencyCode: text('currency_code').notNull().default('USD'),
    },
    {
      subject: 'requestedById',
      evolving: true,
      privileges: ['select', 'insert', 'update'],
      unique: [['requestKey']],
      references: [
        to(promptTemplateVersions, 'promptTemplateVersionId'),
        to(users, 'requestedById'),
        to(items, 'itemId'),
        to(currencies, 'currencyCode'),
      ],
      indexes: { 'the next job to run': ['state', 'priority desc', 'queuedAt'] },
      checks: {
        attempts_range: `"attempts" between 0 and "max_attempts"`,
        budget_not_negative: `"budget_micros" >= 0`,
        running_has_lease: `"state" <> 'running' or ("started_at" is not null and "lease_expires_at" is not null)`,
        end_has_time: `("state" in ('queued', 'running')) = ("finished_at" is null)`,
        failure_has_code: `"state" <> 'failed' or "error_code" is not null`,
        times_in_order: `"started_at" >= "queued_at" and "finished_at" >= "queued_at"`,
      },
    },
  );
  return { generationJobs };
}

function callTables(
  { appendOnlyTable, to }: TableKit,
  { promptTemplateVersions }: GenerationTargets,
  generationJobs: TableRef,
) {
  const sha256 = (column: string) => `"${column}" ~ '^[0-9a-f]{64}$'`;
  const generationLog = appendOnlyTable(
    'generation_log',
    'Every call to a model, as Regulation (EU) 2024/1689, Art. 12, asks: which model, what it cost, how it ended.',
    {
      jobId: uuid('job_id').notNull(),
      attempt: described(integer('attempt').notNull(), 'Which run of the job it belongs to, from 1.'),
      call: described(integer('call').notNull(), 'Order of the call within the run, from 1.'),
      promptTemplateVersionId: uuid('prompt_template_version_id').notNull(),
      provider: described(text('provider').notNull(), 'Who ran the model.'),
      model: described(text('model').notNull(), 'The model’s full name, its version included.'),
      outcome: text('outcome', {
        enum: ['completed', 'truncated', 'refused', 'invalid_output', 'timed_out', 'failed'],
      }).notNull(),
      errorCode: text('error_code'),
      requestSha256: described(text('request_sha256').notNull(), 'Hash of all that was sent.'),
      responseSha256: described(text('response_sha256'), 'Hash of the answer; null where none came.'),
      exchangeObjectId: described(
        uuid('exchange_object_id'),
        'Id in files.objects: request and answer, encrypted; null where the tenant keeps none.',
      ),
      inputTokens: count('input_tokens'),
      cachedInputTokens: described(count('cached_input_tokens'), 'Of the input, read from the cache.'),
      outputTokens: count('output_tokens'),
      costMicros: described(
        bigint('cost_micros', { mode: 'number' }).notNull().default(0),
        'Price of the call in millionths of the unit of the job’s currency.',
      ),
      calledAt: instant('called_at').notNull(),
      latencyMs: described(integer('latency_ms').notNull(), 'From sending to the end of the answer.'),
    },
    {
      unique: [['jobId', 'attempt', 'call']],
      references: [to(generationJobs, 'jobId'), to(promptTemplateVersions, 'promptTemplateVersionId')],
      indexes: { 'calls and their cost over a period': ['calledAt'] },
      checks: {
        order_positive: `"attempt" > 0 and "call" > 0`,
        request_sha256_form: sha256('request_sha256'),
        response_sha256_form: sha256('response_sha256'),
        completed_has_response: `"outcome" <> 'completed' or "response_sha256" is not null`,
        tokens_range: `"cached_input_tokens" between 0 and "input_tokens" and "output_tokens" >= 0`,
        cost_not_negative: `"cost_micros" >= 0`,
        latency_not_negative: `"latency_ms" >= 0`,
      },
    },
  );
  return { generationLog };
}
