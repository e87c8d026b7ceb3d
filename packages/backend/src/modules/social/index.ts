/**
 * How players meet: friendships, corporations and alliances, boards, matches and competitive events.
 * A person is in one corporation at a time, and a corporation in one alliance.
 */
export { scoreBoards } from './score-boards.ts';
