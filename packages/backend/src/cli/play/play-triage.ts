/** Triage: the inbox, one mail at a time, until the player closes the gate for the day. */
import type { Action, ActionOf, Decision } from '@archive-gate/game-engine';
import { type Choice, PROMPT_FRAME } from './console.ts';
import { renderInboxLine, renderInboxSummary, renderStatus, renderTechniques } from './desk-screen.ts';
import { isResolved } from './journal.ts';
import { renderEvening, renderLesson, renderVerdictLine } from './lesson-screen.ts';
import { renderLetter, renderPapers } from './mail-screen.ts';
import type { SealedLetter } from './sealed-view.ts';
import { perform, type Seat } from './seat.ts';
import { counted, decisions, locations, techniques } from './words.ts';

type DeskChoice = { readonly read: string } | 'close' | 'techniques' | 'leave';

export async function playTriage(seat: Seat): Promise<void> {
  const { screen, session } = seat;
  const view = session.desk;
  const { look } = screen;
  screen.page(renderStatus(view, look), renderInboxSummary(view, look));
  const letters = [...view.letters].sort((a, b) => order(a) - order(b));
  const open = letters.filter(({ status }) => status === 'pending').length;
  const choice = await screen.choose<DeskChoice>('Which mail?', [
    ...letters.map((letter) => ({
      value: { read: letter.emailKey },
      label: renderInboxLine(letter, look.width - PROMPT_FRAME),
    })),
    {
      value: 'close',
      label: open === 0 ? 'Close the gate for today' : `Close the gate with ${open} undecided`,
    },
    { value: 'techniques', label: 'What gives a deception away?' },
    { value: 'leave', label: 'Leave' },
  ]);
  if (choice === 'close') return closeGate(seat, open);
  if (choice === 'leave') return seat.offerToLeave();
  if (choice === 'techniques') {
    screen.page(renderTechniques(look));
    await screen.pause('Back to the inbox');
    return;
  }
  await readLetter(seat, choice.read);
}

/** What waits for a decision first. */
const order = ({ status }: SealedLetter): number => (status === 'pending' ? 0 : status === 'decided' ? 2 : 1);

type LetterChoice = { readonly act: Action } | 'headers' | 'mark' | 'papers' | 'back';

async function readLetter(seat: Seat, emailKey: string): Promise<void> {
  const { screen, session } = seat;
  const find = () => session.desk.letters.find((letter) => letter.emailKey === emailKey);
  if (find()?.opened === false && !(await perform(seat, { type: 'open_email', emailKey }))) return;
  const openedAt = Date.now();
  let headersShown = false;
  let last: LetterChoice | undefined;
  try {
    for (let letter = find(); letter; letter = find()) {
      const { look } = screen;
      screen.page(renderStatus(session.desk, look), renderLetter(letter, { look, headersShown }));
      const spentMs = () => (seat.spentMs.get(emailKey) ?? 0) + Date.now() - openedAt;
      const choice = await screen.choose(
        'What will you do?',
        letterChoices(seat, letter, headersShown),
        last,
      );
      // Whoever asked for papers wants to read them next.
      last = typeof choice === 'string' ? choice : 'papers';
      if (choice === 'back') return;
      if (choice === 'headers') headersShown = !headersShown;
      else if (choice === 'mark') await markIndicator(seat, emailKey);
      else if (choice === 'papers') await readPapers(seat, letter);
      else if (choice.act.type === 'submit_decision') {
        if (await perform(seat, { ...choice.act, timeSpentMs: spentMs() })) return;
      } else await perform(seat, choice.act);
    }
  } finally {
    seat.spentMs.set(emailKey, (seat.spentMs.get(emailKey) ?? 0) + Date.now() - openedAt);
  }
}

const inOrder: readonly Decision[] = ['approve', 'deny', 'flag', 'defer'];

