/** Breach recovery: each response to an incident has its price, and ignoring is one of them. */
import type { Handler } from '../handler.ts';
import { enterPhase } from '../phases.ts';
import { type Refusal, refuse } from '../refusals.ts';
import type { Rules } from '../rules-shape.ts';
import type { Incident, SessionState } from '../state.ts';
import type { IncidentResponse } from '../vocabulary.ts';

interface Toll {
  readonly credits: number;
  readonly trust: number;
  readonly intel: number;
  readonly heat: number;
}

/** What a response costs and brings; credits are a price that must be paid in full. */
export function tollOf(response: IncidentResponse, incident: Incident, { incidents }: Rules): Toll {
  const { severity, ransomCredits } = incident;
  switch (response) {
    case 'contain':
      return {
        credits: severity * incidents.containCreditsPerSeverity,
        trust: 0,
        intel: incidents.containIntel,
        heat: 0,
      };
    case 'restore_backup':
      return { credits: severity * incidents.restoreCreditsPerSeverity, trust: 0, intel: 0, heat: 0 };
    case 'pay_ransom':
      return { credits: ransomCredits, trust: incidents.ransomTrust, intel: 0, heat: incidents.ransomHeat };
    case 'ignore':
      return {
        credits: 0,
        trust: severity * incidents.ignoreTrustPerSeverity,
        intel: 0,
        heat: severity * incidents.ignoreHeatPerSeverity,
      };
  }
}

function checkResponse(
  state: SessionState,
  response: IncidentResponse,
  incident: Incident,
  { incidents }: Rules,
): Refusal | null {
  if (response === 'pay_ransom' && incident.ransomCredits === 0) {
    return refuse('GAME_RESPONSE_NOT_APPLICABLE', `${incident.kind} without a ransom`, 'ransomware');
  }
  if (response !== 'restore_backup') return null;
  if (!incidents.restorableKinds.includes(incident.kind)) {
    return refuse('GAME_RESPONSE_NOT_APPLICABLE', incident.kind, incidents.restorableKinds.join(' or '));
  }
  return state.defences.includes('backup_vault')
    ? null
    : refuse('GAME_RESPONSE_NOT_APPLICABLE', 'no backup_vault', 'backup_vault');
}

export const resolveIncident: Handler<'resolve_incident'> = {
  check(state, { incidentKey, response }, { rules }) {
    const incident = state.incidents.find((each) => each.incidentKey === incidentKey);
    if (incident === undefined) {
      return refuse('GAME_INCIDENT_UNKNOWN', incidentKey, `one of ${state.incidents.length} open incidents`);
    }
    const refusal = checkResponse(state, response, incident, rules);
    if (refusal !== null) return refusal;
    const { credits } = tollOf(response, incident, rules);
    return state.credits >= credits
      ? null
      : refuse('GAME_CREDITS_INSUFFICIENT', `${state.credits} credits`, `${credits} credits`);
  },
  perform(transcript, { incidentKey, response }) {
    const incident = transcript.state.incidents.find((each) => each.incidentKey === incidentKey);
    if (incident === undefined) return;
    const toll = tollOf(response, incident, transcript.rules);
    transcript.record('game.incident.resolved', {
      incidentKey,
      day: transcript.state.day,
      response,
      costCredits: toll.credits,
      creditsDelta: 0 - toll.credits, // not `-toll.credits`: minus zero is no integer of ours
      trustDelta: transcript.bounded('trust', toll.trust),
      intelDelta: transcript.bounded('intel', toll.intel),
      heatDelta: transcript.bounded('heat', toll.heat),
    });
    if (transcript.state.incidents.length === 0) enterPhase(transcript, 'resources');
  },
};
