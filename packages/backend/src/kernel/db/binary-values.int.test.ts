/** What is sent in binary is what the database reads: every value comes back as the text that PostgreSQL writes for it. */
import fc from 'fast-check';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { type BinaryRow, encodeColumns } from './binary-values.ts';

const TYPES = ['uuid', 'text', 'bigint', 'integer', 'jsonb', 'timestamptz'] as const;
const ARRAYS = TYPES.map((type, at) => `$${at + 1}::${type}[]`).join(', ');

const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''));
const rows = fc.array(
  fc.record({
    // Often the same as before: that is copied, not written.
    uuid: fc.oneof(fc.uuid(), fc.constant('0199ffff-0000-7000-8000-0000000000ff')),
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
        const values = sent.map(
          ({ uuid, text, bigint, integer, json, time }): BinaryRow<typeof TYPES> => [
            uuid,
            text,
            bigint,
            integer,
            JSON.stringify(json),
            time,
          ],
        );
        const { rows: read } = await app.query(
          `SELECT uuid, text, bigint, integer, json, time FROM unnest(${ARRAYS}) AS sent(uuid, text, bigint, integer, json, time)`,
          encodeColumns(TYPES, values),
        );
        expect(read).toEqual(sent.map((row) => ({ ...row, bigint: String(row.bigint) })));
      }),
      { numRuns: 200 },
    );
  });

  it('are refused where a text is no UUID', () => {
    const refused = expect.objectContaining({ code: 'VALUE_REFUSED' });
    for (const wrong of ['', 'x', '0190', `${'0'.repeat(31)}g`, '0'.repeat(33)])
      expect(() => encodeColumns(['uuid'], [[wrong]]), wrong).toThrow(refused);
  });
});
