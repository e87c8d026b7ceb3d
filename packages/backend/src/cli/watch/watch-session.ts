/**
 * Watches a session in a terminal of one's own: its alternate screen, raw keys, and a frame drawn anew whenever
 * something changes. However it ends, the terminal is left as it was found.
 */
import { emitKeypressEvents } from 'node:readline';
import { paintFor } from '../paint.ts';
import { type Command, commandOf, type Key, withinSession } from './controls.ts';
import { type FrameSize, listRows, renderFrame } from './frame.ts';
import type { Timeline } from './timeline.ts';

/** Fast enough to see a day pass, slow enough to read what changed. */
const PLAY_EVERY_MS = 250;
const FOLLOW_EVERY_MS = 1_000;
/** Alternate screen, no cursor, no wrapping: a line that is a column too long must not move the others. */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l';
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l';
const USUAL: FrameSize = { columns: 80, rows: 24 };

export interface WatchOptions {
  readonly sessionId: string;
  /** Where to begin. */
  readonly position: number;
  readonly follow: boolean;
}

export async function watchInTerminal(timeline: Timeline, options: WatchOptions): Promise<void> {
  const watching = new Watching(timeline, options);
  const restore = takeTerminal();
  try {
    await watching.untilQuit();
  } finally {
    restore();
  }
}

/** @returns what gives the terminal back; a crash or a signal does so too */
function takeTerminal(): () => void {
  const { stdin, stdout } = process;
  let taken = true;
  const restore = () => {
    if (!taken) return;
    taken = false;
    process.off('exit', restore);
    stdout.write(LEAVE);
    stdin.setRawMode(false);
    stdin.pause();
  };
  process.once('exit', restore);
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  stdout.write(ENTER);
  return restore;
}

class Watching {
  readonly #timeline: Timeline;
  readonly #sessionId: string;
  #position: number;
  #following: boolean;
  #playing = false;
  #typed: string | null = null;
  #drawings = 0;
  #quit: () => void = () => {};
  #fail: (error: unknown) => void = () => {};

  constructor(timeline: Timeline, { sessionId, position, follow }: WatchOptions) {
    this.#timeline = timeline;
    this.#sessionId = sessionId;
    this.#position = withinSession(position, timeline.head);
    this.#following = follow;
  }

  async untilQuit(): Promise<void> {
    const { stdin, stdout } = process;
    const onKey = (_text: unknown, key: Key) => this.#tryTo(() => this.#press(key));
    const redraw = () => this.#tryTo(() => this.#draw());
    const quit = () => this.#quit();
    const timers = [
      setInterval(() => this.#tryTo(() => this.#playOn()), PLAY_EVERY_MS),
      setInterval(() => this.#tryTo(() => this.#followOn()), FOLLOW_EVERY_MS),
    ];
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const ended = new Promise<void>((resolve, reject) => {
      this.#quit = resolve;
      this.#fail = reject;
    });
    stdin.on('keypress', onKey).once('end', quit);
    stdout.on('resize', redraw);
    for (const signal of signals) process.once(signal, quit);
    try {
      redraw();
      await ended;
    } finally {
      for (const timer of timers) clearInterval(timer);
      for (const signal of signals) process.off(signal, quit);
      stdin.off('keypress', onKey).off('end', quit);
      stdout.off('resize', redraw);
    }
  }

  #tryTo(work: () => Promise<void>): void {
    work().catch((error) => this.#fail(error));
  }

  async #press(key: Key): Promise<void> {
    const command = commandOf(key, this.#typed);
    if (command === null) return;
    if (command.kind === 'quit') return this.#quit();
    this.#typed = command.kind === 'type' ? command.typed : null;
    if (command.kind !== 'type') await this.#obey(command);
    await this.#draw();
  }

  async #obey(command: Command): Promise<void> {
    const { head } = this.#timeline;
    const moveTo = (sequence: number) => {
      this.#position = withinSession(sequence, head);
      this.#playing = false;
    };
    switch (command.kind) {
      case 'move':
        return moveTo(this.#position + command.by);
      case 'page':
        return moveTo(this.#position + command.by * listRows(sizeOf(process.stdout)));
      case 'first':
        return moveTo(0);
      case 'last':
        return moveTo(head);
      case 'jump':
        return moveTo(command.to);
      case 'next-day':
        return moveTo((await this.#timeline.nextDay(this.#position)) ?? head);
      case 'play':
        this.#playing = !this.#playing;
        return;
      case 'follow':
        this.#following = !this.#following;
        return;
    }
  }

  async #playOn(): Promise<void> {
    if (!this.#playing) return;
    if (this.#position < this.#timeline.head) this.#position += 1;
    // Somebody who follows waits at the end for what comes.
    else if (!this.#following) this.#playing = false;
    await this.#draw();
  }

  async #followOn(): Promise<void> {
    if (!this.#following) return;
    const wasAtEnd = this.#position === this.#timeline.head;
    const before = this.#timeline.head;
    await this.#timeline.refresh();
    if (this.#timeline.head === before) return;
    if (wasAtEnd && !this.#playing) this.#position = this.#timeline.head;
    await this.#draw();
  }

  /** What is read for a drawing may arrive behind that of a later one, which then has been drawn already. */
  async #draw(): Promise<void> {
    this.#drawings += 1;
    const drawing = this.#drawings;
    const position = this.#position;
    const rows = listRows(sizeOf(process.stdout));
    const first = Math.max(1, Math.min(position - (rows >> 1), this.#timeline.head - rows + 1));
    const moment = await this.#timeline.at(position);
    const events = await this.#timeline.between(first, first + rows - 1);
    if (drawing !== this.#drawings) return;
    const view = {
      sessionId: this.#sessionId,
      position,
      head: this.#timeline.head,
      moment,
      events,
      playing: this.#playing,
      following: this.#following,
      typed: this.#typed,
    };
    const lines = renderFrame(view, sizeOf(process.stdout), paintFor(process.stdout));
    process.stdout.write(lines.map((line, at) => `\x1b[${at + 1};1H${line}\x1b[K`).join(''));
  }
}

/** Terminals of containers may give their size as 0. */
const sizeOf = ({ columns, rows }: { readonly columns?: number; readonly rows?: number }): FrameSize => ({
  columns: columns || USUAL.columns,
  rows: rows || USUAL.rows,
});
