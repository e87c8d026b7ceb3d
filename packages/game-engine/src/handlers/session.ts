/** Actions about the session itself: start, pause, resume, abandon. */
import type { Handler } from '../handler.ts';
import { enterPhase } from '../phases.ts';
import { refuse } from '../refusals.ts';
import { ENGINE_VERSION } from '../version.ts';

export const start: Handler<'start'> = {
  check: (_state, _action, { content }) =>
    content.emails.some((email) => email.legitimate)
      ? null
      : refuse('GAME_CONTENT_INSUFFICIENT', `no honest template in ${content.version}`, 'at least one'),
  perform(transcript, { seed, days }) {
    const { rules, content } = transcript;
    const { threatTier, ...opening } = rules.opening;
    transcript.record('game.session.started', {
      seed,
      days,
      engineVersion: ENGINE_VERSION,
      rulesVersion: rules.version,
      contentVersion: content.version,
      ...opening,
    });
    transcript.record('game.day.started', { day: 1, threatTier });
    enterPhase(transcript, 'day_start');
  },
};

export const pause: Handler<'pause'> = {
  check: () => null,
  perform: (transcript) => transcript.record('game.session.paused', { day: transcript.state.day }),
};

export const resume: Handler<'resume'> = {
  check: () => null,
  perform: (transcript) => transcript.record('game.session.resumed', { day: transcript.state.day }),
};

export const abandon: Handler<'abandon'> = {
  check: () => null,
  perform(transcript) {
    const { day, phase } = transcript.state;
    transcript.record('game.session.abandoned', { day, phase: phase ?? 'day_start' });
  },
};
