-- What makes game.events an event store: every writer continues a session's head, without gap or fork, or is refused.

-- The application cannot write heads, so each session gets its own here. SECURITY DEFINER for that reason.
CREATE FUNCTION "game"."open_session_heads"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO game.session_heads (tenant_id, id, started_at) SELECT tenant_id, id, started_at FROM opened;
  RETURN NULL;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "game"."open_session_heads"() IS 'Gives a new session its head at sequence 0. SECURITY DEFINER because the application may not write heads.';
--> statement-breakpoint
CREATE TRIGGER "open_session_heads" AFTER INSERT ON "game"."sessions"
REFERENCING NEW TABLE AS "opened" FOR EACH STATEMENT EXECUTE FUNCTION "game"."open_session_heads"();
--> statement-breakpoint
-- Readers do not look into months before a session's start, so an event dated there would be lost to them: refused.
-- One statement counts and advances. Two writers that expect the same sequence meet at the head's row lock: the second
-- one looks again when the first has committed, finds the head moved, and is refused.
CREATE FUNCTION "game"."advance_session_heads"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  refused record;
  actual bigint;
  started timestamptz;
BEGIN
  WITH batch AS (
    SELECT tenant_id, session_id, min(sequence) AS first, max(sequence) AS last,
      count(*) AS events, count(DISTINCT sequence) AS positions, min(server_time) AS earliest
    FROM appended GROUP BY tenant_id, session_id
  ), advanced AS (
    UPDATE game.session_heads AS head SET sequence = batch.last FROM batch
    WHERE head.tenant_id = batch.tenant_id AND head.id = batch.session_id AND head.sequence = batch.first - 1
      AND batch.positions = batch.last - batch.first + 1 AND batch.events = batch.positions
      AND batch.earliest >= head.started_at - interval '1 day'
    RETURNING head.id
  )
  SELECT batch.* INTO refused FROM batch WHERE NOT EXISTS (SELECT FROM advanced WHERE advanced.id = batch.session_id) LIMIT 1;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT sequence, started_at INTO actual, started FROM game.session_heads WHERE tenant_id = refused.tenant_id AND id = refused.session_id;
  IF actual IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD021', MESSAGE = 'events were appended to a session that does not exist',
      DETAIL = pg_catalog.json_build_object('sessionId', refused.session_id)::text;
  END IF;
  IF refused.earliest < started - interval '1 day' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD022', MESSAGE = 'an event is older than its session',
      DETAIL = pg_catalog.json_build_object('sessionId', refused.session_id, 'serverTime', refused.earliest, 'startedAt', started)::text,
      HINT = 'server_time is when the event was appended.';
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD020', MESSAGE = 'the events do not continue their session without a gap or a fork',
    DETAIL = pg_catalog.json_build_object('sessionId', refused.session_id, 'expected', refused.first - 1, 'actual', actual,
      'first', refused.first, 'last', refused.last, 'events', refused.events)::text,
    HINT = 'Read the session again and append after its last event.';
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "game"."advance_session_heads"() IS 'Checks that the inserted events continue each session’s head without gap or fork and advances it, once a statement whatever its size; ZD020 is the conflict, ZD021 an unknown session, ZD022 an event older than its session. SECURITY DEFINER because the application may not write heads.';
--> statement-breakpoint
CREATE TRIGGER "advance_session_heads" AFTER INSERT ON "game"."events"
REFERENCING NEW TABLE AS "appended" FOR EACH STATEMENT EXECUTE FUNCTION "game"."advance_session_heads"();
--> statement-breakpoint
-- Partitions that exist already get the new trigger; later ones get it when they are made.
SELECT "dmz"."guard_partition"('game.events', inhrelid::regclass) FROM pg_catalog.pg_inherits WHERE inhparent = 'game.events'::regclass;
--> statement-breakpoint
-- A head is updated once an append, a session once a day: room on the page keeps both updates HOT.
ALTER TABLE "game"."session_heads" SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE "game"."sessions" SET (fillfactor = 80);
--> statement-breakpoint
-- SECURITY DEFINER: the application finds one tenant by its id or slug, and can list none.
CREATE FUNCTION "dmz"."locate_tenant"("reference" text)
RETURNS TABLE ("id" uuid, "slug" text, "name" text, "tier" text, "status" text, "region" text, "instance" text, "schema" text, "epoch" bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT t.id, t.slug, t.name, t.tier, t.status, t.region, i.name, p.schema_name, p.epoch
  FROM public.tenants AS t
  JOIN public.placements AS p ON p.tenant_id = t.id
  JOIN public.instances AS i ON i.id = p.instance_id
  WHERE t.slug = reference OR t.id::text = reference
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."locate_tenant"(text) IS 'Where the tenant with this id or slug lives. SECURITY DEFINER because the register is closed to the application.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."locate_tenant"(text) TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
-- Departments at the top have no parent, and nulls are distinct to the other key.
CREATE UNIQUE INDEX "departments_top_name_key" ON "org"."departments" ("tenant_id", "name") WHERE "parent_id" IS NULL AND "deleted_at" IS NULL;
