/**
 * The boundaries of docs/ARCHITECTURE.md, as rules about imports. Which module may use which is read from
 * modules/registry.ts, so there is one list. Each message says what to do instead.
 */
import { register } from 'tsx/esm/api';

register();
const { modules } = await import('./packages/backend/src/modules/registry.ts');

const src = '^packages/backend/src/';
const someModule = `${src}modules/[^/]+/`;
const tests = ['\\.test\\.ts$', '^packages/[^/]+/(test|bench)/'];
const names = modules.map(({ name }) => name).join('|');

const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

const kernelRules = [
  forbid(
    'kernel-knows-no-module',
    'The kernel serves every module and knows none: take what is needed as a parameter, and let platform.ts or a command hand it in.',
    { path: `${src}kernel/`, pathNot: tests },
    { path: src, pathNot: `${src}kernel/` },
  ),
  forbid(
    'only-kernel-uses-the-driver',
    'Only the kernel talks to the drivers: use tenancy.run, kernel/cache, or a service.',
    { path: src, pathNot: [`${src}kernel/`, ...tests] },
    { path: 'node_modules/(pg|pg-[^/]+|postgres|ioredis)/' },
  ),
];

const moduleRules = [
  forbid(
    'module-through-its-index',
    'Another module is reached through its index.ts only: import from there, and export there what others need.',
    { path: `${src}modules/([^/]+)/`, pathNot: ['/schema\\.ts$', '/tables/[^/]+\\.ts$', ...tests] },
    { path: someModule, pathNot: [`${src}modules/$1/`, `${someModule}index\\.ts$`] },
  ),
  forbid(
    'module-through-its-index-from-outside',
    'A module is reached through its index.ts only: import from there, and export there what others need.',
    { path: src, pathNot: [`${src}modules/`, ...tests] },
    { path: someModule, pathNot: `${someModule}index\\.ts$` },
  ),
  forbid(
    'schema-imports-schemas',
    'A schema.ts names tables and nothing but tables: import another module’s schema.ts for a foreign key, never its services.',
    { path: `${src}modules/([^/]+)/(schema\\.ts$|tables/)` },
    { path: someModule, pathNot: [`${src}modules/$1/`, `${someModule}schema\\.ts$`] },
  ),
  forbid(
    'index-hands-out-no-tables',
    'Another module’s code queries no tables but its own: export a function of the service that answers for the rows.',
    { path: `${src}modules/([^/]+)/index\\.ts$` },
    { path: `${src}modules/$1/(schema\\.ts$|tables/)`, dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'registry-imports-schemas',
    'The registry lists modules by their tables: import schema.ts alone.',
    { path: `${src}modules/registry\\.ts$` },
    { path: someModule, pathNot: `${someModule}schema\\.ts$` },
  ),
  forbid(
    'module-is-registered',
    'Give the module its line in modules/registry.ts: name, purpose, the modules it depends on, and its tables.',
    { path: `${src}modules/(?!(${names})/)[^/]+/` },
    {},
  ),
  ...modules.map(({ name, dependsOn }) =>
    forbid(
      `${name}-depends-as-registered`,
      `Module ${name} may use ${dependsOn.join(', ') || 'no other module'}. Let a caller above both connect them, or add the module to dependsOn of ${name} in modules/registry.ts.`,
      { path: `${src}modules/${name}/`, pathNot: tests },
      { path: `${src}modules/(?!(${[name, ...dependsOn].join('|')})/)[^/]+/` },
    ),
  ),
];

const edgeRules = [
  forbid(
    'edges-have-no-queries',
    'The command line and the web are thin edges: call a service of a module, which queries.',
    { path: `${src}(cli|http)/`, pathNot: tests },
    { path: 'node_modules/drizzle-orm/' },
  ),
  forbid(
    'nothing-imports-an-edge',
    'Data flows one way, edge to service to tables: move what both need into a module or the kernel.',
    { path: src, pathNot: [`${src}(cli|http)/`, `${src}error-catalogue\\.ts$`, ...tests] },
    { path: `${src}(cli|http)/` },
  ),
];

const verifierRules = [
  forbid(
    'audit-verifier-stands-alone',
    'The verifier must run where no platform is: it imports itself and Node.js alone. Let it be handed what it checks, as files or values.',
    { path: `${src}audit-verifier/`, pathNot: tests },
    { pathNot: `${src}audit-verifier/`, dependencyTypesNot: ['core'] },
  ),
  forbid(
    'audit-verifier-through-its-index',
    'The verifier is reached through its index.ts: export there what others need.',
    { path: src, pathNot: [`${src}audit-verifier/`, ...tests] },
    { path: `${src}audit-verifier/`, pathNot: `${src}audit-verifier/index\\.ts$` },
  ),
];

const engineRules = [
  forbid(
    'engine-stands-alone',
    'The engine is pure, so it imports itself and zod: let the caller bring files, clocks and randomness as values.',
    { path: '^packages/game-engine/src/', pathNot: tests },
    { pathNot: ['^packages/game-engine/src/', 'node_modules/zod/'] },
  ),
  forbid(
    'engine-through-its-index',
    'The engine is reached as @archive-gate/game-engine: export there what others need.',
    { path: '^packages/(?!game-engine/)', pathNot: tests },
    { path: '^packages/game-engine/', pathNot: '^packages/game-engine/src/index\\.ts$' },
  ),
];

/**
 * What people and other programs start; a file that none of these reaches is dead. `temporary-*.ts` are what several
 * tests beside them stand on.
 */
const entries = [
  '^packages/backend/bin/',
  '^packages/backend/src/cli/main\\.ts$',
  '^packages/game-engine/src/index\\.ts$',
  '^packages/[^/]+/bench/',
];

const generalRules = [
  forbid(
    'no-cycles',
    'Files that import each other cannot be understood or tested alone: move what both need into a third. (Types may.)',
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  ),
  forbid(
    'no-dead-files',
    'Nothing that runs uses this file: delete it, or import it where it is meant to be used.',
    { path: entries },
    {
      path: '^packages/[^/]+/src/',
      pathNot: [...tests, '/temporary-[^/]+\\.ts$', `${someModule}index\\.ts$`],
      reachable: false,
    },
  ),
  forbid(
    'programs-import-no-tests',
    'A test’s file is not part of the program: move what both need into src.',
    { path: '^packages/[^/]+/src/', pathNot: tests },
    { path: tests },
  ),
  forbid(
    'imports-resolve',
    'Correct the path, or add the package to the package.json beside which it is used.',
    {},
    { couldNotResolve: true },
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...kernelRules,
    ...moduleRules,
    ...edgeRules,
    ...verifierRules,
    ...engineRules,
    ...generalRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
