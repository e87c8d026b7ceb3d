/** What was written stays: the trigger that refuses every change is neither dropped, disabled nor emptied. */
import { isNode, nameOf } from '../../../schema-tier/syntax-tree.ts';
import { type Breach, named, namedIn, type Scene, type StatementRule } from '../lint-rule.ts';
import { alterationsOf, droppedBy, qualify } from '../read-alteration.ts';
import { listOf } from '../read-list.ts';
import type { Statement } from '../read-migration.ts';

const GUARD = 'refuse_change';

const guardRemoved: StatementRule = {
  name: 'append-only-guard-removed',
  danger:
    'Without its trigger an append-only table can be changed by its owner and by every function of the owner, and nothing proves any more what happened.',
  remedy:
    'leave refuse_change enabled; rows leave through dmz’s purge functions alone, and what turns out wrong is superseded by a new row',
  bad: 'ALTER TABLE game.actions DISABLE TRIGGER refuse_change;',
  safe: [
    'CREATE TRIGGER note_action AFTER INSERT ON game.actions FOR EACH ROW EXECUTE FUNCTION game.note();',
  ],
  findIn: (statement, scene) => [
    ...droppedGuards(statement, scene),
    ...disabled(statement, scene),
    ...replacedFunction(statement),
    ...replicaRole(statement),
  ],
};

export const appendOnlyRules = [guardRemoved] as const;

function droppedGuards(statement: Statement, { catalogue }: Scene): Breach[] {
  return droppedBy(statement).flatMap(({ type, parts }): Breach[] => {
    const last = parts.at(-1);
    if (type === 'OBJECT_FUNCTION' && parts.join('.') === `dmz.${GUARD}`)
      return [{ object: `dmz.${GUARD}`, found: 'It drops the function that refuses changes' }];
    const table = qualify(parts.slice(0, -1));
    if (type !== 'OBJECT_TRIGGER' || last !== GUARD || !catalogue.isAppendOnly(table)) return [];
    return [{ object: namedIn(table, last), found: `It drops the trigger ${last} of ${named(table)}` }];
  });
}

const EVERY_TRIGGER = ['AT_DisableTrigAll', 'AT_DisableTrigUser'];

function disabled(statement: Statement, { catalogue }: Scene): Breach[] {
  return alterationsOf(statement).flatMap(({ table, subtype, name }): Breach[] => {
    if (EVERY_TRIGGER.includes(subtype))
      return [{ object: named(table), found: `It disables every trigger of ${named(table)}` }];
    // REPLICA fires for a replica alone.
    const off = subtype === 'AT_DisableTrig' || subtype === 'AT_EnableReplicaTrig';
    if (!off || name !== GUARD || !catalogue.isAppendOnly(table)) return [];
    return [{ object: namedIn(table, name), found: `It disables the trigger ${name} of ${named(table)}` }];
  });
}

function replacedFunction({ kind, node }: Statement): Breach[] {
  if (kind !== 'CreateFunctionStmt' || nameOf(node.funcname)?.join('.') !== `dmz.${GUARD}`) return [];
  return [{ object: `dmz.${GUARD}`, found: 'It replaces the function that refuses changes' }];
}

/** As a replica, the session fires no ordinary trigger. */
function replicaRole({ kind, node }: Statement): Breach[] {
  if (kind !== 'VariableSetStmt' || node.name !== 'session_replication_role') return [];
  const [value] = listOf(node.args).map(({ A_Const }) =>
    isNode(A_Const) && isNode(A_Const.sval) ? A_Const.sval.sval : '',
  );
  return value === undefined || value === 'origin'
    ? []
    : [
        {
          object: 'session_replication_role',
          found: `It turns every ordinary trigger off, with session_replication_role ${value}`,
        },
      ];
}
