/**
 * Programmes, what people must complete, and the evidence that they did.
 * Evidence (results, completions, certificates, attestations) is append-only: what turns out wrong is superseded.
 */
import { defineModule } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { contentTargets } from '../content/schema.ts';
import { filesTargets } from '../files/schema.ts';
import { gameTargets } from '../game/schema.ts';
import { publicTargets } from '../public/schema.ts';
import { curriculumTables } from './tables/curriculum.ts';
import { obligationTables } from './tables/obligations.ts';
import { outcomeTables } from './tables/outcomes.ts';
import { policyTables } from './tables/policies.ts';
import { spacedRepetitionTables } from './tables/spaced-repetition.ts';

export const trainingTables = defineModule('training', (kit) => {
  const { users } = authTargets;
  const { sessions } = gameTargets;
  const { objects } = filesTargets;
  const { locales, regulatoryFrameworks: frameworks, frameworkClauses: clauses } = publicTargets;

  const curriculum = curriculumTables(kit, { users, locales, clauses, items: contentTargets.items });
  const obligations = obligationTables(kit, { users, sessions, ...curriculum });
  return {
    ...curriculum,
    ...obligations,
    ...outcomeTables(kit, { users, sessions, objects, ...curriculum, ...obligations }),
    ...policyTables(kit, { users, locales, frameworks, objects, ...curriculum }),
    ...spacedRepetitionTables(kit, { users, sessions }),
  };
});

export const {
  schema,
  programs,
  programClauses,
  modules,
  assessments,
  assignments,
  escalations,
  jitInterventions,
  assessmentResults,
  completions,
  certificates,
  policies,
  policyVersions,
  attestations,
  programReviews,
  managementAttestations,
  spacedRepetitionStates,
  spacedRepetitionReviews,
} = trainingTables.canonical;
