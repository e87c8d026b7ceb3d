import { describe, expect, it } from 'vitest';
import { numberNeeded } from './contract-gate.ts';
import { checkPhases, readHeader } from './header.ts';

const header = (...lines: string[]) => readHeader('0030_x', `${lines.join('\n')}\nSELECT 1;`);
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    const { code, found } = error as { code: string; found: string };
    return [code, found];
  }
  return undefined;
};
const INVALID = 'MIGRATION_HEADER_INVALID';

describe('the header of a migration', () => {
  it('says nothing in old files, which expand, in one transaction, as the owner', () => {
    expect(header('-- What this does: nothing.')).toEqual({
      ...{ asAdministrator: false, inTransaction: true, phase: 'expand', statesPhase: false },
    });
    expect(header('-- role: administrator', '-- Roles: what they are.')).toMatchObject({
      asAdministrator: true,
    });
  });

  it('says the phase, what is completed and what that needs, in any order', () => {
    expect(
      header('-- needs: 0029', '-- transaction: none', '-- phase: contract', '-- completes: 0027_add_x'),
    ).toEqual({
      ...{ asAdministrator: false, inTransaction: false, phase: 'contract', statesPhase: true },
      ...{ completes: '0027_add_x', needs: 29 },
    });
  });

  it.each([
    [['-- phase: shrink'], /^0030_x\.sql: phase: /],
    [['-- phase: contract'], /completes nothing/],
    [['-- phase: expand', '-- completes: 0027_add_x'], /an expansion that completes/],
    [['-- completes: 0027_add_x'], /an expansion that completes/],
    [['-- phase: expand', '-- phase: contract'], /said twice/],
    [['-- transaction: maybe'], /transaction: /],
    [['-- phase: contract', '-- completes: x'], /completes: /],
  ])('is refused: %j', (lines, message) => {
    expect(refusal(() => header(...lines))).toEqual([INVALID, expect.stringMatching(message)]);
  });

  const file = (tag: string, ...lines: string[]) => ({
    ...{ tag, when: 0, sha256: '', statements: [] },
    ...readHeader(tag, lines.join('\n')),
  });
  const add = file('0027_add_x', '-- phase: expand');
  const fill = file('0028_fill_x', '-- phase: backfill', '-- completes: 0027_add_x');
  const drop = file('0029_drop_y', '-- phase: contract', '-- completes: 0027_add_x');

  it('completes an expansion that comes before it', () => {
    expect(refusal(() => checkPhases([add, fill, drop]))).toBeUndefined();
    expect(refusal(() => checkPhases([drop, add]))).toEqual([INVALID, expect.stringMatching(/0029_drop_y/)]);
    expect(refusal(() => checkPhases([fill]))).toEqual([INVALID, expect.stringMatching(/0028_fill_x/)]);
  });

  it('needs programs that know the last file of the expansion, unless it says another one', () => {
    expect(numberNeeded(drop, [add, fill, drop])).toBe(28);
    expect(numberNeeded(drop, [add, drop])).toBe(27);
    expect(numberNeeded({ ...drop, needs: 35 }, [add, fill, drop])).toBe(35);
  });
});
