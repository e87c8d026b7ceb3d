/**
 * Code that runs in the database, held to what was reviewed: functions of modules to the listing of the catalogue, those of a
 * schema of a tenant's own to the modules' that they were made from. A function is all that can look past a policy.
 */
import type { ClientBase } from 'pg';
import type { Finding } from './finding.ts';
import { listFunctions } from './listing.ts';
import { readSnapshot } from './snapshot.ts';

export const reviewedRule = {
  name: 'function-reads-as-reviewed',
  remedy: 'undo it; or, where it is meant, let a migration make it, and pnpm dmz db snapshot list it',
};

/**
 * @param client      an administrator's, whose search_path is empty
 * @param ownSchemas  of tenants
 */
export async function findUnreviewed(
  client: ClientBase,
  namespaces: readonly string[],
  ownSchemas: readonly string[],
): Promise<Finding[]> {
  const listing = readSnapshot();
  const ofModules = await listFunctions(client, namespaces);
  const placed = new Set(ofModules.map(({ text, space }) => gist(text, [space, ...namespaces])));
  const strange = ofModules.filter(({ text }) => !listing.includes(text));
  for (const schema of ownSchemas)
    for (const each of await listFunctions(client, [schema]))
      if (each.space === schema && !placed.has(gist(each.text, [schema]))) strange.push(each);
  return strange.map(({ object, text }) => ({
    ...{ rule: reviewedRule.name, remedy: reviewedRule.remedy, object },
    detail: `nobody reviewed what it says now: “${text.split('\n').slice(0, 5).join(' ').slice(0, 200)}”`,
  }));
}

/** What a function says, whichever of its places it stands in: there the module's name is a part of each name. */
function gist(text: string, schemas: readonly string[]): string {
  const [own = ''] = schemas;
  const named = new RegExp(`\\b(${schemas.join('|')})\\.(\\w+)`, 'g');
  const joined = (_: string, schema: string, name: string) =>
    schema.startsWith('tenant_') ? `own.${name}` : `own.${schema}_${name}`;
  return text
    .replaceAll(ACT, 'act')
    .replaceAll(`dmz.current_tenant_in('${own}'::text)`, 'dmz.current_tenant()')
    .replaceAll(named, joined)
    .replaceAll(NAMED_BY_TEXT, '$1');
}

/** What an audit entry calls an act, module.object.verb, names nothing of the database's. */
const ACT = /'[a-z_]+\.[a-z_]+\.[a-z_]+'/g;
const NAMED_BY_TEXT = /(SCHEMA|TABLE|TABLE_NAME|CONSTRAINT) = '[^']*'/g;
