/** What is sent in binary is what the database reads: every value comes back as the text that PostgreSQL writes for it. */
import fc from 'fast-check';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { type BinaryRow, binary, encodeColumns } from './binary-values.ts';

const TYPES = ['uuid', 'text', 'bigint', 'integer', 'jsonb', 'timestamptz'] as const;
const ARRAYS = TYPES.map((type, at) => `$${at + 1}::${type}[]`).join(', ');

const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''));
const rows = fc.array(
  fc.record({
    uuid: fc.uuid(),
    text: fc.option(text),
    bigint: fc.maxSafeInteger(),
    integer: fc.integer(),
    json: fc.dictionary(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.oneof(text, fc.maxSafeInteger(), fc.boolean()),
    ),
    time: fc.option(
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    ),
  }),
  { maxLength: 20 },
);

describe('values in binary', () => {
  const db = useDatabase();
  let app: pg.Client;
  beforeAll(async () => {
    app = await db.connectAsApp();
  });

  it('are read as what they were, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (sent) => {
        const encoded = sent.map(
          (row): BinaryRow => [
            binary.uuid(row.uuid),
            row.text === null ? null : binary.text(row.text),
            binary.bigint(row.bigint),
            binary.integer(row.integer),
            binary.jsonb(JSON.stringify(row.json)),
            row.time && binary.timestamptz(row.time),
          ],
        );
        const { rows: read } = await app.query(
          `SELECT uuid, text, bigint, integer, json, time FROM unnest(${ARRAYS}) AS sent(uuid, text, bigint, integer, json, time)`,
          encodeColumns(TYPES, encoded),
        );
        expect(read).toEqual(sent.map((row) => ({ ...row, bigint: String(row.bigint) })));
      }),
      { numRuns: 200 },
    );
  });

  it('are refused where a text is no UUID', () => {
    for (const wrong of ['', 'x', '0190', `${'0'.repeat(31)}g`, '0'.repeat(33)])
      expect(() => binary.uuid(wrong), wrong).toThrow(TypeError);
  });
});
