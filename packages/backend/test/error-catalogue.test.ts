/** One list of errors: whatever the sources declare is in it, it holds nothing else, and every code has its row. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type ErrorCode, errorCatalogue } from '../src/error-catalogue.ts';
import { projectRoot } from '../src/kernel/project.ts';

const src = path.join(projectRoot, 'packages/backend/src');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(src, file), 'utf8') }));
const codes = errorCatalogue.map(({ code }) => code);

describe('the error catalogue', () => {
  it('holds every error that the sources declare, and no other', async () => {
    const declaring = sources.filter(({ text }) => /= defineErrors\(/.test(text));
    expect(declaring.length).toBeGreaterThan(10);
    const declared = [];
    for (const { file } of declaring) declared.push(...(await declaredCodes(file)));
    expect([...codes].sort()).toEqual(declared.sort());
  });

  it('has each code once, in capitals, with a sentence and a next step', () => {
    expect(new Set(codes).size).toBe(codes.length);
    for (const { code, message, next, exitCode } of errorCatalogue) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z0-9]+)+$/);
      expect(message, code).toMatch(/^[A-Z].*\.$/s);
      expect(next.length, code).toBeGreaterThan(4);
      expect([1, 2], code).toContain(exitCode);
    }
  });

  it('has a row in the reference for every code, and the reference has no other', () => {
    const reference = readFileSync(path.join(projectRoot, 'docs/reference/errors.md'), 'utf8');
    const rows = [...reference.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, code]) => code);
    expect(rows.sort()).toEqual([...codes].sort());
  });

  it('is a type: a code that exists is one, and another is none', () => {
    expectTypeOf<'TENANCY_UNKNOWN_TENANT'>().toExtend<ErrorCode>();
    expectTypeOf<'GAME_SEQUENCE_CONFLICT'>().toExtend<ErrorCode>();
    expectTypeOf<'NO_SUCH_CODE'>().not.toExtend<ErrorCode>();
  });

  it('holds no code that nothing raises', () => {
    const engine = /^GAME_/;
    const text = sources.map((source) => source.text).join('\n');
    const unused = codes.filter((code) => !engine.test(code) && !new RegExp(`(\\.|')${code}\\b`).test(text));
    expect(unused).toEqual([]);
  });

  it('is what documentation of functions refers to', () => {
    const known = new Set<string>(codes);
    const families = new Set(codes.map((code) => code.split('_')[0]));
    const named = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/@throws\s+((?:[A-Z][A-Z0-9]*_[A-Z0-9_]+(?:,\s+(?:\*\s+)?)?)+)/g)].flatMap(
        ([, list]) => list!.match(/[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_?\*?/g)!.map((code) => ({ file, code })),
      ),
    );
    expect(named.length).toBeGreaterThan(20);
    const unknown = named.filter(({ code }) =>
      code.endsWith('_') ? !families.has(code.slice(0, -1)) : !known.has(code),
    );
    expect(unknown).toEqual([]);
  });
});

/** What a file exports is looked at, not its text: definitions may be spread from somewhere else. */
async function declaredCodes(file: string): Promise<string[]> {
  const exported: Record<string, unknown> = await import(pathToFileURL(path.join(src, file)).href);
  const definitions = Object.values(exported).flatMap((value) =>
    typeof value === 'object' && value !== null && 'definitions' in value
      ? [value.definitions as object]
      : [],
  );
  expect(definitions, `${file} exports the errors that it defines`).not.toEqual([]);
  return definitions.flatMap((each) => Object.keys(each));
}
