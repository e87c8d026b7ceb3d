/**
 * Lints migrations of a series: folds what the series makes, statement by statement, and asks every rule where a file is to be
 * looked at. Then each finding meets the excuses of its statement, and excuses that met none are found in their turn.
 */
import type { Finding } from '../../check/finding.ts';
import { Catalogue } from './catalogue.ts';
import { excuseNotNeeded } from './excuse-rules.ts';
import { learnKinds, learnStatement } from './learn-statement.ts';
import { type Breach, type RuleDescription, Scene } from './lint-rule.ts';
import { fileRules, lintRules, statementRules } from './lint-rules.ts';
import type { MigrationFile, Statement } from './read-migration.ts';
import { runSquawk } from './run-squawk.ts';
import { SQUAWK_PREFIX } from './squawk-rules.ts';

export interface LintFinding extends Finding {
  /** The migration, and the line in it where there is one. */
  readonly file: string;
  readonly line?: number;
}

interface Found extends Breach {
  readonly rule: Pick<RuleDescription, 'name' | 'danger' | 'remedy'>;
  readonly at?: Statement;
  readonly looksAhead?: boolean;
}

/**
 * @param series  every migration in order; the parser has to be loaded
 * @param isAsked  which of them are looked at
 */
export function lintSeries(
  series: readonly MigrationFile[],
  isAsked: (file: MigrationFile) => boolean,
): LintFinding[] {
  const catalogue = new Catalogue();
  return series.flatMap((file, at) => {
    learnKinds(file, catalogue);
    const asked = isAsked(file);
    const found = file.statements.flatMap((statement, position) => {
      const ofStatement = asked ? examine(statement, new Scene(file, catalogue, position)) : [];
      learnStatement(statement, file.tag, catalogue);
      return ofStatement;
    });
    if (!asked) return [];
    const scene = { file, catalogue, earlier: series.slice(0, at), later: series.slice(at + 1) };
    const ofFile = fileRules.flatMap((rule) =>
      rule
        .findInFile(file, scene)
        .map((breach): Found => ({ ...breach, rule, looksAhead: rule.looksAhead ?? false })),
    );
    return settle(file, [...ofFile, ...found, ...ofSquawk(file)]);
  });
}

const examine = (statement: Statement, scene: Scene): Found[] =>
  rulesFor(statement).flatMap((rule) =>
    rule.findIn(statement, scene).map((breach) => ({ ...breach, rule, at: statement })),
  );

const rulesFor = ({ within }: Statement) => statementRules.filter((rule) => !(within && rule.outsideBlocks));

function ofSquawk(file: MigrationFile): Found[] {
  return runSquawk(file).map(({ rule: name, ...breach }) => {
    const known = lintRules.find((rule) => rule.name === name);
    return {
      ...breach,
      rule: known ?? { name, danger: '', remedy: breach.remedy },
      ...(known && { remedy: known.remedy }),
    };
  });
}

function settle(file: MigrationFile, all: readonly Found[]): LintFinding[] {
  const found = all.map((each) => (each.at?.within ? { ...each, at: each.at.within } : each));
  const standing = found.filter(({ rule, at }) => !at?.excuses.some((excuse) => excuse.rule === rule.name));
  const unneeded = file.statements.flatMap((at) =>
    at.excuses
      .filter(
        (excuse) =>
          !staysUntouched(excuse.rule) &&
          !found.some((each) => each.at === at && each.rule.name === excuse.rule),
      )
      .map(
        (excuse): Found => ({
          at,
          rule: excuseNotNeeded,
          object: excuse.rule,
          found: whyUnneeded(excuse.rule),
        }),
      ),
  );
  return [...standing, ...unneeded].map((each) => asFinding(file, each)).sort(byLine);
}

/** A later file may have brought what the rule looks for, and the file with the excuse never changes. */
const staysUntouched = (name: string) => fileRules.some((rule) => rule.looksAhead && rule.name === name);

const whyUnneeded = (name: string) =>
  lintRules.some((rule) => rule.name === name) || name.startsWith(SQUAWK_PREFIX)
    ? `The statement does not break ${name}`
    : `No rule is called ${name}`;

function asFinding({ tag }: MigrationFile, { rule, at, object, found, remedy }: Found): LintFinding {
  const place = at ? `${tag}.sql, line ${at.line}` : `${tag}.sql`;
  return {
    ...{ rule: rule.name, object, remedy: remedy ?? rule.remedy, file: tag },
    detail: [`${place}: ${found}.`, rule.danger].filter(Boolean).join(' '),
    ...(at && { line: at.line }),
  };
}

const byLine = (one: LintFinding, other: LintFinding) => (one.line ?? 0) - (other.line ?? 0);
