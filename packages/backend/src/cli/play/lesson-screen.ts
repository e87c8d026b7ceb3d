/**
 * What a decision turned out to be, and why one could have known: each cue with its place and its words, what the
 * papers spoke for, which marks were right. For letters whose decision is resolved, and for no other.
 */
import type { EmailTemplate } from '@archive-gate/game-engine';
import type { ResolvedLetter } from './journal.ts';
import type { Look } from './look.ts';
import { renderMail } from './mail-screen.ts';
import { sealMail } from './sealed-view.ts';
import { besideLabel, cutText, fitText, indentText, visibleText } from './text-layout.ts';
import { decisions, locations, outcomes, paperKinds, paperVerdicts, signed, techniques } from './words.ts';

/** One line: right or wrong, what was decided, about what. */
export function renderVerdictLine({ template, verdict }: ResolvedLetter, width: number): string {
  const sign = verdict.correct ? '✓' : '✗';
  const nature = verdict.legitimate ? 'honest' : 'DECEPTION';
  const changes = describeChanges(verdict);
  const left = `${sign} ${fitText(decisions[verdict.decision].name, 8)} ${fitText(nature, 10)}`;
  const room = width - left.length - changes.length - 2;
  return `${left}${fitText(visibleText(template.subject).replaceAll('\n', ' '), Math.max(8, room))}  ${changes}`;
}

function describeChanges({ creditsDelta, trustDelta, intelDelta }: ResolvedLetter['verdict']): string {
  const changes = [
    trustDelta === 0 ? '' : `trust ${signed(trustDelta)}`,
    creditsDelta === 0 ? '' : `cr ${signed(creditsDelta)}`,
    intelDelta === 0 ? '' : `intel ${signed(intelDelta)}`,
  ].filter((change) => change !== '');
  return fitText(changes.join(' '), 24);
}

/** The whole lesson of one letter, with the mail itself above it. */
export function renderLesson(letter: ResolvedLetter, look: Look): string {
  const { template, verdict } = letter;
  const { paint, width } = look;
  const headline = outcomes[verdict.outcome];
  return [
    ...renderMail(sealMail(template), { look, headersShown: true }),
    '',
    ...indentText(headline, width, 0).map(verdict.correct ? paint.green : paint.red),
    '',
    ...(template.legitimate ? renderHonest(letter, look) : renderCues(letter, look)),
    ...renderPaperVerdicts(template, look),
  ].join('\n');
}

/** Who deceived, by what, and by which words one could have known. */
export function renderCues(letter: ResolvedLetter, { width, paint }: Look): string[] {
  const lines = letter.template.indicators.flatMap((indicator) => {
    const found = letter.found.includes(indicator.key);
    const title = `${found ? '✓' : '·'} ${techniques[indicator.technique].name}, in ${locations[indicator.location]}${found ? ' (you marked it)' : ''}`;
    return [
      ...indentText(title, width, 0).map((line) => (found ? paint.green(line) : paint.bold(line))),
      ...indentText(`“${visibleText(indicator.evidence)}”`, width, 4).map((line) => paint.yellow(line)),
      ...indentText(visibleText(indicator.explanation), width, 4),
      '',
    ];
  });
  return [paint.bold('What gave it away'), '', ...lines, ...renderWrongMarks(letter, { width, paint })];
}

function renderHonest(letter: ResolvedLetter, look: Look): string[] {
  const wrong = renderWrongMarks(letter, look);
  return letter.verdict.correct && wrong.length === 0
    ? []
    : [...indentText('Nothing in it was false; what the papers say is below.', look.width, 0), '', ...wrong];
}

function renderWrongMarks({ marks }: ResolvedLetter, { width, paint }: Look): string[] {
  const wrong = marks.filter((mark) => !mark.correct);
  if (wrong.length === 0) return [];
  const lines = wrong.flatMap((mark) =>
    indentText(`${techniques[mark.technique].name}, in ${locations[mark.location]}`, width, 2),
  );
  return [paint.bold('Marked, but not there'), ...lines, ''];
}

function renderPaperVerdicts(template: EmailTemplate, { width, paint }: Look): string[] {
  const lines = template.artifacts.flatMap(({ kind, title, content, supports }) => [
    ...indentText(`${paperKinds[kind]}: ${visibleText(title)} — ${paperVerdicts[supports]}`, width, 0).map(
      paint.bold,
    ),
    ...indentText(visibleText(content).trimEnd(), width, 4),
    '',
  ]);
  return [paint.bold('The papers'), '', ...lines];
}

/** How the day was judged; the letters themselves are the choices below it. */
export function renderEvening(letters: readonly ResolvedLetter[], { width, paint }: Look): string {
  if (letters.length === 0) return paint.bold('Evening: nothing was decided today.');
  const right = letters.filter(({ verdict }) => verdict.correct).length;
  const wrong = letters.length - right;
  return [
    paint.bold(`Evening: ${right} of ${letters.length} judged rightly`),
    ...(wrong > 0 ? indentText(`${wrong} to learn from.`, width) : []),
  ].join('\n');
}

/** One deceptive letter in short, for the end of the game. */
export function renderDeceptionInShort(letter: ResolvedLetter, { width, paint }: Look): string[] {
  const { template, verdict, found } = letter;
  const title = cutText(
    `${verdict.correct ? '✓' : '✗'} Day ${letter.day}: ${visibleText(template.subject).replaceAll('\n', ' ')}`,
    width,
  );
  const cues = template.indicators.map(
    ({ key, technique, location }) =>
      `${techniques[technique].name.toLowerCase()} in ${locations[location]}${found.includes(key) ? ' (marked)' : ''}`,
  );
  return [
    verdict.correct ? paint.green(title) : paint.red(title),
    ...besideLabel('  from', visibleText(`${template.from.name} <${template.from.address}>`), width, 9),
    ...besideLabel('  you', `${decisions[verdict.decision].name.toLowerCase()}`, width, 9),
    ...besideLabel('  cues', cues.join('; '), width, 9),
  ];
}
