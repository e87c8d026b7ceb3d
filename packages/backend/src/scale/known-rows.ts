/** The rows of a demonstration tenant that its multiplied history refers to: what `db seed` made by name. */
import type { connectAsAdministrator } from '../kernel/db/index.ts';
import { IS_SEEDED } from './scaled-table.ts';

export type Administrator = Awaited<ReturnType<typeof connectAsAdministrator>>;

export interface KnownRows {
  readonly roleId: string;
  readonly issuance: string;
  readonly sink: string;
  readonly programs: readonly {
    readonly id: string;
    readonly code: string;
    readonly dueDays: number;
    readonly assessmentId: string;
    readonly questionsSha256: string;
  }[];
  /** None where a tenant is not organised. */
  readonly teams: readonly { readonly id: string; readonly departmentId: string }[];
  readonly campaigns: readonly { readonly id: string; readonly templateId: string }[];
  readonly landingPageId: string | null;
  readonly teachableMomentId: string | null;
}

/** The administrator is above row-level security, so every sub-select names the tenant. */
const KNOWN_ROWS = `
  SELECT
    (SELECT id FROM auth.roles WHERE tenant_id = $1 AND key = 'learner') AS "roleId",
    (SELECT id FROM economy.wallets WHERE tenant_id = $1 AND system_account = 'issuance') AS "issuance",
    (SELECT id FROM economy.wallets WHERE tenant_id = $1 AND system_account = 'sink') AS "sink",
    (SELECT json_agg(json_build_object('id', program.id, 'code', program.code, 'dueDays', program.due_days,
                                       'assessmentId', assessment.id, 'questionsSha256', assessment.questions_sha256)
                     ORDER BY program.code)
     FROM training.programs AS program
     JOIN training.modules AS module ON module.tenant_id = program.tenant_id AND module.program_id = program.id
     JOIN training.assessments AS assessment ON assessment.tenant_id = module.tenant_id AND assessment.module_id = module.id
     WHERE program.tenant_id = $1 AND program.code IN ('awareness-basics', 'phishing-reporting')) AS "programs",
    coalesce((SELECT json_agg(json_build_object('id', id, 'departmentId', department_id) ORDER BY id)
     FROM org.teams WHERE tenant_id = $1 AND deleted_at IS NULL AND ${IS_SEEDED}), '[]') AS "teams",
    coalesce((SELECT json_agg(json_build_object('id', campaign.id, 'templateId', drawn_from.template_id) ORDER BY campaign.starts_at)
     FROM phishing.campaigns AS campaign
     CROSS JOIN LATERAL (
       SELECT template_id FROM phishing.campaign_templates
       WHERE tenant_id = $1 AND campaign_id = campaign.id ORDER BY template_id LIMIT 1
     ) AS drawn_from
     WHERE campaign.tenant_id = $1 AND campaign.name IN ('Baseline 2025', 'Follow-up 2025')), '[]') AS "campaigns",
    (SELECT id FROM phishing.landing_pages WHERE tenant_id = $1 AND slug = 'confirm') AS "landingPageId",
    (SELECT id FROM phishing.teachable_moments WHERE tenant_id = $1 AND name = 'What gave it away') AS "teachableMomentId"`;

export async function readKnownRows(admin: Administrator, tenantId: string): Promise<KnownRows> {
  const { rows } = await admin.query<KnownRows>(KNOWN_ROWS, [tenantId]);
  const [known] = rows;
  if (!known) throw new Error('SELECT without FROM gave no row');
  return known;
}
