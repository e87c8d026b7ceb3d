/** The chain of a tenant's audit entries, as far as it is begun by hand: its head, at no entry. */
import { callIn, type TenantTx, tenantFunction } from '../../kernel/tenancy/index.ts';

const openChain = tenantFunction<readonly [], { readonly opened: boolean }>('admin', 'open_audit_chain', 0);

/** Gives a new tenant its chain. Repeatable. @returns whether the chain was begun now */
export async function openAuditChain(tx: TenantTx): Promise<boolean> {
  return (await callIn(tx, openChain, [])).opened;
}
