/** The part of MITRE ATT&CK (Enterprise) that the game trains against; ids and names are MITRE's. */
import { integer, text } from 'drizzle-orm/pg-core';
import { described, type TableKit } from '../../../kernel/db/index.ts';

const TECHNIQUE = `'^T[0-9]{4}([.][0-9]{3})?$'`;

export function attackMatrixTables({ referenceTable, to }: TableKit) {
  const attackTactics = referenceTable(
    'attack_tactics',
    'Tactics of MITRE ATT&CK: what an adversary is after at a step, in the order of the matrix.',
    {
      tacticId: described(text('tactic_id').notNull(), 'ATT&CK id, such as TA0001.'),
      shortName: described(
        text('short_name').notNull(),
        'Name in ATT&CK’s STIX data, such as initial-access.',
      ),
      name: text('name').notNull(),
      position: described(integer('position').notNull(), 'Place in the matrix from the left, from 1.'),
    },
    {
      key: ['tacticId'],
      unique: [['shortName'], ['position']],
      checks: { tactic_id_form: `"tactic_id" ~ '^TA[0-9]{4}$'`, position_positive: `"position" > 0` },
    },
  );

  const attackVectors = referenceTable(
    'attack_vectors',
    'Techniques and sub-techniques of MITRE ATT&CK that concern initial access, phishing and credential theft.',
    {
      techniqueId: described(text('technique_id').notNull(), 'ATT&CK id, such as T1566.002.'),
      parentTechniqueId: described(
        text('parent_technique_id'),
        'The technique that it is a kind of; null where it is none’s.',
      ),
      name: text('name').notNull(),
      description: text('description').notNull(),
      lifeCycle: described(
        text('life_cycle', { enum: ['active', 'deprecated', 'revoked'] })
          .notNull()
          .default('active'),
        'MITRE keeps ids for good: what is no longer used is deprecated or revoked.',
      ),
      replacedById: described(text('replaced_by_id'), 'The technique that MITRE revoked it in favour of.'),
      attackRelease: described(
        text('attack_release').notNull(),
        'Release of ATT&CK that the row was taken from, such as 19.1.',
      ),
      sourceUrl: described(text('source_url').notNull(), 'The technique’s page at attack.mitre.org.'),
    },
    {
      key: ['techniqueId'],
      references: [to('self', 'parentTechniqueId'), to('self', 'replacedById')],
      checks: {
        technique_id_form: `"technique_id" ~ ${TECHNIQUE}`,
        parent_is_id_without_suffix: `case when strpos("technique_id", '.') > 0 then "parent_technique_id" is not null and "parent_technique_id" = split_part("technique_id", '.', 1) else "parent_technique_id" is null end`,
        only_revoked_is_replaced: `"replaced_by_id" is null or "life_cycle" = 'revoked'`,
        not_replaced_by_itself: `"replaced_by_id" <> "technique_id"`,
        attack_release_form: `"attack_release" ~ '^[0-9]+[.][0-9]+$'`,
        source_url_form: `"source_url" ~ '^https://'`,
      },
    },
  );

  const attackVectorTactics = referenceTable(
    'attack_vector_tactics',
    'Which tactics a technique serves; some serve several.',
    { techniqueId: text('technique_id').notNull(), tacticId: text('tactic_id').notNull() },
    {
      key: ['techniqueId', 'tacticId'],
      references: [to(attackVectors, 'techniqueId'), to(attackTactics, 'tacticId')],
    },
  );

  return { attackTactics, attackVectors, attackVectorTactics };
}
