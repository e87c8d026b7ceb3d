/** The house rules hold for every file of the repository, and each rule finds the breach that is made for it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../src/kernel/project.ts';
import { houseRules, type SourceFile } from './house-rules.ts';

const sources: readonly SourceFile[] = listFiles().map((file) => ({
  file,
  text: readFileSync(path.join(projectRoot, file), 'utf8'),
}));

describe('in this repository', () => {
  it.each(houseRules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
    expect(sources.filter(({ file }) => rule.appliesTo(file)).flatMap(rule.breaches)).toEqual([]);
  });

  it('one package manager resolves the packages', () => {
    const locks = /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|bun\.lockb?|pnpm-lock\.yaml)$/;
    expect(sources.map(({ file }) => file).filter((file) => locks.test(file))).toEqual(['pnpm-lock.yaml']);
  });
});

const opening = '/** A file that owns what it says. */\n';
const join = (...parts: string[]) => parts.join('');

/** By rule: a file that breaks it, and what is said of it. Parts are joined so that this file breaks none. */
const breaches: readonly (readonly [rule: RegExp, source: SourceFile, said: string])[] = [
  [/^files open/, { file: 'a/silent.ts', text: 'export const a = 1;\n' }, 'a/silent.ts:1'],
  [/^files have at most/, { file: 'a/long.ts', text: opening + 'void 0;\n'.repeat(400) }, '401 lines'],
  [
    /^functions/,
    { file: 'a/long.ts', text: `${opening}export const wide = () => {\n${'  void 0;\n'.repeat(69)}};\n` },
    'a/long.ts:2 wide has 71 lines',
  ],
  [/^names/, { file: join('a/string-ut', 'ils.ts'), text: opening }, 'is called'],
  [/^names/, { file: 'a/b.ts', text: join(opening, 'export class SessionMan', 'ager {}\n') }, 'a/b.ts:2'],
  [/^file names/, { file: 'a/camelCase.ts', text: opening }, 'kebab-case'],
  [/^work is finished/, { file: 'a/b.ts', text: join(opening, '// TO', 'DO later\n') }, 'a/b.ts:2'],
  [
    /^work is finished/,
    { file: 'a/b.test.ts', text: join(opening, 'it.on', "ly('x', f);\n") },
    'a/b.test.ts:2',
  ],
  [
    /^work is finished/,
    { file: 'a/b.test.ts', text: join(opening, 'describe.sk', "ip('x', f);\n") },
    'a/b.test.ts:2',
  ],
  [
    /^files name no/,
    { file: 'a.lock', text: join('resolved: https://registry.npm', 'js.org/a\n') },
    'a.lock:1',
  ],
  [
    /^assertions/,
    { file: 'a/b.test.ts', text: `${opening}expect(a).toMatchObject([{ b: { c: /d/ } }]);\n` },
    'a/b.test.ts:2',
  ],
  [
    /^the command line/,
    { file: 'packages/backend/src/cli/a.ts', text: `${opening}console.log(name);\n` },
    'a.ts:2 console.log(',
  ],
  [/^files name no/, { file: 'a.md', text: join('see /home', '/somebody/a\n') }, 'a.md:1'],
];

describe('the rule that', () => {
  it.each(breaches)('%s finds its breach', (name, source, said) => {
    const rule = houseRules.find((each) => name.test(each.name))!;
    expect(rule.appliesTo(source.file)).toBe(true);
    expect(rule.breaches(source).join('\n')).toContain(said);
  });

  it('measures functions lets a list of tables or of tests be long', () => {
    const body = `{\n${'  void 0;\n'.repeat(99)}}`;
    const text = `${opening}defineModule('a', () => ${body});\ndescribe('b', () => ${body});\n`;
    expect(houseRules.flatMap((rule) => rule.breaches({ file: 'a/b.ts', text }))).toEqual([]);
  });

  it('is not tested does not exist', () => {
    expect(houseRules.filter(({ name }) => !breaches.some(([rule]) => rule.test(name)))).toEqual([]);
  });
});

/** Tracked files, and those that would be: what is about to be committed is held too. */
function listFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const listed = execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8' });
  return listed.split('\0').filter((file) => file && existsSync(path.join(projectRoot, file)));
}
