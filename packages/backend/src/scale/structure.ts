/**
 * What the multiplied people work in and are taught with: departments, teams, programmes and campaigns. Each multiple of
 * a tenant's people, a round, has its own, copied from those of the seed under other ids and names.
 */
import { type CopiedTable, fillBlock, readStencil, type Stencil } from './copied-rows.ts';
import type { Administrator, KnownRows } from './known-rows.ts';
import { IS_SEEDED, idOf, type TableWriter } from './scaled-table.ts';

const OF_PROGRAMS = `program_id IN (SELECT id FROM training.programs WHERE tenant_id = $1
  AND code IN ('awareness-basics', 'phishing-reporting') AND deleted_at IS NULL)`;

/** The top of a tenant's departments stays one. */
export const STRUCTURE_TABLES: readonly CopiedTable[] = [
  {
    name: 'org.departments',
    where: `parent_id IS NOT NULL AND deleted_at IS NULL AND ${IS_SEEDED}`,
    distinct: ['name', 'code'],
  },
  {
    name: 'org.teams',
    where: `department_id IN (SELECT id FROM org.departments WHERE tenant_id = $1 AND parent_id IS NOT NULL
              AND deleted_at IS NULL AND ${IS_SEEDED}) AND deleted_at IS NULL`,
  },
  {
    name: 'training.programs',
    where: "code IN ('awareness-basics', 'phishing-reporting') AND deleted_at IS NULL",
    distinct: ['code'],
  },
  { name: 'training.modules', where: OF_PROGRAMS },
  {
    name: 'training.assessments',
    where: `module_id IN (SELECT id FROM training.modules WHERE tenant_id = $1 AND ${OF_PROGRAMS})`,
  },
  {
    name: 'phishing.campaigns',
    where: "name IN ('Baseline 2025', 'Follow-up 2025')",
    distinct: ['name'],
  },
  {
    name: 'phishing.campaign_templates',
    where: `campaign_id IN (SELECT id FROM phishing.campaigns WHERE tenant_id = $1
              AND name IN ('Baseline 2025', 'Follow-up 2025'))`,
  },
];

const ROUND = 'rounds';
/** Rows of the structure that a round can have. */
const ROWS_OF_ROUND = 1_024;

export const readStructure = (admin: Administrator, tenantId: string): Promise<Stencil> =>
  readStencil(admin, [tenantId], { tables: STRUCTURE_TABLES, times: false });

/** @returns the values of the structure's gaps in a round, and what the round's people refer to */
export function roundOf(structure: Stencil, tenantId: string, seeded: KnownRows, round: number) {
  const values = structure.gaps.map((gap, at) =>
    gap.kind === 'id' ? idOf(ROUND, tenantId, round * ROWS_OF_ROUND + at) : `-s${round + 1}`,
  );
  const copies = new Map(
    structure.gaps.map((gap, at) => [gap.kind === 'id' ? gap.id : '', values[at] ?? '']),
  );
  const copyOf = (id: string) => copies.get(id) ?? id;
  const known: KnownRows = {
    ...seeded,
    programs: seeded.programs.map((program) => ({
      ...program,
      id: copyOf(program.id),
      assessmentId: copyOf(program.assessmentId),
    })),
    teams: seeded.teams.map(({ id, departmentId }) => ({
      id: copyOf(id),
      departmentId: copyOf(departmentId),
    })),
    campaigns: seeded.campaigns.map((campaign) => ({ ...campaign, id: copyOf(campaign.id) })),
  };
  return { known, values };
}

export type Round = ReturnType<typeof roundOf>;

/** Writes the departments, programmes and so on of some rounds, table by table. */
export async function writeRounds(
  write: TableWriter,
  { blocks }: Stencil,
  rounds: readonly Round[],
): Promise<void> {
  if (rounds.length === 0) return;
  for (const block of blocks) {
    const lines = rounds.map(({ values }) => fillBlock(block, values));
    await write(block.table, block.columns, lines, () => block.rows * rounds.length);
  }
}
