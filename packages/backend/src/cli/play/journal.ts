/**
 * What has happened in a session so far, gathered from its events: letters and what became of them, days and their
 * reports. Here the truth is known; screens take from it only letters whose decision is resolved.
 */
import type {
  ContentPack,
  EmailTemplate,
  EventData,
  GameEvent,
  IndicatorMark,
} from '@archive-gate/game-engine';

export type Verdict = EventData<'game.decision.resolved'>;
export type DayReport = EventData<'game.day.ended'>;
export type FinalReport = EventData<'game.session.completed'>;
export type Breach = EventData<'game.breach.occurred'>;

export interface Letter {
  readonly emailKey: string;
  readonly template: EmailTemplate;
  readonly day: number;
  readonly marks: readonly IndicatorMark[];
  /** Keys of the indicators that the player found. */
  readonly found: readonly string[];
  /** Null until the evening of its decision. */
  readonly verdict: Verdict | null;
}

export type ResolvedLetter = Letter & { readonly verdict: Verdict };

export class Journal {
  readonly days: DayReport[] = [];
  readonly breaches: Breach[] = [];
  final: FinalReport | null = null;
  readonly #letters = new Map<string, Letter>();
  readonly #templates: ReadonlyMap<string, EmailTemplate>;

  constructor(content: ContentPack) {
    this.#templates = new Map(content.emails.map((template) => [template.key, template]));
  }

  add(event: GameEvent): void {
    switch (event.type) {
      case 'game.email.received':
        this.#receive(event.data);
        return;
      case 'game.indicator.marked':
        this.#mark(event.data);
        return;
      case 'game.decision.resolved':
        this.#change(event.data.emailKey, { verdict: event.data });
        return;
      case 'game.breach.occurred':
        this.breaches.push(event.data);
        return;
      case 'game.day.ended':
        this.days.push(event.data);
        return;
      case 'game.session.completed':
        this.final = event.data;
    }
  }

  letter(emailKey: string): Letter | undefined {
    return this.#letters.get(emailKey);
  }

  /** In the order in which they came. */
  resolved(): ResolvedLetter[] {
    return [...this.#letters.values()].filter(isResolved);
  }

  #receive({ emailKey, templateKey, day }: EventData<'game.email.received'>): void {
    const template = this.#templates.get(templateKey);
    if (template)
      this.#letters.set(emailKey, { emailKey, template, day, marks: [], found: [], verdict: null });
  }

  #mark({ emailKey, technique, location, correct, indicatorKeys }: EventData<'game.indicator.marked'>): void {
    const letter = this.#letters.get(emailKey);
    if (!letter) return;
    this.#change(emailKey, {
      marks: [...letter.marks, { technique, location, correct }],
      found: [...letter.found, ...indicatorKeys],
    });
  }

  #change(emailKey: string, change: Partial<Letter>): void {
    const letter = this.#letters.get(emailKey);
    if (letter) this.#letters.set(emailKey, { ...letter, ...change });
  }
}

export const isResolved = (letter: Letter): letter is ResolvedLetter => letter.verdict !== null;
