-- phase: expand
-- A place on a board is what play says of a person, and goes with them.
COMMENT ON COLUMN "social"."leaderboard_entries"."score" IS 'Kept for ranking those who play.
@pii behaviour
@erasure delete_row';
