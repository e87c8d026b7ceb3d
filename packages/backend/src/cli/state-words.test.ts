/** Changes of a state in the words of the game, and nothing of them lost. */
import { initialState } from '@archive-gate/game-engine';
import { describe, expect, it } from 'vitest';
import type { StateChange } from '../modules/game/index.ts';
import { changeInOneLine, fieldInWords, placeInWords } from './state-words.ts';

const changed = (path: string, before: unknown, after: unknown): StateChange => ({
  kind: 'changed',
  path,
  before,
  after,
});

describe('a change in words', () => {
  it.each<[StateChange, string]>([
    [changed('credits', 120, 95), 'credits 120 → 95'],
    [changed('trust', 3, -2), 'trust 3 → -2'],
    [changed('phase', null, 'day_start'), 'phase - → day start'],
    [changed('facilityTier', 'outpost', 'station'), 'facility tier Outpost → Station'],
    [changed('allocation.powerKw', 10, 20), 'online: power (kW) 10 → 20'],
    [changed('today.marksRight', 1, 2), 'today: marks right 1 → 2'],
    [changed('inbox[d01-e02].status', 'pending', 'decided'), 'e-mail d01-e02: status to decide → decided'],
    [changed('inbox[d01-e02].decision', null, 'flag'), 'e-mail d01-e02: decision - → Flag'],
    [changed('inbox[d01-e02].opened', false, true), 'e-mail d01-e02: opened no → yes'],
    [
      { kind: 'added', path: 'whitelist[clinic.example]', after: 'clinic.example' },
      'whitelist + clinic.example',
    ],
    [{ kind: 'added', path: 'defences[backup_vault]', after: 'backup_vault' }, 'defences + Backup vault'],
    [
      {
        kind: 'removed',
        path: 'attacks[d01-a01]',
        before: { attackKey: 'd01-a01', kind: 'data_leak', severity: 2, emailKey: null, dueDay: 3 },
      },
      'attack on its way d01-a01 − data leak, severity 2, due on day 3',
    ],
    [
      { kind: 'added', path: 'clients[d01-e01-c]', after: { creditsPerDay: 12, untilDay: 4 } },
      'guest d01-e01-c + 12 credits a day, until day 4',
    ],
  ])('%j', (change, words) => {
    expect(changeInOneLine(change)).toBe(words);
  });

  it('has a place for every field of a state', () => {
    for (const field of Object.keys(initialState())) {
      expect(placeInWords(field)).toBe(fieldInWords(field));
      expect(fieldInWords(field)).toMatch(/^[a-z ]+$/);
    }
  });
});
