-- The heads that an append advances are found by their key, whatever the statistics say. The plan is made once a connection:
-- while the table is small, reading all of it is cheaper, and is then done still when there are 200,000 heads.
ALTER FUNCTION "game"."advance_session_heads"() SET enable_seqscan = off;
--> statement-breakpoint
ALTER FUNCTION "game"."advance_session_heads"() SET enable_bitmapscan = off;
--> statement-breakpoint
ALTER FUNCTION "game"."advance_session_heads"() SET enable_hashjoin = off;
--> statement-breakpoint
ALTER FUNCTION "game"."advance_session_heads"() SET enable_mergejoin = off;
--> statement-breakpoint
ALTER FUNCTION "game"."advance_session_heads"() SET enable_material = off;
