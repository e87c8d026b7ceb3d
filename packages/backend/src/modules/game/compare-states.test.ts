/** The difference of two states: everything that changed, nothing that did not, by key and not by place. */
import { fold, initialState, type SessionState } from '@archive-gate/game-engine';
import { describe, expect, it } from 'vitest';
import { compareStates } from './compare-states.ts';

const email = (emailKey: string) => ({
  emailKey,
  templateKey: `t-${emailKey}`,
  day: 1,
  category: 'personal' as const,
  difficulty: 2,
  legitimate: true,
  senderDomain: 'example.org',
  senderListed: null,
  attackKind: null,
  offer: null,
});
const received = (...keys: string[]): SessionState =>
  fold(
    initialState(),
    keys.map((key) => ({ type: 'game.email.received', version: 1, data: email(key) }) as const),
  );

describe('comparing states', () => {
  it('finds nothing between a state and a copy of it', () => {
    const state = received('d01-e01', 'd01-e02');
    expect(compareStates(state, structuredClone(state))).toEqual([]);
  });

  it('names each place that changed, with what was and what is', () => {
    const before = initialState();
    const after = { ...before, credits: 90, allocation: { ...before.allocation, powerKw: 40 } };
    expect(compareStates(before, after)).toEqual([
      { kind: 'changed', path: 'credits', before: 0, after: 90 },
      { kind: 'changed', path: 'allocation.powerKw', before: 0, after: 40 },
    ]);
  });

  it('knows e-mails by their keys, so one that left does not change those behind it', () => {
    const before = received('d01-e01', 'd01-e02', 'd01-e03');
    const [gone, second, third] = before.inbox;
    const opened = { ...third!, opened: true };
    const mark = { technique: 'urgency', location: 'body', correct: true } as const;
    const inbox = [opened, { ...second!, marks: [mark] }];
    expect(compareStates(before, { ...before, inbox })).toEqual([
      { kind: 'removed', path: 'inbox[d01-e01]', before: gone },
      { kind: 'added', path: 'inbox[d01-e02].marks[urgency in body]', after: mark },
      { kind: 'changed', path: 'inbox[d01-e03].opened', before: false, after: true },
    ]);
  });

  it('takes lists of words for sets, and a thing that becomes null for a change', () => {
    const before: SessionState = { ...initialState(), whitelist: ['a.org', 'b.org'], phase: 'triage' };
    const after: SessionState = { ...before, whitelist: ['b.org', 'c.org'], phase: null };
    expect(compareStates(before, after)).toEqual([
      { kind: 'changed', path: 'phase', before: 'triage', after: null },
      { kind: 'removed', path: 'whitelist[a.org]', before: 'a.org' },
      { kind: 'added', path: 'whitelist[c.org]', after: 'c.org' },
    ]);
  });
});
