/** Entry points that are not fuzzed, each with its reason. */

const SEEDS =
  'fills demonstration tenants with rows of its own making; it takes people that another seed has made';
const STEP = 'a step of a use case that is fuzzed; what it takes was made by the steps before';

const REGISTERED = 'takes the slugs that the register gave; what it does with each is fuzzed';
const FLAG = 'takes no value but a flag';
const WORD = 'takes no value but a word of a list of the platform’s own';

export const EXCEPTIONS: Readonly<Record<string, string>> = {
  'auditing/exportLog': 'writes a file at the path that it is given: `audit export` is fuzzed as a command',
  'auditing/recordInEach': 'takes what to record from a function of the use case that calls it, and no value',
  'auditing/recordMigrations': 'takes what a run of migrations reports',
  'balance/tenantSizes': 'takes no value but the platform and a flag',
  'data-subjects/certifyErasure': STEP,
  'data-subjects/planErasure': STEP,
  'data-subjects/storedPlan': STEP,
  'data-subjects/pendingChanges': STEP,
  'data-subjects/exportedRows': STEP,
  'data-subjects/obstaclesTo': STEP,
  'data-subjects/exportPerson':
    'writes a file at the path that it is given: `privacy export` is fuzzed as a command',
  'auditing/signEveryChain': REGISTERED,
  'keys/checkKeys': 'takes no value but the keys',
  'keys/rotateContextKeys': 'takes no value but where the register is, and whom to tell',
  'keys/rewrapTenants': REGISTERED,
  'modules/auth/seedPeople': SEEDS,
  'modules/economy/seedEconomy': SEEDS,
  'modules/notification/seedNotifications': SEEDS,
  'modules/governance/listRequests': FLAG,
  'modules/org/retentionChoices': WORD,
  'modules/org/tenantSettings': 'takes no value but the cache',
  'modules/org/seedOrganisation': SEEDS,
  'retention/dueTimes': WORD,
  'modules/phishing/seedPhishing': SEEDS,
  'modules/social/verifyBoard': 'takes a board as `listBoards` gives it',
  'modules/training/seedTraining': SEEDS,
  'modules/game/createGame': 'gives the methods of the game, which are fuzzed one by one',
  'moving/bringToEnd': STEP,
  'moving/takeBack': STEP,
  'moving/auditMove': STEP,
  'moving/inBooks': STEP,
  'moving/purgeSource': STEP,
  'provisioning/finishCreations':
    'takes no value but where the register is; what it finishes is fuzzed as `createTenant`',
  'provisioning/furnishTenant': STEP,
  'provisioning/placeNewTenant': STEP,
  'queues/performJob':
    'takes what Redis brought, which `kernel/queues` has checked, and an id that the row must have',
  'retention/bindingsOf': STEP,
  'retention/purgeMonth': 'takes a month as `partitions purge` has read it, which is fuzzed as a command',
  'retention/recordRun': STEP,
  'scale/fillGames': 'fills a database for measurements: `db seed` is fuzzed as a command',
  'scale/playPatterns': STEP,
  'scale/scaleHistory': 'fills a database for measurements: `db seed` is fuzzed as a command',
  'simulate/checkAckLog': 'reads a file at the path that it is given: `simulate` is fuzzed as a command',
  'simulate/simulate': 'plays many games: `simulate` is fuzzed as a command',
  'tenant-archive/requireMasterKeys': STEP,
  'tenant-archive/importTenant':
    'reads a file at the path that it is given: `tenant import` is fuzzed as a command',
  'tenant-archive/openTenant': STEP,
};

const INNER = 'what use cases are wired with: it takes what those have made';
const CONSUMER = 'takes events as they are stored, from the consumers';

/** Objects of functions that modules give out, which nobody calls with values of somebody else. */
export const OBJECTS: Readonly<Record<string, string>> = {
  'generating/templateVariants': 'takes a difficulty, as `fillPool` does, which is fuzzed',
  'modules/analytics/cursorStore': INNER,
  'modules/analytics/playEvents': CONSUMER,
  'modules/billing/billingStates': INNER,
  'modules/economy/economyStates': INNER,
  'modules/economy/playLedger': CONSUMER,
  'modules/game/eventSource': INNER,
  'modules/game/gameStates': INNER,
  'modules/governance/keyStore': INNER,
  'modules/integration/playOutbox': CONSUMER,
  'modules/org/orgStates': INNER,
  'modules/public/instanceRegister': INNER,
  'modules/public/moveRegister': INNER,
  'modules/training/certificates': 'records, which `completions` stand for',
  'notifying/mailOutbox': 'takes an e-mail as `deliverMessage` words it, which is fuzzed',
};
