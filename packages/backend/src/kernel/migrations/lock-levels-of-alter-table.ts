/**
 * The locks of ALTER TABLE, by the manual of PostgreSQL 18: "an ACCESS EXCLUSIVE lock is acquired unless explicitly
 * noted", and these are the notes. Of several forms in one statement the strictest counts.
 */
import { isNode, type Node, tableOf, walk } from '../schema-tier/syntax-tree.ts';
import type { LockLevel, TableLock } from './lock-levels.ts';

const BY_FORM: Readonly<Record<string, LockLevel>> = {
  AT_SetStatistics: 'SHARE UPDATE EXCLUSIVE',
  AT_SetOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ResetOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ValidateConstraint: 'SHARE UPDATE EXCLUSIVE',
  AT_ClusterOn: 'SHARE UPDATE EXCLUSIVE',
  AT_DropCluster: 'SHARE UPDATE EXCLUSIVE',
  AT_AttachPartition: 'SHARE UPDATE EXCLUSIVE',
  AT_DetachPartitionFinalize: 'SHARE UPDATE EXCLUSIVE',
  AT_EnableTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableAlwaysTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableReplicaTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableTrigAll: 'SHARE ROW EXCLUSIVE',
  AT_EnableTrigUser: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrig: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrigAll: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrigUser: 'SHARE ROW EXCLUSIVE',
};

/** Where a foreign key is concerned, the table at its other end is too, and the statement does not name it. */
const BEYOND = ['AT_AlterColumnType', 'AT_DropConstraint', 'AT_DropColumn'];

/** Storage parameters that can be changed while others write: fillfactor, and those of TOAST and autovacuum. */
const LIGHT_PARAMETERS =
  /^(fillfactor|toast_tuple_target|parallel_workers|autovacuum_\w+|vacuum_\w+|log_autovacuum_min_duration)$/;

export function alterTableLocks({ relation, cmds, objtype }: Node): TableLock[] {
  const commands = (Array.isArray(cmds) ? cmds : []).flatMap((each) =>
    isNode(each) && isNode(each.AlterTableCmd) ? [each.AlterTableCmd] : [],
  );
  const table = named(relation);
  // ALTER INDEX … ATTACH PARTITION names indexes; the tables are those that they are of.
  if (objtype === 'OBJECT_INDEX') return [{ lock: 'SHARE UPDATE EXCLUSIVE', table: null }];
  return commands.flatMap((command) => [{ lock: lockOf(command), table }, ...others(command)]);
}

function lockOf({ subtype, def }: Node): LockLevel {
  const form = String(subtype);
  const inner = isNode(def) ? def : {};
  if (form === 'AT_AddConstraint' && isNode(inner.Constraint))
    return inner.Constraint.contype === 'CONSTR_FOREIGN' ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  if (form === 'AT_DetachPartition' && isNode(inner.PartitionCmd))
    return inner.PartitionCmd.concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  if (form === 'AT_SetRelOptions' || form === 'AT_ResetRelOptions') return ofParameters(def);
  return BY_FORM[form] ?? 'ACCESS EXCLUSIVE';
}

function ofParameters(def: unknown): LockLevel {
  const names: string[] = [];
  walk(def, ({ defname }) => {
    if (typeof defname === 'string') names.push(defname);
  });
  const light = names.length > 0 && names.every((name) => LIGHT_PARAMETERS.test(name));
  return light ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
}

/** Tables beside the one that is altered: what a foreign key refers to, and partitions. */
function others({ subtype, def }: Node): TableLock[] {
  const found: TableLock[] = [];
  if (BEYOND.includes(String(subtype))) found.push({ lock: 'ACCESS EXCLUSIVE', table: null });
  walk(def, ({ pktable }) => {
    const table = named(pktable);
    if (table) found.push({ lock: 'SHARE ROW EXCLUSIVE', table });
  });
  if (isNode(def) && isNode(def.PartitionCmd)) {
    const table = named(def.PartitionCmd.name);
    if (table) found.push({ lock: 'ACCESS EXCLUSIVE', table });
  }
  return found;
}

function named(node: unknown): string | null {
  const found = tableOf(node);
  return found ? `${found.schema}.${found.table}` : null;
}
