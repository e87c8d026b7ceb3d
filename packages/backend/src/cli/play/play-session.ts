/**
 * Plays one session to its end, or until the player leaves. Each phase's screen performs at most a few actions and
 * returns; this loop looks at the state again, so it goes on rightly wherever a session was left.
 */
import { isOver } from '@archive-gate/game-engine';
import { type Console, PlayerLeft, PROMPT_FRAME } from './console.ts';
import { renderDeceptionInShort, renderLesson, renderVerdictLine } from './lesson-screen.ts';
import { playIncident, playNight, playOpening, playResources, playUpgrades } from './play-house.ts';
import { playTriage } from './play-triage.ts';
import type { PlayedSession } from './played-session.ts';
import { renderFinal, renderShift } from './report-screen.ts';
import { perform, type Seat } from './seat.ts';

/** @throws PlayerLeft */
export async function playSession(screen: Console, session: PlayedSession): Promise<void> {
  const seat: Seat = { screen, session, spentMs: new Map(), offerToLeave: () => offerToLeave(seat) };
  while (!isOver(session.state)) await playPhase(seat);
  await showEnd(seat);
}

async function playPhase(seat: Seat): Promise<unknown> {
  const { status, phase } = seat.session.state;
  if (status === 'paused') return perform(seat, { type: 'resume' });
  switch (phase) {
    case 'day_start':
      return playOpening(seat);
    case 'triage':
      return playTriage(seat);
    case 'threats':
      return playNight(seat);
    case 'incident_response':
      return playIncident(seat);
    case 'resources':
      return playResources(seat);
    case 'upgrades':
      return playUpgrades(seat);
    default:
      throw new Error(`A session never waits in phase ${phase}.`);
  }
}

async function offerToLeave(seat: Seat): Promise<void> {
  const choice = await seat.screen.choose('Everything is saved.', [
    { value: 'leave', label: 'Leave for now' },
    { value: 'pause', label: 'Pause the session and leave' },
    { value: 'abandon', label: 'Give this game up for good' },
    { value: 'stay', label: 'Stay' },
  ] as const);
  if (choice === 'stay') return;
  if (choice === 'abandon') {
    if (!(await seat.screen.confirm('An abandoned game cannot be taken up again. Give it up?'))) return;
    await perform(seat, { type: 'abandon' });
    return;
  }
  if (choice === 'pause') await perform(seat, { type: 'pause' });
  throw new PlayerLeft();
}

/** Score and grade first, then what there is to learn: every deception and its cues, and each mail to look into. */
async function showEnd({ screen, session }: Seat): Promise<void> {
  const { journal } = session;
  const letters = journal.resolved();
  const deceptions = letters.filter(({ template }) => !template.legitimate);
  for (;;) {
    const { look } = screen;
    const heading = journal.final
      ? renderFinal(journal.final, look)
      : look.paint.bold(`The game was given up on day ${session.state.day}.`);
    screen.page(heading, renderShift(journal.days, look));
    const choice = await screen.choose('And now?', [
      ...(deceptions.length > 0
        ? [
            {
              value: 'deceptions' as const,
              label: `See the ${deceptions.length} deceptions and what gave them away`,
            },
          ]
        : []),
      ...(letters.length > 0 ? [{ value: 'letters' as const, label: 'Look closer at one mail' }] : []),
      { value: 'end' as const, label: 'Leave' },
    ]);
    if (choice === 'end') return;
    if (choice === 'letters') {
      const letter = await screen.choose(
        'Which one?',
        letters.map((value) => ({
          value,
          label: renderVerdictLine(value, look.width - PROMPT_FRAME).trimEnd(),
        })),
      );
      screen.page(renderLesson(letter, look));
    } else
      screen.page(deceptions.flatMap((letter) => [...renderDeceptionInShort(letter, look), '']).join('\n'));
    await screen.pause('Back');
  }
}
