/** The desk: the day's opening, the line of vital numbers above every screen, and the inbox. */
import { Resource, ThreatTier } from '@archive-gate/game-engine';
import { capacityBar, shareBar, signedBar } from './bars.ts';
import type { Look } from './look.ts';
import type { DeskView, SealedLetter } from './sealed-view.ts';
import { cutText, fitText, indentText, visibleText, wrapText } from './text-layout.ts';
import { counted, decisions, facilities, resources, statuses, techniques, threatTiers } from './words.ts';

const BAR = 24;

/** One line: where the game stands. */
export function renderStatus(view: DeskView, { width, paint }: Look): string {
  const line = `Day ${view.day}/${view.days}   ${view.threatTier}   ${view.credits} credits   trust ${view.trust}   intel ${view.intel}   ${facilities[view.facilityTier]}, ${counted(view.guests, 'guest')}`;
  return paint.inverse(fitText(` ${line}`, width));
}

const STORY = [
  'The internet has fallen to a worm. You keep the gate of the last data centre, and everybody writes to you: people who need a place for what they must not lose, partners, authorities, strangers, and those who only pretend to be one of these.',
  'Read each mail with care. Let honest requests through, turn deceptions away, mark what gives them away, and ask for papers when you are not sure. In the evening you learn what was true; at night come the consequences.',
];

/** What the game is about, for somebody who opens it for the first time. */
export function renderStory({ width, paint }: Look): string {
  const paragraphs = STORY.map((text) => wrapText(text, width).join('\n'));
  return [paint.bold('The DMZ: Archive Gate'), ...paragraphs].join('\n\n');
}

export function renderOpening(view: DeskView, look: Look): string {
  const { paint, width } = look;
  const tier = ThreatTier.options.indexOf(view.threatTier);
  const row = (label: string, bar: string, text: string): string =>
    cutText(`  ${fitText(label, 11)}${bar}  ${text}`, width);
  const waiting = view.letters.length;
  return [
    paint.bold(`Day ${view.day} of ${view.days}`),
    '',
    row(
      'Threat',
      shareBar(tier + 1, ThreatTier.options.length, BAR),
      `${view.threatTier}: ${threatTiers[view.threatTier].hint}`,
    ),
    row('Trust', signedBar(view.trust, 100, BAR + 1), `${view.trust} of 100`),
    cutText(`  ${fitText('Credits', 11)}${view.credits}`, width),
    cutText(`  ${fitText('Intel', 11)}${counted(view.intel, 'fragment')}`, width),
    '',
    ...renderFacility(view, look),
    '',
    ...indentText(
      waiting === 0
        ? 'The inbox is empty. Today’s mail comes when you open the gate.'
        : `${counted(waiting, 'mail')} from before ${waiting === 1 ? 'waits' : 'wait'}. Today’s mail comes when you open the gate.`,
      width,
    ),
  ].join('\n');
}

/** What the house holds, resource by resource: used, online and free, and how far it could grow. */
export function renderFacility(view: DeskView, { width, paint }: Look): string[] {
  const lines = Resource.options.map((resource) => {
    const used = view.allocation[resource] - view.free[resource];
    const online = view.allocation[resource];
    const bar = capacityBar(used, online, view.ceiling[resource], BAR);
    const { name, unit } = resources[resource];
    return cutText(
      `  ${fitText(name, 11)}${bar}  ${used} of ${online} ${unit} used, at most ${view.ceiling[resource]}`,
      width,
    );
  });
  const defences =
    view.defences.length === 0
      ? 'no defences yet'
      : view.defences.map((each) => each.replaceAll('_', ' ')).join(', ');
  return [
    paint.bold(cutText(`${facilities[view.facilityTier]}, ${counted(view.guests, 'guest')}`, width)),
    ...lines,
    paint.dim(cutText(`  ${fitText('', 11)}█ used  ▒ online  · could be brought online`, width)),
    ...indentText(`Defences: ${defences}`, width),
  ];
}

/** A line of the inbox: from, subject, state; exactly `width` columns, so that the columns stand below each other. */
export function renderInboxLine(letter: SealedLetter, width: number): string {
  const state = stateOf(letter);
  const stateWidth = 18;
  const fromWidth = Math.max(10, Math.floor((width - stateWidth - 2) * 0.38));
  const subjectWidth = Math.max(8, width - stateWidth - fromWidth - 2);
  const from = fitText(oneLine(letter.mail.from.name), fromWidth);
  const subject = fitText(oneLine(letter.mail.subject), subjectWidth);
  return `${from} ${subject} ${cutText(state, stateWidth)}`;
}

const oneLine = (text: string): string => visibleText(text).replaceAll('\n', ' ');

function stateOf(letter: SealedLetter): string {
  if (letter.decision) return `${decisions[letter.decision].name} ✓`;
  if (letter.status !== 'pending') return statuses[letter.status];
  const notes = [
    letter.papers ? 'papers' : '',
    letter.marks.length > 0 ? counted(letter.marks.length, 'mark') : '',
    letter.deferrals > 0 ? 'waited' : '',
  ].filter((note) => note !== '');
  if (notes.length > 0) return notes.join(', ');
  return letter.opened ? 'read' : 'new';
}

export function renderInboxSummary(view: DeskView, { width, paint }: Look): string {
  const open = view.letters.filter(({ status }) => status === 'pending').length;
  const hold =
    view.creditsOnHold > 0
      ? [
          `${view.creditsOnHold} credits are on hold for marks; those of right marks come back in the evening.`,
        ]
      : [];
  return [
    paint.bold(`Inbox: ${counted(view.letters.length, 'mail')}, ${open} to decide`),
    ...hold.flatMap((line) => indentText(line, width)),
  ].join('\n');
}

/** The techniques in one list, for somebody who marks for the first time. */
export function renderTechniques({ width, paint }: Look): string {
  const lines = Object.values(techniques).map(({ name, hint }) =>
    cutText(`  ${fitText(name, 24)} ${hint}`, width),
  );
  return [paint.bold('What gives a deception away'), ...lines].join('\n');
}
