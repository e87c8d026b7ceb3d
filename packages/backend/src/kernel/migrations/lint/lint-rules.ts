/** THE list of rules, by what they are about: lint applies it, the reference prints it, the tests run its examples. */
import { excuseNotNeeded, excuseRules } from './excuse-rules.ts';
import type { FileRule, RuleDescription, StatementRule } from './lint-rule.ts';
import { appendOnlyRules } from './rules/append-only.ts';
import { constraintRules } from './rules/constraints.ts';
import { functionRules } from './rules/functions.ts';
import { indexRules } from './rules/indexes.ts';
import { lockRules } from './rules/locks.ts';
import { newTableRules } from './rules/new-tables.ts';
import { phaseRules } from './rules/phases.ts';
import { repeatableRules } from './rules/repeatable.ts';
import { rewriteRules } from './rules/rewrites.ts';
import { rightRules } from './rules/rights.ts';
import { rowSecurityRules } from './rules/row-security.ts';
import { rowRules } from './rules/rows.ts';
import { squawkRules } from './squawk-rules.ts';

export type LintRule = StatementRule | FileRule;

const ownRules: readonly { readonly about: string; readonly rules: readonly LintRule[] }[] = [
  { about: 'Phases', rules: phaseRules },
  { about: 'Constraints', rules: constraintRules },
  { about: 'Rewrites', rules: rewriteRules },
  { about: 'Indexes', rules: indexRules },
  { about: 'Locks and rows', rules: [...lockRules, ...rowRules] },
  { about: 'Kinds of table', rules: [...newTableRules, ...rowSecurityRules, ...appendOnlyRules] },
  { about: 'Rights', rules: [...rightRules, ...functionRules] },
  { about: 'Running again', rules: repeatableRules },
  { about: 'Excuses', rules: excuseRules },
];

const rules = ownRules.flatMap((section) => section.rules);
export const statementRules: readonly StatementRule[] = rules.filter((rule) => 'findIn' in rule);
export const fileRules: readonly FileRule[] = rules.filter((rule) => 'findInFile' in rule);

/** Every rule by section, as the reference shows them. */
export const lintSections: readonly { readonly about: string; readonly rules: readonly RuleDescription[] }[] =
  [
    ...ownRules.map(({ about, rules: own }) => ({
      about,
      rules: about === 'Excuses' ? [...own, excuseNotNeeded] : own,
    })),
    { about: 'What squawk knows', rules: squawkRules },
  ];

export const lintRules: readonly RuleDescription[] = lintSections.flatMap((section) => section.rules);
