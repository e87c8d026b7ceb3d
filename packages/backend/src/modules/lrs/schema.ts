/**
 * The learning record store: statements and documents by xAPI 2.0 (IEEE 9274.1.1, whose clauses keep the content of
 * the xAPI 1.0.3 sections cited here), and courses launched by LTI 1.3, SCORM, cmi5 and AICC.
 */
import { defineModule } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { filesTargets } from '../files/schema.ts';
import { actorAndActivityTables } from './tables/actors-and-activities.ts';
import { aiccTables } from './tables/aicc.ts';
import { cmi5Tables } from './tables/cmi5.ts';
import { documentTables } from './tables/documents.ts';
import { ltiTables } from './tables/lti-deployments.ts';
import { scormTables } from './tables/scorm.ts';
import { statementTables } from './tables/statements.ts';

export const lrsTables = defineModule('lrs', (kit) => {
  const named = actorAndActivityTables(kit, authTargets.users);
  const near = { users: authTargets.users, objects: filesTargets.objects, ...named };
  return {
    ...named,
    ...statementTables(kit, near),
    ...documentTables(kit, near),
    ...ltiTables(kit),
    ...scormTables(kit, near),
    ...cmi5Tables(kit, near),
    ...aiccTables(kit, near),
  };
});

export const {
  schema,
  agents,
  groupMembers,
  activities,
  statements,
  statementVoids,
  statementContextActivities,
  statementContextAgents,
  attachments,
  activityStates,
  activityProfiles,
  agentProfiles,
  ltiDeployments,
  ltiResourceLinks,
  scormPackages,
  scormScos,
  scormRegistrations,
  scormRuntimeStates,
  cmi5Courses,
  cmi5AssignableUnits,
  cmi5Registrations,
  cmi5Waivers,
  cmi5Sessions,
  aiccCourses,
  aiccAssignableUnits,
  aiccRegistrations,
  aiccSessions,
  aiccResults,
} = lrsTables.canonical;
