/**
 * How players meet: friendships, corporations and alliances, boards, matches and competitive events.
 * A person is in one corporation at a time, and a corporation in one alliance.
 */
export { type BoardPage, type BoardPlace, placesAround, topPlaces } from './board-places.ts';
export { type Board, followBoard, listBoards } from './board-rankings.ts';
export { socialErrors } from './errors.ts';
export { leaveBoards } from './leave-boards.ts';
export { scoreBoards } from './score-boards.ts';
export { type BoardComparison, verifyBoard } from './verify-board.ts';
