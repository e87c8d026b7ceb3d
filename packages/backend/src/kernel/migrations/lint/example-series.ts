/** What the examples of the rules stand on: a table of each kind, as `db:generate` makes them, in short. */
const keys = 'tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT uuidv7()';

const FOUNDATION_TAG = '0026_found_game';

export const exampleFoundation = `-- phase: expand
CREATE SCHEMA game;
CREATE TABLE game.sessions (${keys}, seed bigint NOT NULL, day integer, status text, mood text, CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, id));
CREATE TABLE game.actions (${keys}, CONSTRAINT actions_pkey PRIMARY KEY (tenant_id, id));
CREATE TABLE game.events (${keys}, event_type text, server_time timestamptz NOT NULL, CONSTRAINT events_pkey PRIMARY KEY (tenant_id, id, server_time)) PARTITION BY RANGE (server_time);
CREATE TABLE public.countries (code text PRIMARY KEY, name text);
CREATE TABLE public.tenants (id uuid PRIMARY KEY, slug text);
COMMENT ON TABLE game.sessions IS E'Games.\\n@kind tenant';
COMMENT ON TABLE game.actions IS E'What was done.\\n@kind append_only';
COMMENT ON TABLE game.events IS E'What happened.\\n@kind partitioned_log';
COMMENT ON TABLE public.countries IS E'Countries.\\n@kind reference';
COMMENT ON TABLE public.tenants IS E'Tenants.\\n@kind control';
`;

export interface ExampleFile {
  readonly tag: string;
  readonly text: string;
}

/** The foundation, then each example as the next migration; `{first}` in one of them is the tag of the first. */
export function exampleSeries(examples: readonly string[]): readonly ExampleFile[] {
  const next = examples.map((text, at) => ({
    tag: tagOf(at),
    text: `${/^-- (phase|role)/.test(text) ? '' : '-- phase: expand\n'}${text}`
      .replaceAll('{first}', tagOf(0))
      .replaceAll('{expansion}', FOUNDATION_TAG),
  }));
  return [{ tag: FOUNDATION_TAG, text: exampleFoundation }, ...next];
}

const tagOf = (at: number) => `00${27 + at}_example`;
