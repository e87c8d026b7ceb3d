/**
 * The reference documentation, made from the code: the same code gives the same bytes on every machine, so a page that
 * differs from what would be generated is a page that somebody forgot, or edited.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { projectRoot } from '../kernel/project.ts';
import { benchmarkReference } from './benchmark-reference.ts';
import { commandReference } from './command-reference.ts';
import { dataDictionary } from './data-dictionary.ts';
import { renewDataModel } from './data-model.ts';
import { definedNamespaces } from './defined-tables.ts';
import { entityPages } from './entity-pages.ts';
import { errorReference } from './error-reference.ts';
import { actionReference, eventReference } from './game-reference.ts';
import { indexRegister } from './index-register.ts';
import { isolationReference } from './isolation-reference.ts';
import { lintReference } from './lint-reference.ts';
import { personalDataRegister } from './personal-data.ts';
import { rightsReference } from './rights-reference.ts';
import { tablePages } from './table-pages.ts';

const referenceFolder = 'docs/reference';
const dataModelChapter = 'docs/DD/10_database_schema_data_model.md';

/** Files by their path from the project's root. */
export type Pages = ReadonlyMap<string, string>;

/** @param program  the command line, whose help is part of the reference */
export async function generatePages(program: Command): Promise<Pages> {
  const namespaces = definedNamespaces();
  const chapter = readFileSync(path.join(projectRoot, dataModelChapter), 'utf8');
  return new Map([
    [`${referenceFolder}/actions.md`, actionReference()],
    [`${referenceFolder}/benchmarks.md`, benchmarkReference()],
    [`${referenceFolder}/cli.md`, commandReference(program)],
    [`${referenceFolder}/data-dictionary.md`, dataDictionary(namespaces)],
    ...inFolder('er', await entityPages(namespaces)),
    [`${referenceFolder}/errors.md`, errorReference()],
    [`${referenceFolder}/events.md`, eventReference()],
    [`${referenceFolder}/indexes.md`, indexRegister(namespaces)],
    [`${referenceFolder}/isolation.md`, isolationReference()],
    [`${referenceFolder}/migration-lint.md`, lintReference()],
    [`${referenceFolder}/pii.md`, personalDataRegister(namespaces)],
    [`${referenceFolder}/rights.md`, rightsReference()],
    ...inFolder('tables', tablePages(namespaces)),
    [dataModelChapter, renewDataModel(chapter, namespaces)],
  ]);
}

const inFolder = (folder: string, pages: readonly (readonly [string, string])[]) =>
  pages.map(([file, text]) => [`${referenceFolder}/${folder}/${file}`, text] as const);

/** @returns the files that were written or removed */
export function writePages(pages: Pages): string[] {
  const stale = stalePages(pages);
  for (const file of stale) {
    const target = path.join(projectRoot, file);
    const text = pages.get(file);
    if (text === undefined) rmSync(target);
    else {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
  return stale;
}

/** @returns the files that differ from what would be generated, are missing, or are generated no more */
export function stalePages(pages: Pages): string[] {
  const differing = [...pages].filter(([file, text]) => read(file) !== text).map(([file]) => file);
  const orphans = listReference().filter((file) => !pages.has(file));
  return [...differing, ...orphans];
}

function read(file: string): string | undefined {
  const target = path.join(projectRoot, file);
  return existsSync(target) ? readFileSync(target, 'utf8') : undefined;
}

/** The folder holds generated pages and nothing else. */
function listReference(): string[] {
  const folder = path.join(projectRoot, referenceFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(projectRoot, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
    );
}
