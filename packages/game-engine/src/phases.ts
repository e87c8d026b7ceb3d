/** Moving on: the one way in which a session enters a phase, and the keys of what a day brings forth. */
import type { Transcript } from './transcript.ts';
import type { Phase } from './vocabulary.ts';

export function enterPhase(transcript: Transcript, phase: Phase): void {
  transcript.record('game.phase.entered', { day: transcript.state.day, phase });
}

const dayPart = (day: number): string => `d${String(day).padStart(2, '0')}`;

/** `d03-e07`: the seventh e-mail of day three, the same in every session. */
export const emailKeyFor = (day: number, number: number): string =>
  `${dayPart(day)}-e${String(number).padStart(2, '0')}`;

export const packetKeyFor = (emailKey: string): string => `${emailKey}-p`;
export const clientKeyFor = (emailKey: string): string => `${emailKey}-c`;
export const attackKeyFor = (day: number, number: number): string => `${dayPart(day)}-a${number}`;
export const incidentKeyFor = (day: number, number: number): string => `${dayPart(day)}-i${number}`;
