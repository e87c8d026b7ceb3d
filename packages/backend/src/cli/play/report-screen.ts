/** Reports: a day's end, the whole shift as a table with its pictures, and the final score. */

import type { FacilityTier, Grade } from '@archive-gate/game-engine';
import Table from 'cli-table3';
import { BARE } from '../print-table.ts';
import { shareBar, signedBar } from './bars.ts';
import type { DayReport, FinalReport } from './journal.ts';
import type { Look } from './look.ts';
import { cutText, fitText } from './text-layout.ts';
import { counted, facilities } from './words.ts';

const grades: Readonly<Record<Grade, string>> = {
  A: 'The gate is in the best hands there are.',
  B: 'A gate that people trust, and few get past.',
  C: 'It holds. Some nights were long.',
  D: 'It still stands. Read on below what got in.',
  F: 'The gate fell open. What got in, and how to see it coming, is below.',
};

/**
 * @param purse  what the player may see of it: with marks on mails still open, a little less than the event says
 */
export function renderDayEnd(
  report: DayReport,
  purse: { credits: number; intel: number },
  { width, paint }: Look,
): string {
  const { tally } = report;
  const row = (label: string, text: string): string => cutText(`  ${fitText(label, 12)}${text}`, width);
  return [
    paint.bold(`Day ${report.day} is over`),
    '',
    row('Mail', `${tally.received} came, ${tally.decided} decided, ${tally.correct} of them rightly`),
    row(
      'Left',
      `${counted(tally.deferred, 'time')} put off, ${tally.expired} expired, ${report.carried} wait for tomorrow`,
    ),
    row('Attacks', `${tally.attacksBlocked} stopped, ${counted(tally.breaches, 'breach', 'breaches')}`),
    row('Guests', `${report.clients} in the house, ${tally.clientsAdmitted} new`),
    row('Credits', `${purse.credits}`),
    row('Trust', `${signedBar(report.trust, 100, 21)}  ${report.trust}`),
    row('Intel', `${purse.intel}`),
    row('Score', `${shareBar(report.score, 1_000, 20)}  ${report.score} of 1000`),
  ].join('\n');
}

/** Columns of the shift's table, and the width of terminal from which each is shown. */
const columns: readonly { head: string; from: number; of: (report: DayReport) => number | string }[] = [
  { head: 'day', from: 0, of: ({ day }) => day },
  { head: 'mail', from: 52, of: ({ tally }) => tally.received },
  { head: 'decided', from: 80, of: ({ tally }) => tally.decided },
  { head: 'right', from: 0, of: ({ tally }) => tally.correct },
  { head: 'put off', from: 80, of: ({ tally }) => tally.deferred },
  { head: 'expired', from: 80, of: ({ tally }) => tally.expired },
  { head: 'breach', from: 0, of: ({ tally }) => tally.breaches },
  { head: 'credits', from: 0, of: ({ credits }) => credits },
  { head: 'trust', from: 0, of: ({ trust }) => trust },
  { head: 'intel', from: 80, of: ({ intel }) => intel },
  { head: 'threat', from: 52, of: ({ threatTier }) => threatTier },
  { head: 'score', from: 0, of: ({ score }) => score },
];

/** The whole shift, a row a day, and below it a picture of credits and trust. */
export function renderShift(days: readonly DayReport[], { width, paint }: Look): string {
  const shown = columns.filter(({ from }) => width >= from);
  const table = new Table({
    head: shown.map(({ head }) => head),
    colAligns: shown.map(({ head }) => (head === 'threat' ? 'left' : 'right')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: frameless,
  });
  table.push(...days.map((report) => shown.map(({ of }) => String(of(report)))));
  const [head = '', ...rows] = table.toString().split('\n');
  return [paint.bold(head), ...rows, '', ...renderCourse(days, { width, paint })].join('\n');
}

/** How credits and trust went, a line a day. */
function renderCourse(days: readonly DayReport[], { width, paint }: Look): string[] {
  const most = Math.max(1, ...days.map(({ credits }) => credits));
  const barWidth = Math.max(8, Math.floor((width - 26) / 2));
  const lines = days.map(({ day, credits, trust }) =>
    cutText(
      `${String(day).padStart(3)}  ${shareBar(credits, most, barWidth)} ${String(credits).padStart(6)}  ${signedBar(trust, 100, barWidth)} ${String(trust).padStart(4)}`,
      width,
    ),
  );
  return [paint.bold(fitText(`day  ${fitText('credits', barWidth + 9)}trust`, width).trimEnd()), ...lines];
}

const frameless = { ...BARE, middle: ' ' };

/** The last line of a game. */
export function describeFinal({
  score,
  grade,
  totals,
  trust,
  credits,
  facilityTier,
  clients,
}: FinalReport): string {
  return `Score ${score} of 1000, grade ${grade}: ${totals.correct} of ${totals.decided} judged rightly, ${counted(totals.breaches, 'breach', 'breaches')}, trust ${trust}, ${credits} credits, ${describeHouse(facilityTier, clients)}.`;
}

const describeHouse = (tier: FacilityTier, guests: number): string =>
  `${facilities[tier].toLowerCase()} with ${counted(guests, 'guest')}`;

export function renderFinal(final: FinalReport, { width, paint }: Look): string {
  const { score, grade, totals } = final;
  const row = (label: string, text: string): string => cutText(`  ${fitText(label, 12)}${text}`, width);
  return [
    paint.bold(`The shift is over. Grade ${grade}.`),
    cutText(grades[grade], width),
    '',
    row('Score', `${shareBar(score, 1_000, 20)}  ${score} of 1000`),
    row(
      'Judgement',
      `${totals.correct} of ${totals.decided} mails rightly (${(final.accuracyPermille / 10).toFixed(1)} %)`,
    ),
    row('Marks', `${totals.marksRight} right, ${totals.marksWrong} wrong`),
    row('Attacks', `${totals.attacksBlocked} stopped, ${counted(totals.breaches, 'breach', 'breaches')}`),
    row('House', `${describeHouse(final.facilityTier, final.clients)}, ${totals.clientsAdmitted} admitted`),
    row('In hand', `${final.credits} credits, trust ${final.trust}, intel ${final.intel}`),
  ].join('\n');
}
