/**
 * The house rules that no linter has, as functions from a file to what is wrong with it. Each names its replacement.
 * Generated files, migrations and content are data: they are held by the last rule alone.
 */
import path from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly file: string;
  readonly text: string;
}

export interface HouseRule {
  readonly name: string;
  readonly appliesTo: (file: string) => boolean;
  /** One line for each breach, beginning with its place. */
  readonly breaches: (source: SourceFile) => string[];
}

const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 70;
const VAGUE_WORDS = /^(utils?|helpers?|common|misc|managers?)$/i;

const isCode = (file: string) => /\.(ts|mjs|js|cjs|tsx)$/.test(file);
const isProgram = (file: string) => isCode(file) && !/\/drizzle\/meta\//.test(file);

const opensWithComment: HouseRule = {
  name: 'files open by saying what they own',
  // What a test file is about, its first describe says.
  appliesTo: (file) => isProgram(file) && !/\.test\.ts$/.test(file),
  breaches: ({ file, text }) => {
    const opening = text.replace(/^#!.*\n/, '').match(/^(?:\/\*\*?([\s\S]*?)\*\/|((?:\/\/.*\n)+))/);
    const words = (opening?.[1] ?? opening?.[2] ?? '').match(/\w+/g) ?? [];
    return words.length >= 3
      ? []
      : [`${file}:1 begins without a comment on what it owns and the invariant it keeps`];
  },
};

const fileLength: HouseRule = {
  name: `files have at most ${MAX_FILE_LINES} lines`,
  appliesTo: isProgram,
  breaches: ({ file, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines <= MAX_FILE_LINES
      ? []
      : [`${file} has ${lines} lines: it holds two ideas, so make it two files`];
  },
};

const functionLength: HouseRule = {
  name: `functions have at most ${MAX_FUNCTION_LINES} lines`,
  appliesTo: isProgram,
  breaches: ({ file, text }) =>
    functionsOf(parse(file, text)).flatMap(({ name, line, lines }) =>
      lines <= MAX_FUNCTION_LINES
        ? []
        : [`${file}:${line} ${name} has ${lines} lines: split it where its steps have names`],
    ),
};

const tellingNames: HouseRule = {
  name: 'names say what a thing is',
  appliesTo: isCode,
  breaches: ({ file, text }) => {
    const inPath = file.split('/').flatMap((segment) => segment.split(/[-._]/));
    const ofPath = inPath.filter((word) => VAGUE_WORDS.test(word)).map((word) => `${file} is called ${word}`);
    const ofCode = declaredNames(parse(file, text))
      .filter(({ name }) => wordsOf(name).some((word) => VAGUE_WORDS.test(word)))
      .map(({ name, line }) => `${file}:${line} ${name}`);
    return [...ofPath, ...ofCode].map((breach) => `${breach}: name it after the one concept in it`);
  },
};

const fileNames: HouseRule = {
  name: 'file names are kebab-case',
  appliesTo: isCode,
  breaches: ({ file }) =>
    /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(path.posix.basename(file))
      ? []
      : [`${file} is not in kebab-case`],
};

const finished: HouseRule = {
  name: 'work is finished, and every test runs',
  appliesTo: isCode,
  breaches: (source) => [
    ...linesWith(source, UNFINISHED, 'do it now, or open an issue'),
    ...linesWith(
      source,
      /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip|todo|fails)\b/,
      'a test that does not run proves nothing: run it or delete it',
    ),
  ],
};

const comparing: HouseRule = {
  name: 'assertions compare something',
  appliesTo: (file) => /\.test\.ts$/.test(file),
  breaches: ({ file, text }) => {
    const found: string[] = [];
    walk(parse(file, text), (node) => {
      if (!ts.isRegularExpressionLiteral(node) || !ts.isPropertyAssignment(node.parent)) return;
      if (/\.(toMatchObject|objectContaining)\($/.test(callAround(node)))
        found.push(
          `${file}:${lineOf(node, node.getStart())} any text matches ${node.text}: expect.stringMatching`,
        );
    });
    return found;
  },
};

// Written in parts, so that this file does not break its own rules.
const UNFINISHED = new RegExp(`\\b(?:${['TO', 'FIX'].join('DO|')}ME)\\b`);
const REGISTRIES = new RegExp(
  ['registry\\.(npmjs|yarnpkg)', 'npmmirror\\.com', 'npm\\.pkg\\.github', 'tarball:\\s*http'].join('|'),
);
const MACHINE_PATHS = /(?:^|[\s'"`(=:])(?:\/(?:home|Users|root|work)\/|[A-Z]:\\+Users\\+)[\w.-]+/;

const noMachine: HouseRule = {
  name: 'files name no registry and no folder of one machine',
  appliesTo: (file) => !/\.(png|jpe?g|gif|ico|woff2?|pdf|zip)$/.test(file),
  breaches: (source) => [
    ...linesWith(
      source,
      REGISTRIES,
      'name packages and versions alone: the registry is the machine’s setting',
    ),
    ...linesWith(source, MACHINE_PATHS, 'use a path from the project’s root'),
  ],
};

/** Whole screens have a way of their own, and the progress redraws its line. */
const DRAWS = /^packages\/backend\/src\/cli\/(print-line|progress|watch\/watch-session)\.ts$/;

const cleanedPrints: HouseRule = {
  name: 'the command line prints what is cleaned',
  appliesTo: (file) => /^packages\/backend\/src\/cli\/.*(?<!\.test)\.ts$/.test(file) && !DRAWS.test(file),
  breaches: (source) =>
    linesWith(
      source,
      /\bconsole\.\w+\(|\bprocess\.std(?:out|err)\.write\(/,
      'what somebody has named could drive the terminal; print by cli/print-line.ts',
    ),
};

export const houseRules: readonly HouseRule[] = [
  opensWithComment,
  fileLength,
  functionLength,
  tellingNames,
  fileNames,
  finished,
  comparing,
  cleanedPrints,
  noMachine,
];

function linesWith({ file, text }: SourceFile, pattern: RegExp, remedy: string): string[] {
  return text
    .split('\n')
    .flatMap((line, at) =>
      pattern.test(line) ? [`${file}:${at + 1} ${pattern.exec(line)?.[0].trim()}: ${remedy}`] : [],
    );
}

const parse = (file: string, text: string) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

const lineOf = (node: ts.Node, position: number) =>
  node.getSourceFile().getLineAndCharacterOfPosition(position).line + 1;

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

function functionsOf(source: ts.SourceFile): { name: string; line: number; lines: number }[] {
  const found: { name: string; line: number; lines: number }[] = [];
  walk(source, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || isContainer(node)) return;
    const line = lineOf(node, node.getStart());
    found.push({ name: nameOf(node), line, lines: lineOf(node, node.end) - line + 1 });
  });
  return found;
}

/** The innermost call that a node is an argument of, up to its opening parenthesis. */
function callAround(node: ts.Node): string {
  for (let at = node.parent; at; at = at.parent)
    if (ts.isCallExpression(at)) return `${at.expression.getText()}(`;
  return '';
}

/** A list of tables or of tests is as long as it is: what counts is the length of what stands in it. */
function isContainer(node: ts.Node): boolean {
  const call = node.parent;
  return ts.isCallExpression(call) && /^(describe\b|defineModule$)/.test(call.expression.getText());
}

function nameOf(node: ts.SignatureDeclaration): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return named?.getText() ?? 'a function';
}

function declaredNames(source: ts.SourceFile): { name: string; line: number }[] {
  const found: { name: string; line: number }[] = [];
  walk(source, (node) => {
    const declares =
      ts.isClassDeclaration(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isVariableDeclaration(node);
    if (declares && node.name && ts.isIdentifier(node.name))
      found.push({ name: node.name.text, line: lineOf(node, node.getStart()) });
  });
  return found;
}

const wordsOf = (name: string) => name.split(/_|(?<=[a-z0-9])(?=[A-Z])/);
