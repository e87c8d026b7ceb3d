/** What no attempt meets yet, read off the catalogue: definitions, rights and roles that are not the ones reviewed. */
import { checkWalls } from '../check/index.ts';
import type { Group } from './group.ts';

export const guards: Group = {
  name: 'guards',
  tries:
    'Nothing; it reads. Policies, keys, functions, triggers, views, rules, roles, rights and the settings that sessions begin with are held to the rules of their kinds, to the rights that use cases need and, where they are code, word by word to what was reviewed; PostgreSQL’s own to how they came.',
  standsFor:
    'What is closed today and opens on a date, at a word that only its author knows, or for a row or a month that is not there yet.',
  remedy: 'undo what nobody reviewed; pnpm db:check names it too',
  async attack({ place, rehearse }, note) {
    const report = await rehearse(async (admin) => {
      await admin.query("SET LOCAL search_path = ''; SET LOCAL statement_timeout = 0");
      return checkWalls(admin, place.reviewed, place.adminUrl);
    });
    if (!report) {
      const why = 'the database is at another version than this program, which knows no review of it';
      return note({ rule: 'is-as-it-was-reviewed', object: 'catalogue' }, { untried: why });
    }
    for (const { rule, object, detail, remedy } of report.findings)
      note({ rule, object }, { through: detail, remedy });
    for (let kept = report.findings.length; kept < report.checked; kept += 1)
      note({ rule: 'is-as-it-was-reviewed', object: 'catalogue' }, 'refused');
  },
};
