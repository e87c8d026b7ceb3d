/**
 * SQL that is injected into a request of one tenant reads nothing of another: not in that request, nor by what it leaves
 * in the session to the next one, which is another tenant's on the same connection.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform } from '../src/platform.ts';
import { useDatabase } from './harness/database.ts';
import { execute } from './harness/execute.ts';
import { schemaTenant } from './harness/schema-tenant.ts';
import type { Victim } from './isolation/context-attacks.ts';
import { type Answer, type InjectableService, serveInjectable } from './isolation/injectable-service.ts';
import { type Injection, LEAVING, READING, usersOf } from './isolation/injections.ts';

/** What there is to find in a session, as the tenant finds it that is served next. */
const SESSION = `SELECT
  (SELECT jsonb_object_agg(name, setting) FROM pg_catalog.pg_settings WHERE name <> 'backtrace_functions') AS settings,
  current_user AS role, coalesce(pg_catalog.current_setting('dmz.tenant_id', true), '') AS variable,
  (SELECT count(*) FROM pg_catalog.pg_cursors WHERE is_holdable) AS cursors,
  (SELECT count(*) FROM pg_catalog.pg_listening_channels()) AS channels,
  (SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid()) AS locks`;

describe('SQL injected into a request', { timeout: 60_000 }, () => {
  const db = useDatabase();
  let platform: Platform;
  let service: InjectableService;
  const attackers: Record<string, Victim> = {};
  const victims: Record<string, Victim> = {};

  beforeAll(async () => {
    platform = db.open({ poolSize: 1 });
    service = await serveInjectable(platform);
    const located = async (reference: string): Promise<Victim> => {
      const { id, schema, epoch } = await platform.tenancy.locate(reference);
      return { id, schema, epoch, hex: id.replaceAll('-', '') };
    };
    const owned = [await schemaTenant(db, 'injecting'), await schemaTenant(db, 'injected')];
    attackers['a shared tenant'] = await located('small-company');
    attackers['a tenant with a schema'] = await located(owned[0]!.slug);
    victims['a shared tenant'] = await located('mid-company');
    victims['a tenant with a schema'] = await located(owned[1]!.slug);
  }, 60_000);
  afterAll(() => service.close());

  const say = ({ text }: Injection, attacker: Victim, victim: Victim): Promise<Answer> => {
    const said = text(victim, attacker);
    return typeof said === 'string'
      ? service.people(attacker.id, said)
      : service.statements(attacker.id, said);
  };
  const people = ({ id }: Victim) => service.people(id, '%');
  const session = ({ id }: Victim) =>
    platform.tenancy.run(id, async (tx) => (await execute(tx, SESSION)).rows[0]);

  /** Ids of the victim's people, none of which an attacker says itself. */
  const secrets = async (victim: Victim) => {
    const ids = (await people(victim)).rows!.map(({ id }) => String(id));
    expect(ids.length).toBeGreaterThan(0);
    return ids;
  };
  const leaked = (answer: Answer, ids: readonly string[]) =>
    ids.filter((id) => JSON.stringify(answer).includes(id));
  /** @returns what has been carried out, and what of the victim got through */
  const outcome = (answer: Answer, ids: readonly string[]) => ({
    refused: answer.code !== undefined,
    read: leaked(answer, ids),
  });

  describe.each(['a shared tenant', 'a tenant with a schema'])('by %s', (by) => {
    describe.each(['a shared tenant', 'a tenant with a schema'])('against %s', (of) => {
      it('reads nothing of it', async () => {
        const [attacker, victim] = [attackers[by]!, victims[of]!];
        const ids = await secrets(victim);
        const honest = await people(victim);
        for (const injection of READING) {
          const answer = await say(injection, attacker, victim);
          expect(outcome(answer, ids), injection.name).toEqual({
            refused: injection.refused ?? false,
            read: [],
          });
          expect(await people(victim), injection.name).toEqual(honest);
        }
      });

      it.each([
        ['its table', (users: string) => `SELECT string_agg(id::text, ' ') FROM ${users}`],
        ['the text of a query', (users: string) => `query_to_xml('TABLE ${users}', true, true, '')::text`],
      ])('reads nothing by %s', async (_, found) => {
        const victim = victims[of]!;
        const text = `' UNION SELECT (${found(usersOf(victim))}), '' --`;
        const answer = await service.people(attackers[by]!.id, text);
        expect(leaked(answer, await secrets(victim))).toEqual([]);
      });

      it('leaves nothing in the session that serves it next', async () => {
        const [attacker, victim] = [attackers[by]!, victims[of]!];
        const ids = await secrets(victim);
        const [honest, before] = [await people(victim), await session(victim)];
        for (const injection of LEAVING) {
          const answer = await say(injection, attacker, victim);
          expect(outcome(answer, ids), injection.name).toEqual({
            refused: injection.refused ?? false,
            read: [],
          });
          expect(await people(victim), injection.name).toEqual(honest);
          expect(await session(victim), injection.name).toEqual(before);
          expect(leaked(await people(attacker), ids), injection.name).toEqual([]);
        }
      });
    });
  });
});
