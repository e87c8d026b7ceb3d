/** Retention's lists name what there is, and leave no table of a game out. */
import { describe, expect, it } from 'vitest';
import { allTables } from '../modules/registry.ts';
import { IN_FORCE, partsOfUnits, retainedTables } from './retained-tables.ts';

const known = new Map(allTables().map((table) => [`${table.namespace}.${table.name}`, table]));
const parts = partsOfUnits();
const roots = retainedTables(parts);

describe('the tables that retention goes through', () => {
  it('are named as they are', () => {
    const named = [...Object.keys(IN_FORCE), ...parts.flatMap(({ child, of }) => [child, of])];
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('are parts or roots or kept, where their rows are evidence', () => {
    const placed = new Set([
      ...Object.keys(IN_FORCE),
      ...parts.map(({ child }) => child),
      ...roots.map(({ name }) => name),
    ]);
    const evidence = [...known].filter(([, { retention }]) => retention === 'evidence').map(([name]) => name);
    expect(evidence.filter((name) => !placed.has(name))).toEqual([]);
  });

  it('have every table of a game as a part of its session, and that alone as a root', () => {
    const ofGames = roots.filter(({ name }) => name.startsWith('game.')).map(({ name }) => name);
    expect(ofGames).toEqual(['game.sessions']);
    const tables = [...known.keys()].filter((name) => name.startsWith('game.') && name !== 'game.sessions');
    const cascading = ['game.email_attachments', 'game.email_headers', 'game.verification_artifacts'];
    const children = new Set(parts.map(({ child }) => child));
    expect(tables.filter((name) => !children.has(name) && !cascading.includes(name))).toEqual([]);
  });

  it('take nothing of what proves the audit log', () => {
    expect(roots.filter(({ name }) => /audit_(chain_heads|checkpoints|removals)/.test(name))).toEqual([]);
  });
});
