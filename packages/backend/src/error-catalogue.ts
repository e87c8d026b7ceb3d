/**
 * Every error of the platform, by the room that declares it. It is the one list: a test finds each `defineErrors` of
 * the sources here, and the reference is generated from it.
 */
import { auditingErrors } from './auditing/errors.ts';
import { optionErrors } from './cli/options.ts';
import { playErrors } from './cli/play/errors.ts';
import { cliErrors } from './cli/print-error.ts';
import { replayErrors } from './cli/replay-workers.ts';
import { recordingErrors } from './cli/start/recording.ts';
import { dataSubjectErrors } from './data-subjects/errors.ts';
import { entryErrors } from './entry/errors.ts';
import { generatingErrors } from './generating/errors.ts';
import { newInstanceErrors } from './instances/errors.ts';
import { isolationErrors } from './isolation/errors.ts';
import { archiveErrors } from './kernel/archive/index.ts';
import { cacheErrors } from './kernel/cache/index.ts';
import { configErrors } from './kernel/config.ts';
import { consumerErrors } from './kernel/consumers/index.ts';
import { contextErrors } from './kernel/context/index.ts';
import { databaseErrors } from './kernel/db/database-errors.ts';
import type { ErrorDefinition } from './kernel/errors/index.ts';
import { instanceErrors } from './kernel/instances/index.ts';
import { migrationErrors } from './kernel/migrations/errors.ts';
import { lintErrors } from './kernel/migrations/lint/index.ts';
import { moverErrors } from './kernel/mover/index.ts';
import { partitionErrors } from './kernel/partitions/index.ts';
import { keyErrors } from './kernel/privacy/index.ts';
import { recordErrors } from './kernel/records/index.ts';
import { schemaTierErrors } from './kernel/schema-tier/errors.ts';
import { signingErrors } from './kernel/signing/index.ts';
import { stackErrors } from './kernel/stack/index.ts';
import { tenancyErrors } from './kernel/tenancy/errors.ts';
import { valueErrors } from './kernel/values/index.ts';
import { adminErrors } from './modules/admin/index.ts';
import { authErrors } from './modules/auth/index.ts';
import { billingErrors } from './modules/billing/index.ts';
import { contentErrors } from './modules/content/index.ts';
import { economyErrors } from './modules/economy/index.ts';
import { gameErrors } from './modules/game/index.ts';
import { governanceErrors } from './modules/governance/index.ts';
import { notificationErrors } from './modules/notification/index.ts';
import { orgErrors } from './modules/org/index.ts';
import { publicErrors } from './modules/public/index.ts';
import { socialErrors } from './modules/social/index.ts';
import { trainingErrors } from './modules/training/index.ts';
import { movingErrors } from './moving/errors.ts';
import { offboardingErrors } from './offboarding/errors.ts';
import { provisioningErrors } from './provisioning/errors.ts';
import { queueErrors } from './queues/errors.ts';
import { referenceErrors } from './reference/errors.ts';
import { releaseErrors } from './released-events/errors.ts';
import { rightsErrors } from './rights/errors.ts';
import { scaleErrors } from './scale/errors.ts';
import { simulationErrors } from './simulate/errors.ts';
import { tenantArchiveErrors } from './tenant-archive/errors.ts';
import { webhookErrors } from './webhooks/errors.ts';

const rooms = {
  'Command line': { ...cliErrors.definitions, ...optionErrors.definitions },
  Replaying: replayErrors.definitions,
  'npm start': recordingErrors.definitions,
  Playing: playErrors.definitions,
  Simulation: simulationErrors.definitions,
  'Demonstration data': scaleErrors.definitions,
  Settings: configErrors.definitions,
  Values: valueErrors.definitions,
  Keys: keyErrors.definitions,
  Records: recordErrors.definitions,
  'Audit log': auditingErrors.definitions,
  Signatures: signingErrors.definitions,
  'Signed archives': archiveErrors.definitions,
  'PostgreSQL server': stackErrors.definitions,
  Redis: cacheErrors.definitions,
  Queues: queueErrors.definitions,
  Instances: { ...instanceErrors.definitions, ...newInstanceErrors.definitions },
  Isolation: isolationErrors.definitions,
  Migrations: { ...migrationErrors.definitions, ...lintErrors.definitions, ...schemaTierErrors.definitions },
  'Database and tenants': { ...databaseErrors.definitions, ...tenancyErrors.definitions },
  Consumers: consumerErrors.definitions,
  'Entries into tenants': contextErrors.definitions,
  Moves: { ...movingErrors.definitions, ...moverErrors.definitions },
  Partitions: partitionErrors.definitions,
  'Register of tenants': {
    ...publicErrors.definitions,
    ...provisioningErrors.definitions,
    ...offboardingErrors.definitions,
    ...tenantArchiveErrors.definitions,
  },
  'Emergency access': adminErrors.definitions,
  People: { ...authErrors.definitions, ...entryErrors.definitions },
  'Data protection': { ...governanceErrors.definitions, ...dataSubjectErrors.definitions },
  Reference: referenceErrors.definitions,
  Rights: rightsErrors.definitions,
  'Releases of events': releaseErrors.definitions,
  Content: { ...contentErrors.definitions, ...generatingErrors.definitions },
  Notifications: notificationErrors.definitions,
  Webhooks: webhookErrors.definitions,
  Game: gameErrors.definitions,
  Economy: economyErrors.definitions,
  Billing: billingErrors.definitions,
  Organisation: orgErrors.definitions,
  'Among players': socialErrors.definitions,
  Training: trainingErrors.definitions,
} as const;

type KeysOf<Union> = Union extends unknown ? keyof Union & string : never;

/** Every code that the platform can answer with. */
export type ErrorCode = KeysOf<(typeof rooms)[keyof typeof rooms]>;

export interface CatalogueEntry extends ErrorDefinition {
  readonly code: ErrorCode;
  readonly room: string;
}

export const errorCatalogue: readonly CatalogueEntry[] = Object.entries(rooms).flatMap(
  ([room, definitions]) =>
    Object.entries<ErrorDefinition>(definitions).map(([code, definition]) => ({
      ...definition,
      code: code as ErrorCode,
      room,
    })),
);
