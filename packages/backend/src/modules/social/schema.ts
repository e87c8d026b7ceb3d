/** Players among each other: who knows whom, who plays together, and who is ahead. */
import { defineModule } from '../../kernel/db/index.ts';
import { boardTables } from './tables/boards.ts';
import { communityTables } from './tables/communities.ts';
import { contestTables } from './tables/contests.ts';

export const socialTables = defineModule('social', (kit) => {
  const communities = communityTables(kit);
  return {
    ...communities,
    ...boardTables(kit, communities.corporations),
    ...contestTables(kit, communities.corporations),
  };
});

export const {
  schema,
  friendships,
  corporations,
  corporationMembers,
  alliances,
  allianceMembers,
  leaderboards,
  leaderboardEntries,
  competitiveEvents,
  competitiveEventParticipants,
  matches,
  matchParticipants,
} = socialTables.canonical;
