/** Every group of attempts, in the order in which they are made. */
import { contexts } from './contexts.ts';
import { copies } from './copies.ts';
import { forged } from './forged.ts';
import { functions } from './functions.ts';
import type { Group } from './group.ts';
import { guards } from './guards.ts';
import { instances } from './instances.ts';
import { interference } from './interference.ts';
import { leftovers } from './leftovers.ts';
import { oracles } from './oracles.ts';
import { owner } from './owner.ts';
import { partitions } from './partitions.ts';
import { placements } from './placements.ts';
import { policies } from './policies.ts';
import { precedence } from './precedence.ts';
import { reading } from './reading.ts';
import { references } from './references.ts';
import { register } from './register.ts';
import { rights } from './rights.ts';
import { signals } from './signals.ts';
import { statistics } from './statistics.ts';
import { tokens } from './tokens.ts';
import { views } from './views.ts';
import { writing } from './writing.ts';

export const groups: readonly Group[] = [
  reading,
  writing,
  policies,
  contexts,
  forged,
  tokens,
  leftovers,
  owner,
  partitions,
  references,
  oracles,
  interference,
  precedence,
  views,
  functions,
  statistics,
  signals,
  register,
  rights,
  guards,
  placements,
  instances,
  copies,
];
