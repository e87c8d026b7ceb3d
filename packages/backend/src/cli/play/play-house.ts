/** The rest of the day: its opening, the night's threats and incidents, the house and the workshop. */
import { type Action, type ActionOf, upgradePrice } from '@archive-gate/game-engine';
import type { Choice } from './console.ts';
import { renderFacility, renderOpening, renderStatus } from './desk-screen.ts';
import { describePrice, describeUpgrade, guestName, renderGuests, renderUpgrades } from './house-screen.ts';
import { describeToll, renderIncident, renderNight, responsesInOrder } from './night-screen.ts';
import { renderDayEnd } from './report-screen.ts';
import { perform, type Seat } from './seat.ts';
import { resources } from './words.ts';

const leaveChoice = { value: 'leave', label: 'Leave' } as const;

export async function playOpening(seat: Seat): Promise<void> {
  const { screen, session } = seat;
  screen.page(renderOpening(session.desk, screen.look));
  const choice = await screen.choose('Ready?', [{ value: 'open', label: 'Open the gate' }, leaveChoice]);
  if (choice === 'leave') return seat.offerToLeave();
  await perform(seat, { type: 'acknowledge_day' });
}

export async function playNight(seat: Seat): Promise<void> {
  const { screen, session } = seat;
  screen.page(renderStatus(session.desk, screen.look), screen.look.paint.bold('The night falls.'));
  const choice = await screen.choose('The day’s mail is done.', [
    { value: 'on', label: 'See what the night brings' },
    leaveChoice,
  ]);
  if (choice === 'leave') return seat.offerToLeave();
  const events = await perform(seat, { type: 'process_threats' });
  if (!events) return;
  screen.page(renderStatus(session.desk, screen.look), renderNight(events, session.journal, screen.look));
  await screen.pause('Go on');
}

export async function playIncident(seat: Seat): Promise<void> {
  const { screen, session } = seat;
  const [incident] = session.state.incidents;
  if (incident === undefined) return;
  screen.page(renderStatus(session.desk, screen.look), renderIncident(incident, screen.look));
  const legal = session.legal();
  const choices = responsesInOrder.flatMap(({ response, name, hint }): Choice<Action | 'leave'>[] => {
    const action = legal.find(
      (each) =>
        each.type === 'resolve_incident' &&
        each.incidentKey === incident.incidentKey &&
        each.response === response,
    );
    const toll = describeToll(response, incident, session.context.rules);
    return action ? [{ value: action, label: `${name}: ${toll}`, hint }] : [];
  });
  const choice = await screen.choose('What do you do about it?', [...choices, leaveChoice]);
  if (choice === 'leave') return seat.offerToLeave();
  await perform(seat, choice);
}

export async function playResources(seat: Seat): Promise<void> {
  const { screen, session } = seat;
  const { look } = screen;
  screen.page(
    renderStatus(session.desk, look),
    renderFacility(session.desk, look).join('\n'),
    renderGuests(session.state, session.journal, look).join('\n'),
  );
  const choice = await screen.choose<Action | 'leave'>('The house', [
    { value: { type: 'advance_day' }, label: 'Go on to the workshop' },
    ...session
      .legal()
      .flatMap((action): Choice<Action>[] =>
        action.type === 'adjust_resource' ? [describeAdjustment(seat, action)] : [],
      ),
    leaveChoice,
  ]);
  if (choice === 'leave') return seat.offerToLeave();
  await perform(seat, choice);
}

function describeAdjustment({ session }: Seat, action: ActionOf<'adjust_resource'>): Choice<Action> {
  if (action.resource === 'client') {
    return { value: action, label: `Ask ${guestName(action.clientKey, session.journal)} to leave` };
  }
  const { name, unit } = resources[action.resource];
  const { pricePerStep } = session.context.rules.resources[action.resource];
  return action.change > 0
    ? { value: action, label: `${name}: ${action.change} ${unit} more`, hint: `${pricePerStep} credits` }
    : { value: action, label: `${name}: ${-action.change} ${unit} less`, hint: 'nothing is refunded' };
}

export async function playUpgrades(seat: Seat): Promise<void> {
  const { screen, session } = seat;
  const { look } = screen;
  screen.page(renderStatus(session.desk, look), renderUpgrades(session.state, session.context.rules, look));
  const choice = await screen.choose<Action | 'leave'>('The workshop', [
    { value: { type: 'advance_day' }, label: 'End the day' },
    ...session
      .legal()
      .flatMap((action): Choice<Action>[] =>
        action.type === 'purchase_upgrade' ? [describePurchase(seat, action)] : [],
      ),
    leaveChoice,
  ]);
  if (choice === 'leave') return seat.offerToLeave();
  const events = await perform(seat, choice);
  const ended = events?.find((event) => event.type === 'game.day.ended');
  if (ended?.type !== 'game.day.ended' || session.journal.final) return;
  screen.page(renderDayEnd(ended.data, session.desk, look));
  await screen.pause('To the next day');
}

function describePurchase({ session }: Seat, action: ActionOf<'purchase_upgrade'>): Choice<Action> {
  const { name, hint } = describeUpgrade(action.upgrade, session.state);
  const price = upgradePrice(session.state, action.upgrade, session.context.rules);
  return { value: action, label: price ? `${name} for ${describePrice(price)}` : name, hint };
}
