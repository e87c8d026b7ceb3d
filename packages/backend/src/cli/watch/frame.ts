/**
 * Draws one frame of a watched session: where in it we are, the events around, what the present one changed, and the
 * state after it with the changed lines marked. Pure: the same view gives the same lines, exactly as many and as wide as
 * the terminal is.
 */
import type { SessionState } from '@archive-gate/game-engine';
import { compareStates, type StoredEvent } from '../../modules/game/index.ts';
import type { Paint } from '../paint.ts';
import { cutText, fitText, visibleText } from '../play/text-layout.ts';
import { counted, facilities, resources } from '../play/words.ts';
import { changeInOneLine } from '../state-words.ts';
import type { Moment } from './timeline.ts';

export interface WatchView {
  readonly sessionId: string;
  readonly position: number;
  readonly head: number;
  readonly moment: Moment;
  /** The events around the position, in order. */
  readonly events: readonly StoredEvent[];
  readonly playing: boolean;
  readonly following: boolean;
  /** Digits of a sequence that is being typed; null when none is. */
  readonly typed: string | null;
}

export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
}

export const SMALLEST: FrameSize = { columns: 40, rows: 12 };
/** Title, scrubber, a line between, and the keys. */
const FRAME_ROWS = 4;
/** Changes that are shown even where the state then has to be cut. */
const MOST_TELLING = 3;
const HELP = '←→ step  PgUp/PgDn page  Home/End  d next day  g jump  space play  f follow  q quit';

/** Rows that the list of events has in a terminal of this size. */
export const listRows = ({ rows }: FrameSize): number => Math.max(1, rows - FRAME_ROWS);

export function renderFrame(view: WatchView, size: FrameSize, paint: Paint): string[] {
  const { columns, rows } = size;
  if (columns < SMALLEST.columns || rows < SMALLEST.rows) return renderTooSmall(size);
  const listWidth = Math.min(36, Math.floor(columns * 0.42));
  const sideWidth = columns - listWidth - 3;
  const body = listRows(size);
  const list = renderEvents(view, listWidth, body, paint);
  const side = renderSide(view.moment, sideWidth, body, paint);
  const line = (at: number) => `${list[at]} ${paint.dim('│')} ${side[at]}`;
  return [
    paint.inverse(fitText(titleOf(view), columns)),
    paint.cyan(renderScrubber(view.position, view.head, columns)),
    ...Array.from({ length: body }, (_, at) => line(at)),
    paint.dim('─'.repeat(columns)),
    view.typed === null
      ? paint.dim(fitText(HELP, columns))
      : fitText(`Go to sequence: ${view.typed}▏  Enter goes, Esc gives up`, columns),
  ];
}

function renderTooSmall({ columns, rows }: FrameSize): string[] {
  const text = `The window is too small: ${SMALLEST.columns} by ${SMALLEST.rows} at least. q quits.`;
  return Array.from({ length: rows }, (_, at) => fitText(at === 0 ? text : '', columns));
}

function titleOf({ sessionId, position, head, moment, playing, following }: WatchView): string {
  const { day, days, phase } = moment.state;
  const mode = playing ? '  ▶ playing' : following ? '  ● following' : '';
  const where = `${position} of ${head}  day ${day} of ${days}  ${phase?.replaceAll('_', ' ') ?? 'not begun'}`;
  return ` ${where}${mode}  session ${sessionId}`;
}

/** `├────────●───────┤`, the knob at the end only when the position is. */
export function renderScrubber(position: number, head: number, columns: number): string {
  const room = columns - 3;
  const share = head === 0 ? 0 : position / head;
  const before = share === 1 ? room : Math.min(room - 1, Math.floor(share * room));
  return `├${'─'.repeat(before)}●${'·'.repeat(room - before)}┤`;
}

function renderEvents({ events, position }: WatchView, width: number, rows: number, paint: Paint): string[] {
  const lines = events.slice(0, rows).map(({ sequence, type }) => {
    const mark = sequence === position ? '›' : ' ';
    const text = fitText(`${mark}${String(sequence).padStart(6)} ${type.replace(/^game\./, '')}`, width);
    return sequence === position ? paint.inverse(text) : text;
  });
  return filled(lines, width, rows);
}

/** What changed first, as far as there is room above the state; then the state. */
function renderSide({ event, before, state }: Moment, width: number, rows: number, paint: Paint): string[] {
  const changes = compareStates(before, state).filter(({ path }) => path !== 'sequence');
  const fields = stateFields(state);
  const room = Math.max(MOST_TELLING, rows - fields.length - 2);
  const heading = event
    ? `${event.serverTime.toISOString().slice(0, 19).replace('T', ' ')} ${event.type}`
    : 'Before the first event';
  const told = changes.length === 0 ? ['nothing in the state'] : changes.map(changeInOneLine);
  const shown =
    told.length > room ? [...told.slice(0, room - 1), `… and ${told.length - room + 1} more`] : told;
  const changedFields = new Set(changes.map(({ path }) => path.split(/[.[]/)[0]));
  return filled(
    [
      paint.bold(fitText(heading, width)),
      ...shown.map((text) => paint.yellow(fitText(`  ${visibleText(text)}`, width))),
      paint.dim('─'.repeat(width)),
      ...fields.map(({ label, text, of }) => {
        const isChanged = of.some((field) => changedFields.has(field));
        const line = `${isChanged ? '*' : ' '} ${fitText(label, 9)}${cutText(text, Math.max(1, width - 11))}`;
        return isChanged ? paint.yellow(fitText(line, width)) : fitText(line, width);
      }),
    ],
    width,
    rows,
  );
}

interface StateField {
  readonly label: string;
  readonly text: string;
  /** The fields of the state that it shows. */
  readonly of: readonly (keyof SessionState)[];
}

function stateFields(state: SessionState): StateField[] {
  const { threatTier, heat, credits, trust, intel, allocation, inbox, clients, attacks, incidents } = state;
  const open = inbox.filter(({ status }) => status !== 'decided').length;
  const online = Object.entries(resources)
    .map(([name, { unit }]) => `${allocation[name as keyof typeof allocation]} ${unit}`)
    .join(', ');
  const { decided, correct, breaches } = state.totals;
  return [
    { label: 'status', text: state.status.replace('_', ' '), of: ['status'] },
    { label: 'threat', text: `${threatTier}, heat ${heat}`, of: ['threatTier', 'nextThreatTier', 'heat'] },
    { label: 'credits', text: String(credits), of: ['credits'] },
    { label: 'trust', text: String(trust), of: ['trust'] },
    { label: 'intel', text: String(intel), of: ['intel'] },
    {
      label: 'house',
      text: `${facilities[state.facilityTier]}, ${online}`,
      of: ['facilityTier', 'allocation'],
    },
    { label: 'defences', text: state.defences.join(', ').replaceAll('_', ' ') || 'none', of: ['defences'] },
    { label: 'inbox', text: `${counted(inbox.length, 'e-mail')}, ${open} open`, of: ['inbox'] },
    { label: 'guests', text: String(clients.length), of: ['clients'] },
    {
      label: 'attacks',
      text: `${attacks.length} on their way, ${counted(incidents.length, 'incident')} open`,
      of: ['attacks', 'incidents'],
    },
    {
      label: 'in all',
      text: `${decided} decided, ${correct} right, ${counted(breaches, 'breach', 'breaches')}`,
      of: ['totals'],
    },
  ];
}

/** Lines of exactly a width, exactly as many as asked for. */
function filled(lines: readonly string[], width: number, rows: number): string[] {
  return Array.from({ length: rows }, (_, at) => lines[at] ?? ' '.repeat(width));
}