function letterChoices(
  { session }: Seat,
  letter: SealedLetter,
  headersShown: boolean,
): Choice<LetterChoice>[] {
  const { emailKey } = letter;
  const legal = session.legal().filter((action) => 'emailKey' in action && action.emailKey === emailKey);
  const decide = inOrder.flatMap((decision): Choice<LetterChoice>[] => {
    const act = legal.find((action) => action.type === 'submit_decision' && action.decision === decision);
    const { name, hint } = decisions[decision];
    return act ? [{ value: { act }, label: name, hint }] : [];
  });
  const ask = legal.find((action) => action.type === 'request_verification');
  const noRoom =
    letter.status === 'pending' &&
    letter.offer !== null &&
    !decide.some(({ label }) => label === decisions.approve.name);
  const price = session.context.rules.verification.priceCredits;
  return [
    {
      value: 'back',
      label: 'Back to the inbox',
      ...(noRoom ? { hint: 'there is no room to approve it: bring capacity online this evening' } : {}),
    },
    { value: 'headers', label: headersShown ? 'Fold the headers' : 'Show all headers' },
    ...(letter.papers
      ? [{ value: 'papers' as const, label: 'Read the papers', hint: counted(letter.papers.length, 'piece') }]
      : []),
    ...(ask
      ? [
          {
            value: { act: ask },
            label: 'Ask for the sender’s papers',
            hint: `${price} credits, ${papersSpeed(session.state.today.verifications, session)}`,
          },
        ]
      : []),
    ...(legal.some(({ type }) => type === 'mark_indicator')
      ? [
          {
            value: 'mark' as const,
            label: 'Mark something suspicious',
            hint: 'right +1 intel, wrong -2 credits, this evening',
          },
        ]
      : []),
    ...decide,
  ];
}

function papersSpeed(today: number, { context, desk }: Seat['session']): string {
  const { sameDaySlots, deskExtraSlots } = context.rules.verification;
  const slots = sameDaySlots + (desk.defences.includes('verification_desk') ? deskExtraSlots : 0);
  return today < slots ? `here at once (${slots - today} left today)` : 'here tomorrow';
}

async function readPapers({ screen }: Seat, { papers }: SealedLetter): Promise<void> {
  screen.page(renderPapers(papers ?? [], screen.look));
  await screen.pause('Back to the mail');
}

/** Two questions: what, then where; only what has not been marked before. */
async function markIndicator(seat: Seat, emailKey: string): Promise<void> {
  const { screen, session } = seat;
  const legal = session
    .legal()
    .filter(
      (action): action is ActionOf<'mark_indicator'> =>
        action.type === 'mark_indicator' && action.emailKey === emailKey,
    );
  const names = [...new Set(legal.map(({ technique }) => technique))];
  const technique = await screen.choose('What is suspicious?', [
    ...names.map((value) => ({ value, label: techniques[value].name, hint: techniques[value].hint })),
    { value: null, label: 'Nothing after all' },
  ]);
  if (technique === null) return;
  const places = legal.filter((action) => action.technique === technique);
  const action = await screen.choose(`${techniques[technique].name}: where?`, [
    ...places.map((value) => ({ value, label: locations[value.location] })),
    { value: null, label: 'Nowhere after all' },
  ]);
  if (action !== null) await perform(seat, action);
}

async function closeGate(seat: Seat, undecided: number): Promise<void> {
  const { screen, session } = seat;
  const question = `${counted(undecided, 'mail')} will be put off by themselves, or expire. Close all the same?`;
  if (undecided > 0 && !(await screen.confirm(question))) return;
  const events = await perform(seat, { type: 'advance_day' });
  if (!events) return;
  const keys = events.flatMap((event) =>
    event.type === 'game.decision.resolved' ? [event.data.emailKey] : [],
  );
  const letters = keys.flatMap((key) => session.journal.letter(key) ?? []).filter(isResolved);
  for (;;) {
    const { look } = screen;
    screen.page(renderStatus(session.desk, look), renderEvening(letters, look));
    const chosen = await screen.choose('Look closer at one, or go on?', [
      { value: null, label: 'Go on to the night' },
      ...letters.map((letter) => ({
        value: letter,
        label: renderVerdictLine(letter, look.width - PROMPT_FRAME).trimEnd(),
      })),
    ]);
    if (chosen === null) return;
    screen.page(renderLesson(chosen, look));
    await screen.pause('Back to the evening');
  }
}
