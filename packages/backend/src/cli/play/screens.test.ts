/**
 * What a player sees before a decision is resolved does not depend on the truth. Each screen is drawn twice, for a
 * mail and for its twin with the opposite truth: they must not differ by a character.
 */
import {
  type Action,
  type ContentPack,
  chooseAction,
  decide,
  type EmailTemplate,
  fold,
  type GameEvent,
  initialState,
  isOver,
  RULES_VERSION,
  rulesFor,
  type SessionState,
  tollOf,
} from '@archive-gate/game-engine';
import { describe, expect, it } from 'vitest';
import { readPackFiles } from '../../modules/content/index.ts';
import {
  renderInboxLine,
  renderInboxSummary,
  renderOpening,
  renderStatus,
  renderStory,
  renderTechniques,
} from './desk-screen.ts';
import { renderGuests, renderUpgrades } from './house-screen.ts';
import { Journal } from './journal.ts';
import { renderDeceptionInShort, renderEvening, renderLesson } from './lesson-screen.ts';
import { type Look, plainLook } from './look.ts';
import { renderLetter, renderPapers } from './mail-screen.ts';
import { describeToll, renderIncident, renderNight } from './night-screen.ts';
import { renderDayEnd, renderFinal, renderShift } from './report-screen.ts';
import { viewDesk } from './sealed-view.ts';
import { displayWidth } from './text-layout.ts';

const content = readPackFiles();
const rules = rulesFor(RULES_VERSION);
const widths = [40, 80, 100];

/** The same mail, were everything about it the other way round that the player must not know yet. */
const opposite = (template: EmailTemplate): EmailTemplate => ({
  ...template,
  key: `${template.key}-twin`,
  legitimate: !template.legitimate,
  difficulty: 6 - template.difficulty,
  organisation: 'Somebody else altogether',
  indicators: template.legitimate ? [indicator] : [],
  artifacts: template.artifacts.map((artifact) => ({
    ...artifact,
    supports: artifact.supports === 'honest' ? 'deceptive' : 'honest',
  })),
});

const indicator = {
  key: 'twin',
  technique: 'urgency',
  location: 'body',
  evidence: 'the evidence of the twin',
  explanation: 'the explanation of the twin',
  difficulty: 1,
} as const;

/** A desk with one mail on it, opened, marked twice, its papers here. */
function deskWith(template: EmailTemplate): SessionState {
  const offer = template.offer.days > 0 && template.offer.creditsPerDay > 0 ? template.offer : null;
  const marks = [
    { technique: 'urgency', location: 'body', correct: !template.legitimate },
    { technique: 'lookalike_domain', location: 'from', correct: false },
  ] as const;
  const right = marks.filter(({ correct }) => correct).length;
  return {
    ...initialState(),
    status: 'active',
    phase: 'triage',
    day: 2,
    days: 10,
    rulesVersion: RULES_VERSION,
    contentVersion: content.version,
    // As the engine books marks: a wrong one costs at once, a right one earns at once.
    credits: 100 + (marks.length - right) * rules.indicators.wrongCredits,
    intel: 3 + right * rules.indicators.rightIntel,
    allocation: rules.opening.allocation,
    inbox: [
      {
        emailKey: 'd02-e01',
        templateKey: template.key,
        day: 2,
        category: template.category,
        difficulty: template.difficulty,
        legitimate: template.legitimate,
        attackKind: template.legitimate ? null : 'ransomware',
        senderDomain: 'sender.example',
        offer,
        status: 'pending',
        opened: true,
        marks,
        verificationDueDay: 2,
        verified: true,
        deferrals: 1,
        decision: null,
        capacityLacking: false,
      },
    ],
  };
}

/** Every screen of the open game, in one text. */
function openScreens(template: EmailTemplate, look: Look): string {
  const pack: ContentPack = { version: content.version, emails: [template] };
  const state = deskWith(template);
  const desk = viewDesk(state, pack, rules);
  const [letter] = desk.letters;
  return [
    renderStatus(desk, look),
    renderOpening(desk, look),
    renderInboxSummary(desk, look),
    renderStory(look),
    renderTechniques(look),
    renderInboxLine(letter!, look.width),
    renderLetter(letter!, { look, headersShown: false }),
    renderLetter(letter!, { look, headersShown: true }),
    renderPapers(letter!.papers!, look),
    renderUpgrades(state, rules, look),
  ].join('\n');
}

const fits = (screen: string, { width }: Look) =>
  screen.split('\n').filter((line) => displayWidth(line) > width);

