/**
 * The story that the game is set in: seasons of chapters, scenes joined by choices, the factions of the world, and how
 * far each player is in it. A choice that a player made stays made: the way through the scenes is never rewritten.
 */
export {};
