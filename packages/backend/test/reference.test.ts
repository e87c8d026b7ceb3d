/** The reference is what the code says of itself, to the byte. */
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../src/cli/main.ts';
import { renewDataModel } from '../src/reference/data-model.ts';
import { definedNamespaces } from '../src/reference/defined-tables.ts';
import { generatePages, stalePages } from '../src/reference/index.ts';

describe('the reference', () => {
  it('is up to date; otherwise: pnpm dmz docs generate', () => {
    expect(stalePages(generatePages(buildProgram()))).toEqual([]);
  });

  it('is the same whenever and wherever it is generated', () => {
    const columns = process.stdout.columns;
    const first = generatePages(buildProgram());
    process.stdout.columns = 40;
    const second = generatePages(buildProgram());
    process.stdout.columns = columns;
    expect([...second]).toEqual([...first]);
  });

  it('names a page that was edited, and one that is generated no more', () => {
    const pages = new Map(generatePages(buildProgram()));
    pages.set('docs/reference/errors.md', 'edited');
    pages.delete('docs/reference/pii.md');
    expect(stalePages(pages)).toEqual(['docs/reference/errors.md', 'docs/reference/pii.md']);
  });

  it('describes every table, and every command', () => {
    const pages = generatePages(buildProgram());
    const dictionary = pages.get('docs/reference/data-dictionary.md');
    for (const { tables } of definedNamespaces())
      for (const { meta } of tables) expect(dictionary).toContain(`### ${meta.namespace}.${meta.name}\n`);
    expect(pages.get('docs/reference/cli.md')).toContain('## dmz docs check\n');
  });

  it('replaces nothing that people wrote', () => {
    const [begin, end] = ['<!-- begin generated: namespaces -->', '<!-- end generated: namespaces -->'];
    const renewed = renewDataModel(`above\n${begin}\nold\n${end}\nbelow\n`, []);
    expect(renewed).toMatch(/^above\n/);
    expect(renewed).toMatch(/\nbelow\n$/);
    expect(renewed).not.toContain('old');
    expect(() => renewDataModel('no markers', [])).toThrow(/markers/);
  });
});