describe.each(content.emails)('the mail $key', (template) => {
  it('looks the same before it is resolved, whatever the truth', () => {
    const look = plainLook(80);
    expect(openScreens(template, look)).toBe(openScreens(opposite(template), look));
  });

  it('tells neither what gives it away nor who really writes', () => {
    const shown = openScreens(template, plainLook(100)).replaceAll(/\s+/g, ' ');
    for (const { explanation } of template.indicators) {
      expect(shown).not.toContain(explanation.replaceAll(/\s+/g, ' '));
    }
    expect(shown).not.toContain('(claimed');
    expect(shown).not.toContain(template.key);
    expect(shown).not.toMatch(/legitimate|attackKind|supports|speaks (for|against) it/);
  });

  it('shows sender, subject, text and the real target of every link', () => {
    const shown = openScreens(template, plainLook(100)).replaceAll(/\s+/g, '');
    const all = [template.from.address, template.subject, ...template.links.map(({ target }) => target)];
    for (const text of all) expect(shown).toContain(text.replaceAll(/\s+/g, ''));
    for (const paragraph of template.body.split('\n').filter((line) => !line.startsWith('>'))) {
      // Link numbers are put into the text, so a paragraph is looked for without them.
      expect(shown.replaceAll(/\[\d\]/g, '')).toContain(
        paragraph.replaceAll(/\s+/g, '').replaceAll(/\[\d\]/g, ''),
      );
    }
  });

  it.each(widths)('fits a terminal of %i columns', (width) => {
    expect(fits(openScreens(template, plainLook(width)), plainLook(width))).toEqual([]);
  });
});

describe('screens of a whole game', () => {
  const game = playBot(11);

  it.each(widths)('fit a terminal of %i columns, lessons and reports as well', (width) => {
    const look = plainLook(width);
    const letters = game.journal.resolved();
    expect(letters.length).toBeGreaterThan(30);
    const screens = [
      ...letters.map((letter) => renderLesson(letter, look)),
      ...letters.map((letter) => renderDeceptionInShort(letter, look).join('\n')),
      ...game.journal.days.map((day) => renderDayEnd(day, { credits: 1, intel: 1 }, look)),
      ...game.guests.map((state) => renderGuests(state, game.journal, look).join('\n')),
      renderEvening(letters, look),
      renderNight(game.events, game.journal, look),
      renderShift(game.journal.days, look),
      renderFinal(game.journal.final!, look),
    ];
    for (const screen of screens) expect(fits(screen, look)).toEqual([]);
  });

  it('teach: a resolved deception names each cue with its words, an honest mail none', () => {
    for (const letter of game.journal.resolved()) {
      const lesson = renderLesson(letter, plainLook(100)).replaceAll(/\s+/g, ' ');
      for (const { evidence, explanation } of letter.template.indicators) {
        expect(lesson).toContain(`“${evidence.replaceAll(/\s+/g, ' ')}”`.slice(0, 60));
        expect(lesson).toContain(explanation.replaceAll(/\s+/g, ' ').slice(0, 40));
      }
      if (letter.template.legitimate) expect(lesson).not.toContain('What gave it away');
    }
  });

  it('hold back a letter whose decision is not resolved', () => {
    const journal = new Journal(content);
    for (const event of game.events) if (event.type !== 'game.decision.resolved') journal.add(event);
    expect(journal.resolved()).toEqual([]);
  });

  it('tell what each response to an incident costs, as the engine charges it', () => {
    const incident = { incidentKey: 'd01-i1', kind: 'ransomware', severity: 3, ransomCredits: 180 } as const;
    expect(renderIncident(incident, plainLook(80))).toContain('180 credits');
    expect(describeToll('contain', incident, rules)).toContain(
      String(tollOf('contain', incident, rules).credits),
    );
    expect(describeToll('ignore', incident, rules)).toContain('trust -9');
  });
});

function playBot(seed: number) {
  const context = { rules, content };
  const journal = new Journal(content);
  const events: GameEvent[] = [];
  const guests: SessionState[] = [];
  let state = initialState();
  while (!isOver(state)) {
    const action: Action =
      state.status === 'new'
        ? { type: 'start', seed, days: 10 }
        : chooseAction(state, context, { skill: 'novice', seed });
    const decided = decide(state, action, context);
    if (!decided.ok) throw new Error(decided.refusal.code);
    for (const event of decided.events) journal.add(event);
    events.push(...decided.events);
    state = fold(state, decided.events);
    if (state.clients.length > 0) guests.push(state);
  }
  return { journal, events, guests };
}
