-- An append is one call: it enters the tenant, records the actions and inserts their events; the trigger advances the heads.

-- Entering also marks the context as checked, so that a statement need not look into the residents again: that look-up was
-- a quarter of what an append cost. A context that was set by hand bears no mark, and is still looked up.
CREATE OR REPLACE FUNCTION "dmz"."enter_tenant"("tenant" uuid, "known_epoch" bigint DEFAULT NULL) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  entered text := pg_catalog.current_setting('dmz.tenant_id', true);
  resident record;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant was named';
  END IF;
  IF entered <> '' AND entered <> tenant::text THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD004', MESSAGE = 'this transaction has entered another tenant',
      HINT = 'A transaction serves one tenant. Begin another one.';
  END IF;
  PERFORM pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('fence:' || tenant::text, 0));
  SELECT state, epoch INTO resident FROM public.residents WHERE tenant_id = tenant;
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
  PERFORM pg_catalog.set_config('dmz.tenant_id', tenant::text, true), pg_catalog.set_config('dmz.entered', tenant::text, true);
  RETURN pg_catalog.now();
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."current_tenant"() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  context text := pg_catalog.current_setting('dmz.tenant_id', true);
BEGIN
  IF context <> '' AND context = pg_catalog.current_setting('dmz.entered', true) THEN
    RETURN context::uuid;
  END IF;
  IF context IS NULL OR context = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant has been entered in this transaction',
      HINT = 'SELECT dmz.enter_tenant(<tenant id>) after BEGIN.';
  END IF;
  IF NOT pg_catalog.pg_input_is_valid(context, 'uuid') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'the tenant context is not a uuid',
      HINT = 'SELECT dmz.enter_tenant(<tenant id>) after BEGIN.';
  END IF;
  IF NOT EXISTS (SELECT FROM public.residents WHERE tenant_id = context::uuid AND state = 'serving') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant of the context is not served here';
  END IF;
  RETURN context::uuid;
END
$$;
--> statement-breakpoint
-- One statement records and inserts: the events of an action whose id was there already find no record to join, and are
-- left out. Whoever repeats an action while the first is being committed waits at the key of its record, and then finds it.
-- One document of JSON is as fast as arrays of each column for one event, and a fifth faster for fifty.
CREATE FUNCTION "game"."append_events"("tenant" uuid, "known_epoch" bigint, "at_time" timestamptz, "appends" jsonb,
  OUT "server_time" timestamptz, OUT "earlier" jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
  entered timestamptz := dmz.enter_tenant(tenant, known_epoch);
  stamp timestamptz := pg_catalog.date_trunc('milliseconds', coalesce(at_time, entered));
  moment text := pg_catalog.lpad(pg_catalog.to_hex((extract(epoch FROM stamp) * 1000)::bigint), 12, '0');
  added uuid[];
BEGIN
  WITH sent AS MATERIALIZED (
    SELECT (each->>0)::uuid AS action_id, (each->>1)::uuid AS session_id, (each->>2)::bigint AS expected,
      each->>3 AS action_type, each->4 AS payload, each->>5 AS payload_sha256, each->>6 AS events_sha256,
      (each->>7)::timestamptz AS client_time, each->8 AS events
    FROM pg_catalog.jsonb_array_elements(appends) AS each
  ), recorded AS (
    INSERT INTO game.actions (tenant_id, id, session_id, action_type, payload, payload_sha256,
      first_sequence, last_sequence, events_sha256, server_time, client_time)
    SELECT tenant, action_id, session_id, action_type, payload, payload_sha256,
      expected + 1, expected + pg_catalog.jsonb_array_length(events), events_sha256, stamp, client_time
    FROM sent
    ON CONFLICT (tenant_id, id) DO NOTHING
    RETURNING id
  ), digests AS (
    SELECT sent.*, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(action_id::text, 'UTF8')), 'hex') AS digest
    FROM sent JOIN recorded ON recorded.id = sent.action_id
  ), inserted AS (
    INSERT INTO game.events (tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time, client_time)
    SELECT tenant,
      (moment || '7' || pg_catalog.lpad(pg_catalog.to_hex(place - 1), 3, '0')
        || pg_catalog.translate(pg_catalog.left(digest, 1), '0123456789abcdef', '89ab89ab89ab89ab') || pg_catalog.substr(digest, 2, 15))::uuid,
      session_id, expected + place, event->>0, (event->1)::integer, event->2, action_id, stamp, client_time
    FROM digests, pg_catalog.jsonb_array_elements(events) WITH ORDINALITY AS e(event, place)
  )
  SELECT pg_catalog.array_agg(id) INTO added FROM recorded;
  server_time := stamp;
  IF pg_catalog.cardinality(added) = pg_catalog.jsonb_array_length(appends) THEN
    RETURN;
  END IF;
  SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(action)) INTO earlier
  FROM game.actions AS action
  WHERE tenant_id = tenant AND id IN (SELECT (each->>0)::uuid FROM pg_catalog.jsonb_array_elements(appends) AS each)
    AND id <> ALL (coalesce(added, '{}'));
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "game"."append_events"(uuid, bigint, timestamptz, jsonb) IS 'Enters the tenant, and appends actions with their events to sessions, in one transaction: all of them or, where one does not continue its session (ZD020), none. Each of `appends` is [action id, session id, expected sequence, action type, payload, SHA-256 of the payload, SHA-256 of the events, client time or null, [[event type, version, data], ...]]. Returns the time that it gave them and, in `earlier`, the records of those actions that were accepted before, for which nothing is written.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "game"."append_events"(uuid, bigint, timestamptz, jsonb) TO "dmz_app";
