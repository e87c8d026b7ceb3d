/** The reference is what the code says of itself, to the byte. */
import { eventTypes } from '@archive-gate/game-engine';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../src/cli/main.ts';
import { renewDataModel } from '../src/reference/data-model.ts';
import { definedNamespaces } from '../src/reference/defined-tables.ts';
import { drawDot } from '../src/reference/entity-dot.ts';
import { drawMermaid } from '../src/reference/entity-mermaid.ts';
import { entityModel, qualified } from '../src/reference/entity-model.ts';
import { PALETTE } from '../src/reference/entity-palette.ts';
import { generatePages, stalePages } from '../src/reference/index.ts';
import { rightsOf } from '../src/reference/table-facts.ts';

describe('the reference', () => {
  it('is up to date; otherwise: pnpm dmz docs generate', async () => {
    expect(stalePages(await generatePages(buildProgram()))).toEqual([]);
  });

  it('is the same whenever and wherever it is generated', async () => {
    const columns = process.stdout.columns;
    const first = await generatePages(buildProgram());
    process.stdout.columns = 40;
    const second = await generatePages(buildProgram());
    process.stdout.columns = columns;
    expect([...second]).toEqual([...first]);
  });

  it('names a page that was edited, and one that is generated no more', async () => {
    const pages = new Map(await generatePages(buildProgram()));
    pages.set('docs/reference/errors.md', 'edited');
    pages.delete('docs/reference/pii.md');
    expect(stalePages(pages)).toEqual(['docs/reference/errors.md', 'docs/reference/pii.md']);
  });

  it('describes every table, and every command', async () => {
    const pages = await generatePages(buildProgram());
    const dictionary = pages.get('docs/reference/data-dictionary.md');
    for (const { name, tables } of definedNamespaces())
      for (const { meta } of tables) {
        expect(dictionary).toContain(`[\`${name}.${meta.name}\`](tables/${name}.md#${name}${meta.name})`);
        expect(pages.get(`docs/reference/tables/${name}.md`)).toContain(`## ${name}.${meta.name}\n`);
        expect(pages.get(`docs/reference/er/${name}.svg`)).toContain(`<title>${name}.${meta.name}</title>`);
      }
    expect(pages.get('docs/reference/cli.md')).toContain('## dmz docs check\n');
  });

  it('says of every table what the application may, and what it may not', () => {
    const defined = definedNamespaces().flatMap(({ tables }) => tables);
    const named = (table: string) => rightsOf(defined.find(({ meta }) => qualified(meta) === table)!);
    expect(named('game.sessions')).toBe(
      'read, insert, update of `status`, `day`, `ended_at` alone; may not delete',
    );
    expect(named('admin.audit_chain_heads')).toBe('read; may not insert or update or delete');
    expect(named('public.tenants')).toMatch(/^nothing directly/);
    expect(named('public.locales')).toMatch(/^read; migrations and seeds write it/);
  });

  it('tells who refers to a table, and marks what is personal where the column stands', async () => {
    const page = (await generatePages(buildProgram())).get('docs/reference/tables/training.md') ?? '';
    const certificates = page.split('## training.').find((section) => section.startsWith('certificates\n'));
    expect(certificates).toMatch(/\| `holder_name` \| text \| yes \|.*\*\*identity\*\*/);
    expect(certificates).toMatch(/\| The application may \| read, insert; may not update or delete \|/);
    const completions = page.split('## training.').find((section) => section.startsWith('completions\n'));
    expect(completions).toMatch(/- Referred to by: .*training\.certificates/);
  });

  it('has the query of every index', async () => {
    const register = (await generatePages(buildProgram())).get('docs/reference/indexes.md') ?? '';
    const rows = register.split('\n').filter((row) => row.startsWith('| `'));
    expect(rows.length).toBeGreaterThan(500);
    expect(rows.filter((row) => / \| {2}\|$/.test(row))).toEqual([]);
  });

  it('explains every event and every field of it', async () => {
    const events = (await generatePages(buildProgram())).get('docs/reference/events.md') ?? '';
    for (const type of Object.keys(eventTypes)) expect(events).toContain(`## ${type}\n`);
    const rows = events.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
  });

  it('names the consumers of each event, and no others', async () => {
    const events = (await generatePages(buildProgram())).get('docs/reference/events.md') ?? '';
    const sectionOf = (type: string) => events.split(`## ${type}\n`)[1]?.split('\n## ')[0] ?? '';
    expect(sectionOf('game.day.ended')).toContain('`social.score-boards`');
    expect(sectionOf('game.day.ended')).not.toContain('`economy.play-ledger`');
    expect(sectionOf('game.upgrade.purchased')).toContain('`economy.play-ledger`');
    for (const type of Object.keys(eventTypes)) expect(sectionOf(type)).toContain('`game.read-models`');
  });

  it('replaces nothing that people wrote', () => {
    const [begin, end] = ['<!-- begin generated: namespaces -->', '<!-- end generated: namespaces -->'];
    const renewed = renewDataModel(`above\n${begin}\nold\n${end}\nbelow\n`, []);
    expect(renewed).toMatch(/^above\n/);
    expect(renewed).toMatch(/\nbelow\n$/);
    expect(renewed).not.toContain('old');
    expect(() => renewDataModel('no markers', [])).toThrow(/markers/);
  });
});

