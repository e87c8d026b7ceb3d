/** Rights as the statements that give or take them. */
import { describe, expect, it } from 'vitest';
import { rightStatements } from './right-statements.ts';

const right = (on: string, name: string, privilege: string, role = 'dmz_app') => ({
  role,
  on,
  name,
  privilege,
});

describe('statements of rights', () => {
  it('say the same of several objects once, and of one object everything', () => {
    const rights = [
      right('table', 'org.teams', 'INSERT'),
      right('table', 'org.teams', 'SELECT'),
      right('table', 'org.units', 'SELECT'),
      right('table', 'org.units', 'INSERT'),
      right('column', 'org.sites.name', 'UPDATE'),
      right('table', 'org.sites', 'SELECT'),
      right('schema', 'org', 'USAGE', 'dmz_mover'),
      right('function', 'org.count_teams(uuid,integer)', 'EXECUTE'),
    ];
    expect(rightStatements('GRANT', rights).statements).toEqual([
      'GRANT EXECUTE ON FUNCTION "org"."count_teams"(uuid,integer) TO "dmz_app";',
      'GRANT SELECT, INSERT ON "org"."teams", "org"."units" TO "dmz_app";',
      'GRANT SELECT, UPDATE ("name") ON "org"."sites" TO "dmz_app";',
      'GRANT USAGE ON SCHEMA "org" TO "dmz_mover";',
    ]);
  });

  it('take from whom they gave to', () => {
    expect(rightStatements('REVOKE', [right('table', 'org.teams', 'DELETE')]).statements).toEqual([
      'REVOKE DELETE ON "org"."teams" FROM "dmz_app";',
    ]);
  });

  it('leave to hand what concerns the whole database or everybody', () => {
    const rights = [right('attribute', '', 'LOGIN'), right('schema', 'org', 'USAGE', 'PUBLIC')];
    expect(rightStatements('GRANT', rights)).toEqual({ statements: [], byHand: rights });
  });
});
