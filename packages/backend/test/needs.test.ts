/** What is needed is what the code does: the recorded uses, the callers of functions, and what schemas allow. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../src/kernel/project.ts';
import { keyOf } from '../src/kernel/rights/index.ts';
import { tenantTables } from '../src/modules/registry.ts';
import { findServiceUses } from '../src/rights/find-service-uses.ts';
import { functionCalls, tenantCalls } from '../src/rights/function-needs.ts';
import { platformNeeds, recordedServiceUses } from '../src/rights/index.ts';

const sourceOf = (file: string) => readFileSync(path.join(projectRoot, 'packages/backend/src', file), 'utf8');
const snapshot = readFileSync(path.join(projectRoot, 'packages/backend/schema.snapshot.sql'), 'utf8');

/** Of a transaction, or a function of the kernel that sends one. */
const STATEMENT =
  /\btx\s*\.(select|insert|update|delete|\$count)\w*\(|\b(insert|update|insertMissing|stream)Rows\(tx/;

describe('needs', () => {
  it('are recorded as the services’ code has them; otherwise: pnpm dmz docs generate', () => {
    expect(recordedServiceUses()).toEqual(findServiceUses());
  });

  it.each(functionCalls.filter(({ from }) => from.endsWith('.ts')))(
    'of $name come from $from',
    ({ name, from }) => {
      expect(sourceOf(from)).toContain(`${name.replace(/\/.*/, '')}(`);
    },
  );

  it.each(tenantCalls)('of $name come from $from', ({ name, from }) => {
    const [, namespace, fn] = /^(\w+)\.(\w+)/.exec(name) ?? [];
    expect(sourceOf(from)).toMatch(new RegExp(`tenantFunction<[^(]*\\(\\s*'${namespace}',\\s*'${fn}'`));
  });

  it('name every function that writes tables as its caller', () => {
    const functions = snapshot.match(/CREATE OR REPLACE FUNCTION [\s\S]*?\$function\$;/g) ?? [];
    const writers = functions
      .filter((text) => !text.includes('SECURITY DEFINER') && !text.includes('RETURNS trigger'))
      .filter(
        (text) =>
          / FUNCTION (?!dmz\.)/.test(text) && /\b(INSERT INTO|UPDATE|DELETE FROM) \w+\.\w+/.test(text),
      )
      .map((text) => / FUNCTION ([\w.]+)\(/.exec(text)?.[1]);
    expect([...new Set(writers)]).toEqual(['game.append_events']);
  });

  it('come from modules, whose code is read, or from what concerns the whole catalogue', () => {
    const folder = path.join(projectRoot, 'packages/backend/src');
    const outside = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^(modules|kernel|rights|scale)\//.test(file))
      .filter((file) => STATEMENT.test(readFileSync(path.join(folder, file), 'utf8')));
    expect(outside.sort()).toEqual([
      'data-subjects/erase-person.ts',
      'data-subjects/erasure-plan.ts',
      'data-subjects/obstacles.ts',
      'data-subjects/person-rows.ts',
      'offboarding/tenant-rows.ts',
    ]);
  });

  it('are never more than the schema says that there can be', () => {
    const needs = platformNeeds().filter(({ role, at }) => role === 'dmz_app' && at === 'database');
    for (const { namespace, name, privileges, updatable } of tenantTables()) {
      const table = `${namespace}.${name}`;
      const needed = needs.filter(({ on, object }) => on === 'table' && object === table);
      const columns = needs.filter(({ on, object }) => on === 'column' && object.startsWith(`${table}.`));
      const allowed: string[] = privileges.map((privilege) => privilege.toUpperCase());
      expect(allowed, table).toEqual(expect.arrayContaining(needed.map(({ privilege }) => privilege)));
      if (columns.length > 0 && !allowed.includes('UPDATE'))
        expect(updatable, table).toEqual(
          expect.arrayContaining(columns.map(({ object }) => object.split('.')[2])),
        );
    }
  });

  it('say of each right which use case it is for', () => {
    for (const need of platformNeeds()) expect(need.useCase, keyOf(need)).toMatch(/\w/);
  });
});
