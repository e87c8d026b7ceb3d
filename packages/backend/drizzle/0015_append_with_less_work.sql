-- A context opens one place: the module schemas, or one schema of the tenant's own. Entering marks it with that place, so
-- that after a move inside this database the rows left behind cannot be reached in the context of the new place.

-- Marks are `<tenant>` for the module schemas, and `<tenant>@<schema>`.
CREATE FUNCTION "dmz"."look_up_context"("own_schema" text) RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  context text := pg_catalog.current_setting('dmz.tenant_id', true);
BEGIN
  IF context IS NULL OR context = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant has been entered in this transaction',
      HINT = 'SELECT dmz.enter_tenant(<tenant id>) after BEGIN.';
  END IF;
  IF NOT pg_catalog.pg_input_is_valid(context, 'uuid') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'the tenant context is not a uuid',
      HINT = 'SELECT dmz.enter_tenant(<tenant id>) after BEGIN.';
  END IF;
  IF NOT EXISTS (SELECT FROM public.residents
    WHERE tenant_id = context::uuid AND state = 'serving' AND schema_name IS NOT DISTINCT FROM own_schema)
  THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant of the context is not served here';
  END IF;
  RETURN context::uuid;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."look_up_context"(text) IS 'The tenant of a context that was not marked by entering it, if it is served in the schema, or with null in the module schemas; ZD001 without a context, ZD002 when it is not. SECURITY DEFINER to read the residents.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."look_up_context"(text) TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
-- One expression, so that the planner puts it into the policy in place of the call: the call was 3 us of each statement.
CREATE OR REPLACE FUNCTION "dmz"."current_tenant"() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN CASE WHEN pg_catalog.current_setting('dmz.entered', true) = nullif(pg_catalog.current_setting('dmz.tenant_id', true), '')
  THEN pg_catalog.current_setting('dmz.tenant_id', true)::uuid ELSE "dmz"."look_up_context"(NULL) END;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."current_tenant"() IS 'The tenant that this transaction entered in the module schemas. Policies compare tenant_id with it through a scalar sub-select, so it runs once a statement. No context, a malformed one, an unknown tenant and one that is served in a schema of its own are errors ZD001 and ZD002, never an empty answer.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."current_tenant_in"("own_schema" text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN CASE WHEN pg_catalog.current_setting('dmz.entered', true) = nullif(pg_catalog.current_setting('dmz.tenant_id', true), '') || '@' || own_schema
  THEN pg_catalog.current_setting('dmz.tenant_id', true)::uuid ELSE "dmz"."look_up_context"(own_schema) END;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."current_tenant_in"(text) IS 'The tenant that this transaction entered in the schema of its own: what dmz.current_tenant is for the module schemas.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."current_tenant_in"(text) TO "dmz_app", "dmz_mover", "dmz_maintenance";
--> statement-breakpoint
-- Assignments are evaluated without the query machinery that PERFORM starts.
CREATE OR REPLACE FUNCTION "dmz"."enter_tenant"("tenant" uuid, "known_epoch" bigint DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  entered text := pg_catalog.current_setting('dmz.tenant_id', true);
  fence text;
  resident record;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant was named';
  END IF;
  IF entered <> '' AND entered <> tenant::text THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD004', MESSAGE = 'this transaction has entered another tenant',
      HINT = 'A transaction serves one tenant. Begin another one.';
  END IF;
  fence := pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('fence:' || tenant::text, 0))::text;
  SELECT state, epoch, schema_name INTO resident FROM public.residents WHERE tenant_id = tenant;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant does not live here';
  END IF;
  IF resident.state = 'departed' OR known_epoch <> resident.epoch THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD005', MESSAGE = 'the tenant has moved since this router looked',
      DETAIL = pg_catalog.json_build_object('expected', known_epoch, 'actual', resident.epoch)::text;
  END IF;
  IF resident.state <> 'serving' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD003', MESSAGE = pg_catalog.format('the tenant is %s', resident.state),
      DETAIL = pg_catalog.json_build_object('state', resident.state)::text;
  END IF;
  entered := pg_catalog.set_config('dmz.tenant_id', tenant::text, true);
  entered := pg_catalog.set_config('dmz.entered', entered || coalesce('@' || resident.schema_name, ''), true);
  RETURN pg_catalog.now();
