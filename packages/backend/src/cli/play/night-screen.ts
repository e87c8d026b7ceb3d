/** The night: which attacks were stopped, which became breaches and through which mail, and what to do about them. */
import {
  type GameEvent,
  type Incident,
  IncidentResponse,
  type Rules,
  type ThreatTier,
  tollOf,
} from '@archive-gate/game-engine';
import type { Breach, Journal } from './journal.ts';
import type { Look } from './look.ts';
import { indentText, visibleText } from './text-layout.ts';
import { attackKinds, counted, responses, signed, threatTiers } from './words.ts';

export function renderNight(events: readonly GameEvent[], journal: Journal, { width, paint }: Look): string {
  const lines = events.flatMap((event): string[] => {
    switch (event.type) {
      case 'game.attack.blocked':
        return indentText(
          `✓ An attack was stopped: ${attackKinds[event.data.kind]}, severity ${event.data.severity} of 5 (the odds were ${Math.round(event.data.blockPermille / 10)} %).`,
          width,
        ).map(paint.green);
      case 'game.breach.occurred':
        return renderBreach(event.data, journal, { width, paint });
      case 'game.client.departed':
        return indentText('A guest packed up and left.', width, 4);
      case 'game.threat.assessed':
        return renderAssessment(event.data.previousTier, event.data.threatTier, { width, paint });
      default:
        return [];
    }
  });
  const quiet = !events.some(({ type }) => type === 'game.attack.blocked' || type === 'game.breach.occurred');
  return [
    paint.bold('The night'),
    '',
    ...(quiet ? indentText('Nobody came through the wire.', width) : []),
    ...lines,
  ].join('\n');
}

function renderBreach(breach: Breach, journal: Journal, { width, paint }: Look): string[] {
  const letter = breach.emailKey === null ? undefined : journal.letter(breach.emailKey);
  const cause = letter
    ? `It came in with the mail “${visibleText(letter.template.subject)}” of day ${letter.day}, which you approved.`
    : 'Nobody let it in: the worm tried the wall itself.';
  const cost = `credits ${signed(breach.creditsDelta)}, trust ${signed(breach.trustDelta)}${breach.ransomCredits > 0 ? `; they want a ransom of ${breach.ransomCredits} credits` : ''}`;
  return [
    ...indentText(`✗ BREACH: ${attackKinds[breach.kind]}, severity ${breach.severity} of 5.`, width).map(
      (line) => paint.red(paint.bold(line)),
    ),
    ...indentText(cause, width, 4),
    ...indentText(cost, width, 4),
    '',
  ];
}

function renderAssessment(before: ThreatTier, after: ThreatTier, { width }: Look): string[] {
  const text =
    before === after
      ? `The threat stays ${after}.`
      : `The threat goes from ${before} to ${after}: ${threatTiers[after].hint}.`;
  return ['', ...indentText(text, width)];
}

export function renderIncident(incident: Incident, { width, paint }: Look): string {
  return [
    paint.bold(paint.red(`Incident: ${attackKinds[incident.kind]}, severity ${incident.severity} of 5`)),
    ...indentText(
      incident.ransomCredits > 0
        ? `A ransom of ${incident.ransomCredits} credits is asked.`
        : 'Nobody asks for a ransom.',
      width,
    ),
  ].join('\n');
}

/** What a response costs and brings, beside its name: every one, so that a player can weigh it. */
export function describeToll(response: IncidentResponse, incident: Incident, rules: Rules): string {
  const toll = tollOf(response, incident, rules);
  const parts = [
    toll.credits === 0 ? 'no credits' : counted(toll.credits, 'credit'),
    toll.trust === 0 ? '' : `trust ${signed(toll.trust)}`,
    toll.intel === 0 ? '' : `intel ${signed(toll.intel)}`,
    toll.heat === 0 ? '' : 'draws attackers',
  ].filter((part) => part !== '');
  return parts.join(', ');
}

export const responsesInOrder = IncidentResponse.options.map((response) => ({
  response,
  ...responses[response],
}));
