/** A ciphertext opens to what was encrypted, in its own cell, with its own key; and to nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, decrypt, encrypt, type KeyName, newKey, parse } from './ciphertext.ts';

const CELL: Cell = {
  tenantId: '0199a000-0000-7000-8000-000000000001',
  table: 'training.attestations',
  column: 'signatory_name',
  id: '0199a000-0000-7000-8000-000000000002',
};
const NAME: KeyName = { owner: 'person', keyId: '0199a000-0000-7000-8000-000000000003' };
const key = newKey();

const open = (value: string, cell = CELL, by = key) => decrypt(by, parse(value, cell), cell).toString('utf8');
const seal = (text: string) => encrypt(key, NAME, CELL, Buffer.from(text, 'utf8'));
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'opened';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

describe('a ciphertext', () => {
  it('opens to the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(open(seal(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
    for (const text of ['', '\0', '\u{10ffff}', 'ﬀ\u0301', 'a'.repeat(1 << 20), '𝒳'.repeat(1 << 18)])
      expect(open(seal(text)) === text).toBe(true);
  });

  it('has the form that the database holds it to, and tells nothing of the text', () => {
    const value = seal('attack at dawn');
    expect(value).toMatch(/^dmz:1:person:0199a000-0000-7000-8000-000000000003:[A-Za-z0-9_-]{56}$/);
    expect(value).not.toContain(Buffer.from('attack').toString('base64url'));
  });

  it('has a nonce of its own', () => {
    const nonces = Array.from({ length: 20_000 }, () =>
      parse(seal('same'), CELL).body.toString('hex', 0, 12),
    );
    expect(new Set(nonces).size).toBe(20_000);
  });

  it('is refused with any bit of nonce, ciphertext or tag changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(), (text, at) => {
        const [, , , , body = ''] = seal(text).split(':');
        const bytes = Buffer.from(body, 'base64url');
        const bit = at % (8 * bytes.length);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        const changed = `dmz:1:person:${NAME.keyId}:${bytes.toString('base64url')}`;
        expect(codeOf(() => open(changed))).toBe('KEYS_CIPHERTEXT_ALTERED');
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused with any character changed, left out or added', () => {
    const value = seal('some text of a person');
    fc.assert(
      fc.property(
        fc.nat(value.length - 1),
        fc.constantFrom('', 'A', 'b', '7', '-', ':', '=', ' '),
        (at, put) => {
          const changed = value.slice(0, at) + put + value.slice(at + 1);
          if (changed === value) return;
          expect(codeOf(() => open(changed))).toMatch(/^KEYS_CIPHERTEXT_(ALTERED|INVALID)$/);
        },
      ),
      { numRuns: 2_000 },
    );
    for (const added of [`${value}A`, value.replace('0003:', '%30003:'), value.replace('0003:', '000%zz:')])
      expect(codeOf(() => open(added))).toMatch(/^KEYS_CIPHERTEXT_(ALTERED|INVALID)$/);
  });

  it('is refused in another row, column, table or tenant, and by another key', () => {
    const value = seal('some text');
    for (const part of ['tenantId', 'table', 'column', 'id'] as const)
      expect(codeOf(() => open(value, { ...CELL, [part]: `${CELL[part]}x` }))).toBe(
        'KEYS_CIPHERTEXT_ALTERED',
      );
    expect(codeOf(() => open(value, CELL, newKey()))).toBe('KEYS_CIPHERTEXT_ALTERED');
    // Names that run into one another are not the same cell.
    const shifted = { ...CELL, table: `${CELL.table}.s`, column: CELL.column.slice(1) };
    expect(codeOf(() => open(value, shifted))).toBe('KEYS_CIPHERTEXT_ALTERED');
  });

  it('is refused under the name of another key or owner, though the key would fit', () => {
    const value = seal('some text');
    for (const forged of [value.replace(':person:', ':tenant:'), value.replace('0003:', '0004:')])
      expect(codeOf(() => open(forged))).toBe('KEYS_CIPHERTEXT_ALTERED');
  });

  it.each([
    ['a plain text', 'Maria'],
    ['nothing', ''],
    ['a version that is not known yet', 'dmz:2:person:0199a000-0000-7000-8000-000000000003:AAAA'],
    ['too short for nonce and tag', 'dmz:1:person:0199a000-0000-7000-8000-000000000003:AAAA'],
    ['an owner that is none', `dmz:1:nobody:x:${'A'.repeat(40)}`],
  ])('is not %s', (_, value) => {
    expect(codeOf(() => open(value))).toBe('KEYS_CIPHERTEXT_INVALID');
  });
});
