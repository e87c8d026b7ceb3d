/**
 * A mail as a mail client shows it: who, to whom to answer, what about, the text, where links really lead, what is
 * attached. Below it, what the player knows besides. It takes sealed letters only, so it cannot tell the truth.
 */
import type { Offer, Resources } from '@archive-gate/game-engine';
import type { Look } from './look.ts';
import type { SealedLetter, SealedMail, SealedPaper } from './sealed-view.ts';
import { besideLabel, displayWidth, indentText, visibleText, wrapText } from './text-layout.ts';
import { categories, counted, decisions, locations, paperKinds, resources, techniques } from './words.ts';

const LABEL_WIDTH = 10;

export function renderLetter(
  letter: SealedLetter,
  { look, headersShown }: { readonly look: Look; readonly headersShown: boolean },
): string {
  return [...renderMail(letter.mail, { look, headersShown }), '', ...knownBesides(letter, look)].join('\n');
}

export function renderMail(
  mail: SealedMail,
  { look, headersShown }: { readonly look: Look; readonly headersShown: boolean },
): string[] {
  const { paint, width } = look;
  const rule = paint.dim('─'.repeat(width));
  return [
    rule,
    ...headLines(mail, headersShown, look),
    rule,
    ...wrapText(withLinkNumbers(mail), width),
    ...linkLines(mail, look),
    ...attachmentLines(mail, look),
    rule,
  ];
}

function headLines(mail: SealedMail, headersShown: boolean, look: Look): string[] {
  const field = (name: string, value: string, strong = false): string[] => {
    const lines = besideLabel(name, visibleText(value), look.width, LABEL_WIDTH);
    return strong
      ? lines.map((line) => line.slice(0, LABEL_WIDTH) + look.paint.bold(line.slice(LABEL_WIDTH)))
      : lines;
  };
  const date = mail.headers.find(({ name }) => name.toLowerCase() === 'date')?.value;
  return [
    ...field('From', mailbox(mail.from), true),
    ...(mail.replyTo ? field('Reply-To', mailbox(mail.replyTo)) : []),
    ...field('Subject', mail.subject, true),
    ...(headersShown
      ? ['', ...mail.headers.flatMap((header) => headerLines(header, look))]
      : date
        ? field('Date', date)
        : []),
  ];
}

const mailbox = ({ name, address }: SealedMail['from']): string => `${name} <${address}>`;

function headerLines({ name, value }: SealedMail['headers'][number], { width, paint }: Look): string[] {
  const [first = '', ...more] = wrapText(`${name}: ${visibleText(value)}`, width - 4);
  return [first, ...more.map((line) => `    ${line}`)].map((line) => paint.dim(line));
}

/** Numbers the links where they stand in the text, so that the list below says which is which. */
function withLinkNumbers({ body, links }: SealedMail): string {
  let text = visibleText(body).trimEnd();
  links.forEach((link, at) => {
    const shown = visibleText(link.text);
    const place = text.indexOf(shown);
    if (place < 0) return;
    const end = place + shown.length;
    text = `${text.slice(0, end)} [${at + 1}]${text.slice(end)}`;
  });
  return text;
}

function linkLines({ links }: SealedMail, { width, paint }: Look): string[] {
  if (links.length === 0) return [];
  const lines = links.flatMap(({ text, target }, at) => [
    ...besideLabel(`[${at + 1}]`, `“${visibleText(text)}”`, width, 5),
    ...indentText(`leads to ${visibleText(target)}`, width, 5).map((line) => paint.cyan(line)),
  ]);
  return ['', paint.bold('Links'), ...lines];
}

function attachmentLines({ attachments }: SealedMail, { width, paint }: Look): string[] {
  if (attachments.length === 0) return [];
  const lines = attachments.flatMap(({ name, mimeType, sizeBytes }) =>
    indentText(`${visibleText(name)}  (${mimeType}, ${fileSize(sizeBytes)})`, width),
  );
  return ['', paint.bold('Attachments'), ...lines];
}

function fileSize(bytes: number): string {
  if (bytes < 1_000) return counted(bytes, 'byte');
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function knownBesides(letter: SealedLetter, { width, paint }: Look): string[] {
  const lines: string[] = [];
  const tell = (label: string, text: string) => lines.push(...besideLabel(label, text, width, LABEL_WIDTH));
  tell('Kind', categories[letter.category]);
  if (letter.offer) tell('Offers', describeOffer(letter.offer));
  if (letter.senderListed === 'blacklist') tell('Sender', 'you caught a deception from this domain before');
  if (letter.senderListed === 'whitelist')
    tell('Sender', 'you let an honest mail of this domain through before');
  if (letter.marks.length > 0) {
    const marks = letter.marks.map(
      (mark) => `${techniques[mark.technique].name.toLowerCase()} (${locations[mark.location]})`,
    );
    tell('Marked', marks.join('; '));
  }
  tell('Papers', describePapers(letter));
  if (letter.deferrals > 0) tell('Put off', counted(letter.deferrals, 'time'));
  if (letter.decision) tell('Decided', decisions[letter.decision].name.toLowerCase());
  return lines.map((line) =>
    line.slice(0, LABEL_WIDTH - 1).trim() === ''
      ? line
      : paint.dim(line.slice(0, LABEL_WIDTH)) + line.slice(LABEL_WIDTH),
  );
}

function describePapers({ papers, papersDueDay }: SealedLetter): string {
  if (papers) return `here: ${papers.map(({ kind }) => paperKinds[kind]).join(', ')}`;
  return papersDueDay === null ? 'not asked for' : `on their way, here on day ${papersDueDay}`;
}

export function describeOffer(offer: Offer): string {
  return `${offer.creditsPerDay} credits a day for ${counted(offer.days, 'day')}, for ${describeResources(offer)}`;
}

export function describeResources(amounts: Resources): string {
  const { rackUnits, powerKw, coolingKw, bandwidthMbps } = resources;
  return [
    `${amounts.rackUnits} ${rackUnits.unit}`,
    `${amounts.powerKw} ${powerKw.unit} power`,
    `${amounts.coolingKw} ${coolingKw.unit} cooling`,
    `${amounts.bandwidthMbps} ${bandwidthMbps.unit}`,
  ].join(', ');
}

/** The papers, each in a frame; whether they speak for or against the sender is for the reader to find out. */
export function renderPapers(papers: readonly SealedPaper[], { width, paint }: Look): string {
  return papers
    .flatMap(({ kind, title, content }) => {
      const heading = ` ${paperKinds[kind]} `;
      const edge = paint.dim('│ ');
      const body = [
        ...wrapText(visibleText(title), width - 2).map((line) => paint.bold(line)),
        '',
        ...wrapText(visibleText(content).trimEnd(), width - 2),
      ];
      return [
        paint.dim(`┌─${heading}${'─'.repeat(Math.max(0, width - displayWidth(heading) - 2))}`),
        ...body.map((line) => edge + line),
        paint.dim(`└${'─'.repeat(width - 1)}`),
        '',
      ];
    })
    .join('\n');
}
