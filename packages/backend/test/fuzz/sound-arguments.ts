/**
 * How each entry point is called soundly; the fuzzer then puts hostile values where sound ones stand. An entry point that
 * is not here stands in `EXCEPTIONS`, with its reason.
 */
import { ofModules } from './sound-modules.ts';
import { ofUseCases } from './sound-use-cases.ts';
import type { SoundArguments } from './sound-values.ts';

export const SOUND: Readonly<Record<string, SoundArguments>> = { ...ofModules, ...ofUseCases };
export { METHODS, METHODS_IN_TRANSACTION, METHODS_LEFT_OUT, ownerOf } from './sound-use-cases.ts';
