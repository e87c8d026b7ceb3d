/**
 * Players made of dice, for demonstrations, load and balance. A bot knows the truth of an e-mail with a probability
 * that its skill and the e-mail's difficulty give, and acts on what it believes.
 * Each choice depends on the bot's seed and the state alone. A bot makes progress: each e-mail is opened once, marked
 * a bounded number of times and decided; so a loop of choosing and deciding ends.
 */
import type { Action } from './actions.ts';
import { chooseFacilityAction, chooseIncidentResponse } from './bot-house.ts';
import { type BotSkill, profiles } from './bot-profiles.ts';
import { shortageFor } from './capacity.ts';
import { Technique } from './content.ts';
import { refusalOf } from './decide.ts';
import { createDraws, type Draws, Stream } from './draws.ts';
import { EngineError } from './errors.ts';
import type { InboxEmail, SessionState } from './state.ts';
import { type DecideContext, findTemplate } from './transcript.ts';
import { type Decision, IndicatorLocation } from './vocabulary.ts';

export type { BotSkill } from './bot-profiles.ts';

export interface Bot {
  readonly skill: BotSkill;
  /** 0 to 2^53 - 1; two bots of one skill and different seeds play differently. */
  readonly seed: number;
}

/** Length of the sessions that bots start by themselves. */
const BOT_SESSION_DAYS = 10;

/**
 * The next action of a bot, always a legal one.
 * @throws GAME_SESSION_HAS_NO_MOVES  when the session is over
 */
export function chooseAction(state: SessionState, context: DecideContext, bot: Bot): Action {
  const draws = createDraws({ seed: bot.seed, sequence: state.sequence, stream: Stream.bot });
  if (state.status === 'new') return { type: 'start', seed: bot.seed, days: BOT_SESSION_DAYS };
  if (state.status === 'paused') return { type: 'resume' };
  if (state.status === 'completed' || state.status === 'abandoned') {
    throw new EngineError('GAME_SESSION_HAS_NO_MOVES', {
      found: `a session that is ${state.status}`,
      expected: 'a session in play',
    });
  }
  switch (state.phase) {
    case 'day_start':
      return { type: 'acknowledge_day' };
    case 'triage':
      return triage(state, context, bot, draws);
    case 'threats':
      return { type: 'process_threats' };
    case 'incident_response':
      return chooseIncidentResponse(state, context, bot.skill);
    default:
      return chooseFacilityAction(state, context, bot.skill);
  }
}

function triage(state: SessionState, context: DecideContext, bot: Bot, draws: Draws): Action {
  const email = state.inbox.find((each) => each.status === 'pending');
  if (email === undefined) return { type: 'advance_day' };
  const { emailKey } = email;
  const profile = profiles[bot.skill];
  if (!email.opened && profile.reads) return { type: 'open_email', emailKey };
  const believesHonest = email.legitimate === draws.chance(knowledge(email, bot.skill));
  const mark = believesHonest ? undefined : chooseMark(email, context, bot.skill, draws);
  if (mark !== undefined) return mark;
  const verify: Action = { type: 'request_verification', emailKey };
  const doubts = draws.chance(profile.verifyPermille) && email.difficulty >= profile.verifiesFromDifficulty;
  if (doubts && refusalOf(state, verify, context) === null) return verify;
  const decision = chooseDecision(state, email, context, believesHonest, draws);
  return { type: 'submit_decision', emailKey, decision, timeSpentMs: timeSpentOn(email, bot.skill, draws) };
}

/** Papers halve what is left to doubt. */
function knowledge(email: InboxEmail, skill: BotSkill): number {
  const { knowsPermille, trustsHonestPermille } = profiles[skill];
  const bare = email.legitimate ? trustsHonestPermille : (knowsPermille[email.difficulty - 1] ?? 0);
  return email.verified ? bare + Math.floor((1000 - bare) / 2) : bare;
}

function chooseMark(
  email: InboxEmail,
  { content, rules }: DecideContext,
  skill: BotSkill,
  draws: Draws,
): Action | undefined {
  const { maxMarks, sharpPermille } = profiles[skill];
  if (email.marks.length >= Math.min(maxMarks, rules.indicators.maxPerEmail)) return undefined;
  const isNew = (technique: string, location: string): boolean =>
    !email.marks.some((mark) => mark.technique === technique && mark.location === location);
  const unseen = (findTemplate(content, email.templateKey)?.indicators ?? []).filter((each) =>
    isNew(each.technique, each.location),
  );
  const found = draws.chance(sharpPermille) ? draws.pick(unseen, () => 1) : undefined;
  // Somebody with nothing left to point at guesses now and then; an expert stops instead.
  if (found === undefined && !draws.chance(1000 - sharpPermille)) return undefined;
  const technique = found?.technique ?? draws.pick(Technique.options, () => 1);
  const location = found?.location ?? draws.pick(IndicatorLocation.options, () => 1);
  if (technique === undefined || location === undefined || !isNew(technique, location)) return undefined;
  return { type: 'mark_indicator', emailKey: email.emailKey, technique, location };
}

function chooseDecision(
  state: SessionState,
  email: InboxEmail,
  { rules }: DecideContext,
  believesHonest: boolean,
  draws: Draws,
): Decision {
  if (!believesHonest) return draws.chance(500) ? 'flag' : 'deny';
  if (shortageFor(state, email.offer, rules) === null) return 'approve';
  const canWait = email.deferrals < 1 && state.day < state.days && rules.inbox.maxDeferrals > 0;
  return canWait ? 'defer' : 'deny';
}

/** Between a glance and some minutes, longer for what is harder. */
function timeSpentOn(email: InboxEmail, skill: BotSkill, draws: Draws): number {
  const { fastestMs, slowestMs } = profiles[skill];
  return draws.integer(fastestMs, slowestMs) + email.difficulty * fastestMs;
}