END
$$;
--> statement-breakpoint
-- The trigger is left out where the statement has kept the time itself.
DROP TRIGGER "set_updated_at" ON "game"."session_heads";
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "game"."session_heads" FOR EACH ROW
WHEN (NEW.updated_at IS DISTINCT FROM pg_catalog.now()) EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
CREATE FUNCTION "game"."refuse_append"("session" uuid, "first" bigint, "last" bigint, "events" bigint, "earliest" timestamptz,
  "actual" bigint, "started" timestamptz) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
  IF actual IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD021', MESSAGE = 'events were appended to a session that does not exist',
      DETAIL = pg_catalog.json_build_object('sessionId', session)::text;
  END IF;
  IF earliest < started - interval '1 day' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD022', MESSAGE = 'an event is older than its session',
      DETAIL = pg_catalog.json_build_object('sessionId', session, 'serverTime', earliest, 'startedAt', started)::text,
      HINT = 'server_time is when the event was appended.';
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD020', MESSAGE = 'the events do not continue their session without a gap or a fork',
    DETAIL = pg_catalog.json_build_object('sessionId', session, 'expected', first - 1, 'actual', actual,
      'first', first, 'last', last, 'events', events)::text,
    HINT = 'Read the session again and append after its last event.';
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "game"."refuse_append"(uuid, bigint, bigint, bigint, timestamptz, bigint, timestamptz) IS 'Raises why events cannot be appended to a session: it does not exist (ZD021), they are older than it (ZD022), or they do not continue its head (ZD020).';
--> statement-breakpoint
-- One statement advances every head or refuses: a statement that counts what another has advanced costs half as much again.
CREATE OR REPLACE FUNCTION "game"."advance_session_heads"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  MERGE INTO game.session_heads AS head
  USING (
    SELECT tenant_id, session_id, min(sequence) AS first, max(sequence) AS last,
      count(*) AS events, count(DISTINCT sequence) AS positions, min(server_time) AS earliest
    FROM appended GROUP BY tenant_id, session_id
  ) AS batch ON head.tenant_id = batch.tenant_id AND head.id = batch.session_id
  WHEN MATCHED AND head.sequence = batch.first - 1 AND batch.earliest >= head.started_at - interval '1 day'
    AND batch.positions = batch.last - batch.first + 1 AND batch.events = batch.positions
    THEN UPDATE SET sequence = batch.last, updated_at = pg_catalog.now()
  WHEN MATCHED
    THEN UPDATE SET sequence = game.refuse_append(session_id, first, last, events, earliest, head.sequence, head.started_at)
  WHEN NOT MATCHED
    THEN INSERT (tenant_id, id, sequence, started_at)
      VALUES (tenant_id, session_id, game.refuse_append(session_id, first, last, events, earliest, NULL, NULL), earliest);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Each event is a row of its own, with the ids that it needs: taking them apart is one scan instead of a join of two.
CREATE FUNCTION "game"."append_events"("tenant" uuid, "known_epoch" bigint, "at_time" timestamptz, "sent_actions" jsonb, "sent_events" jsonb,
  OUT "server_time" timestamptz, OUT "earlier" jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
  entered timestamptz := dmz.enter_tenant(tenant, known_epoch);
  stamp timestamptz := pg_catalog.date_trunc('milliseconds', coalesce(at_time, entered));
  moment text := pg_catalog.lpad(pg_catalog.to_hex((extract(epoch FROM stamp) * 1000)::bigint), 12, '0') || '7';
  added uuid[];
BEGIN
  -- Whoever repeats an action while the first is being committed waits at the key of its record, and then finds it.
  WITH recorded AS (
    INSERT INTO game.actions (tenant_id, id, session_id, action_type, payload, payload_sha256,
      first_sequence, last_sequence, events_sha256, server_time, client_time)
    SELECT tenant, (each->>0)::uuid, (each->>1)::uuid, each->>2, each->3, each->>4,
      (each->5)::bigint, (each->6)::bigint, each->>7, stamp, (each->>8)::timestamptz
    FROM pg_catalog.jsonb_array_elements(sent_actions) AS each
    ON CONFLICT (tenant_id, id) DO NOTHING
    RETURNING id
  )
  SELECT pg_catalog.array_agg(id) INTO added FROM recorded;
  IF pg_catalog.cardinality(added) IS DISTINCT FROM pg_catalog.jsonb_array_length(sent_actions) THEN
    SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(action)) INTO earlier
    FROM game.actions AS action
    WHERE tenant_id = tenant AND id IN (SELECT (each->>0)::uuid FROM pg_catalog.jsonb_array_elements(sent_actions) AS each)
      AND id <> ALL (coalesce(added, '{}'));
    SELECT pg_catalog.jsonb_agg(each) INTO sent_events
    FROM pg_catalog.jsonb_array_elements(sent_events) AS each WHERE (each->>6)::uuid = ANY (added);
  END IF;
  INSERT INTO game.events (tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time, client_time)
  SELECT tenant, (moment || (each->>0))::uuid, (each->>1)::uuid, (each->2)::bigint, each->>3, (each->4)::integer, each->5,
    (each->>6)::uuid, stamp, (each->>7)::timestamptz
  FROM pg_catalog.jsonb_array_elements(sent_events) AS each;
  server_time := stamp;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "game"."append_events"(uuid, bigint, timestamptz, jsonb, jsonb) IS 'Enters the tenant, and appends actions with their events to sessions, in one transaction: all of them or, where one does not continue its session (ZD020), none. An action is [id, session id, type, payload, SHA-256 of the payload, first sequence, last sequence, SHA-256 of the events, client time or null]; an event is [id behind its time and version, session id, sequence, type, version, data, action id, client time or null]. Returns the time that it gave them and, in `earlier`, the records of those actions that were accepted before, for which nothing is written.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "game"."append_events"(uuid, bigint, timestamptz, jsonb, jsonb) TO "dmz_app";
