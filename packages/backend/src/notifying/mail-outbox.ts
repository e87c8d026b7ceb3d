/**
 * The mailer of a platform without a provider: each e-mail becomes a file of RFC 5322, `.dmz/outbox/<tenant>/<person>/<message>.eml`,
 * that any mail program opens. The same e-mail is the same file with the same bytes, so one that is sent again is there once.
 */
import path from 'node:path';
import { personFile } from '../kernel/person-files.ts';
import { makeFolder, writeWhole } from '../kernel/stack/index.ts';
import type { Mailer, OutgoingEmail } from './mailer.ts';

/** Reserved, so that nobody gets an answer (RFC 2606, section 2). */
const DOMAIN = 'archive-gate.invalid';
const FROM = `The DMZ: Archive Gate <no-reply@${DOMAIN}>`;

export const mailOutbox: Mailer = {
  async send(email) {
    const file = personFile('outbox', email, `${email.id}.eml`);
    makeFolder(path.dirname(file));
    writeWhole(file, writtenOut(email));
    return messageIdOf(email);
  },
};

const messageIdOf = ({ id }: OutgoingEmail): string => `<${id}@${DOMAIN}>`;

const LINE_END = '\r\n';

function writtenOut(email: OutgoingEmail): string {
  const encoded = Buffer.from(email.body, 'utf8').toString('base64');
  const lines = [
    `From: ${FROM}`,
    `To: ${inHeader(email.to)}`,
    `Subject: ${inHeader(email.subject)}`,
    `Date: ${email.date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageIdOf(email)}`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(encoded.match(/.{1,76}/g) ?? []),
    '',
  ];
  return lines.join(LINE_END);
}

const PLAIN = /^[\x20-\x7e]{0,200}$/;
/** Of UTF-8 in a word: its Base64 and frame stay below the 75 characters of RFC 2047, section 2. */
const WORD_BYTES = 42;

/** A text of somebody's cannot end its line, and so begin a header of its own. */
function inHeader(text: string): string {
  if (PLAIN.test(text) && !text.includes('=?')) return text;
  const words: string[] = [''];
  for (const character of text) {
    const word = words.at(-1) ?? '';
    if (Buffer.byteLength(word + character) > WORD_BYTES) words.push(character);
    else words[words.length - 1] = word + character;
  }
  return words
    .map((word) => `=?utf-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`)
    .join(`${LINE_END} `);
}
