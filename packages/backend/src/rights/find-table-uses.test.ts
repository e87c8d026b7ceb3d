/** What a service does with tables is read off its code, and what cannot be read is said. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { FileReader, type ModuleFunction } from './find-table-uses.ts';

const KEYS = new Set(['teams', 'members', 'canonicalNames']);
const HEAD = "import { orgTables } from './schema.ts';\n";

/** A function whose transaction is `tx`, with these statements. */
const service = (statements: string, tx = 'TenantTx') => `async function work(tx: ${tx}) { ${statements} }`;

function read(...parts: string[]) {
  const text = HEAD + parts.join('\n');
  const source = ts.createSourceFile('service.ts', text, ts.ScriptTarget.Latest, true);
  const functions = new Map<string, ModuleFunction>();
  const reader = new FileReader(source, KEYS, (name) => functions.get(name));
  for (const node of source.statements)
    if (ts.isFunctionDeclaration(node) && node.name) functions.set(node.name.text, { node, reader });
  const { uses, unread } = reader.read();
  const said = [...new Set(uses.map(({ key, operation }) => `${operation} ${key}`))].sort();
  return { said, unread };
}

describe('reading what a service does', () => {
  it.each([
    ['a query', 'const { teams } = orgTables(tx); await tx.select().from(teams);', ['select teams']],
    ['another name', 'const { teams: t } = orgTables(tx); await tx.delete(t);', ['delete teams']],
    ['a member', 'await tx.insert(orgTables(tx).teams).values(row);', ['insert teams']],
    ['all tables', 'const tables = orgTables(tx); await tx.update(tables.teams).set(row);', ['update teams']],
    ['an alias', "const a = alias(orgTables(tx).teams, 'a'); await tx.select().from(a);", ['select teams']],
    ['a cast', 'await tx.select().from(orgTables(tx).teams as unknown as PgTable);', ['select teams']],
    [
      'a choice',
      'const { teams, members } = orgTables(tx); const t = x ? teams : members; await tx.delete(t);',
      ['delete members', 'delete teams'],
    ],
    [
      'a loop',
      'const { teams, members } = orgTables(tx); for (const t of [teams, members]) await tx.delete(t);',
      ['delete members', 'delete teams'],
    ],
    [
      'a join',
      'const { teams, members } = orgTables(tx); await tx.select().from(teams).innerJoin(members, on);',
      ['select members', 'select teams'],
    ],
    [
      'a replacement',
      'await tx.insert(orgTables(tx).teams).values(row).onConflictDoUpdate(how);',
      ['insert teams', 'update teams'],
    ],
    [
      'a lock',
      "await tx.select().from(orgTables(tx).teams).where(is).for('update');",
      ['select teams', 'update teams'],
    ],
    ['many rows', 'await insertRows(tx, orgTables(tx).teams, rows);', ['insert teams']],
    ['columns alone', 'const { teams } = orgTables(tx); return eq(teams.id, id);', []],
  ])('reads %s', (_, statements, said) => {
    expect(read(service(statements))).toEqual({ said, unread: [] });
  });

  it('follows a table into a function of the module', () => {
    const callee = 'function clear(tx: TenantTx, table: Table) { return tx.delete(table); }';
    const { said, unread } = read(
      callee,
      service('const { teams } = orgTables(tx); await clear(tx, teams);'),
    );
    expect(said).toEqual(['delete teams']);
    // What the function does with tables of others is said where it is given them.
    expect(unread).toEqual([]);
  });

  it('leaves out what is done as the owner, who needs no right', () => {
    expect(read(service('await tx.delete(orgTables.teams);', 'OwnerTx')).said).toEqual([]);
  });

  it.each([
    ['gives a table to a function that nobody knows', 'await elsewhere(tx, orgTables(tx).teams);'],
    ['keeps a table', 'const { teams } = orgTables(tx); this.kept = { teams };'],
    ['returns a table', 'return orgTables(tx).teams;'],
    ['uses a table that it got from nowhere', 'await tx.delete(unknown);'],
  ])('says that it cannot read who %s', (_, statements) => {
    expect(read(service(statements)).unread).not.toEqual([]);
  });
});
