/** Running the house: what can be brought online and bought, and at which price. */
import {
  nextFacilityTier,
  type Rules,
  type SessionState,
  Upgrade,
  upgradePrice,
} from '@archive-gate/game-engine';
import type { Journal } from './journal.ts';
import type { Look } from './look.ts';
import { describeResources } from './mail-screen.ts';
import { cutText, fitText, visibleText } from './text-layout.ts';
import { counted, defences, facilities } from './words.ts';

export function renderGuests(state: SessionState, journal: Journal, { width, paint }: Look): string[] {
  if (state.clients.length === 0) return [paint.dim('No guests yet: approve honest requests for a place.')];
  const lines = state.clients.map(({ clientKey, untilDay, creditsPerDay, occupies }) =>
    cutText(
      `  ${fitText(guestName(clientKey, journal), 30)} ${fitText(`${creditsPerDay} cr a day`, 12)} until day ${untilDay}, ${describeResources(occupies)}`,
      width,
    ),
  );
  return [paint.bold('Guests'), ...lines];
}

/** The organisation behind a guest, which it has shown to be by being admitted. */
export function guestName(clientKey: string, journal: Journal): string {
  const letter = journal.letter(clientKey.replace(/-c$/, ''));
  return letter ? visibleText(letter.template.organisation) : clientKey;
}

export function renderUpgrades(state: SessionState, rules: Rules, { width, paint }: Look): string {
  const lines = Upgrade.options.map((upgrade) => {
    const price = upgradePrice(state, upgrade, rules);
    const { name, hint } = describeUpgrade(upgrade, state);
    const cost = price === null ? 'yours' : describePrice(price);
    return cutText(`  ${fitText(name, 21)} ${fitText(cost, 23)} ${hint}`, width);
  });
  return [paint.bold('The workshop'), ...lines].join('\n');
}

export function describeUpgrade(upgrade: Upgrade, state: SessionState): { name: string; hint: string } {
  if (upgrade !== 'facility') return defences[upgrade];
  const next = nextFacilityTier(state.facilityTier);
  return next === undefined
    ? { name: 'Larger house', hint: 'there is none' }
    : { name: `Move to a ${facilities[next].toLowerCase()}`, hint: 'room for about twice as much' };
}

export const describePrice = ({ credits, intel }: { credits: number; intel: number }): string =>
  intel === 0 ? counted(credits, 'credit') : `${counted(credits, 'credit')}, ${intel} intel`;