describe('a drawn diagram', () => {
  const namespaces = definedNamespaces();

  it('shows the same tables, columns and lines as the one in Mermaid', async () => {
    const pages = await generatePages(buildProgram());
    for (const namespace of namespaces) {
      const { entities, relations } = entityModel(namespace);
      const svg = pages.get(`docs/reference/er/${namespace.name}.svg`) ?? '';
      const mermaid = pages.get(`docs/reference/er/${namespace.name}.md`) ?? '';
      const columns = entities.flatMap((entity) => entity.columns.map(({ name }) => name));
      expect(svg.match(/class="edge"/g) ?? []).toHaveLength(relations.length);
      expect(mermaid.match(/^ {2}\w+ [|o}]+--[|o{]+ /gm) ?? []).toHaveLength(relations.length);
      expect(mermaid.match(/^ {4}\w+ \w+ (PK|FK|UK)/gm)).toHaveLength(columns.length);
      expect(columns.filter((column) => !svg.includes(`>${column}</text>`))).toEqual([]);
    }
  });

  it('tells one from many, and what must be there from what may be missing', () => {
    const model = entityModel(namespaces.find(({ name }) => name === 'game')!);
    const line = (child: string) =>
      model.relations
        .filter((relation) => relation.child === child)
        .map(({ single, optional }) => ({ single, optional }));
    expect(line('game.session_heads')).toEqual([{ single: true, optional: false }]);
    expect(line('game.emails')).toEqual([{ single: false, optional: false }]);
    expect(drawMermaid(model)).toContain('game_sessions ||--o| game_session_heads');
    expect(drawMermaid(model)).toContain('game_sessions ||--o{ game_emails');
    expect(drawDot(model)).toMatch(/"game.session_heads":"id":w \[arrowtail=teetee, arrowhead=teeodot\]/);
  });

  it('asks no other host for anything, and is readable on a dark page', async () => {
    for (const [file, text] of await generatePages(buildProgram()))
      if (file.endsWith('.svg')) {
        expect(text.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(
          /https?:|@import|url\(|<script|<image|href=/,
        );
        expect(text).toContain('@media (prefers-color-scheme:dark)');
        const colours = new Set(Object.values(PALETTE).map(({ light }) => light as string));
        const used = [...text.matchAll(/(?:fill|stroke)="(#\w+)"/g)].map((match) => match[1]!);
        expect(used.filter((colour) => !colours.has(colour))).toEqual([]);
      }
  });

  it('has text that can be told from what it stands on', () => {
    const { ink, muted, page, line, ...grounds } = PALETTE;
    for (const tone of ['light', 'dark'] as const)
      for (const ground of Object.values(grounds))
        for (const text of [ink, muted])
          expect(contrast(text[tone], ground[tone]), `${text[tone]} on ${ground[tone]}`).toBeGreaterThan(4.5);
    expect(contrast(line.light, page.light)).toBeGreaterThan(3);
    expect(contrast(line.dark, page.dark)).toBeGreaterThan(3);
  });
});

/** WCAG 2.2, contrast ratio, of two colours as #rrggbb. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [one, other].map(luminance).sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
